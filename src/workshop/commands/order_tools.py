"""Tools and carts are drawn for an order, and go back or are knowingly kept (W8a, W8b)."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.custody import find_cart, find_piece, holder_of, move_tool, require_custodian, still_drawn
from workshop.commands.fields import Badge, CartNumber, NoteFilled, ToolNumber
from workshop.commands.shared import require_team
from workshop.commands.tx import Tx, key
from workshop.db.custody import pieces
from workshop.db.tables import Cart, OrderCart, Person, RepairOrder, ToolCount, ToolMove
from workshop.domain.custody import not_to, unmovable, unusable
from workshop.domain.order_tools import DRAWING
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.tools import CountMoment, ToolPlace
from workshop.domain.words import N_

CART_DRAWN = ReasonKind(
    "W8b", "cart_drawn", N_("{cart} is drawn for the order {order}. It goes back there first."), (Role.TECHNICIAN,)
)
CART_EMPTY = ReasonKind("W8b", "cart_empty", N_("By the record {cart} is empty. Put its tools into it first."))
CART_NOT_HERE = ReasonKind("W8b", "cart_not_here", N_("{cart} is not drawn for this order."))
CART_UNCOUNTED = ReasonKind(
    "W8b",
    "cart_uncounted",
    N_("A cart goes back counted. Count the tools of the order after work first."),
    (Role.TECHNICIAN,),
)
TOOL_NOT_HERE = ReasonKind("W8b", "tool_not_here", N_("{tool} is not out for this order."))
_TECHNICIAN = frozenset({Role.TECHNICIAN})
_WITH_KEEPER = frozenset({Role.TECHNICIAN, Role.TOOL_KEEPER})


class DrawTool(OnOrder):
    """Take a tool for an order, or, as the tool keeper, give it to somebody by the badge: the order counts it."""

    roles = _WITH_KEEPER
    rule = "W8a"
    label = N_("draw tool")
    story = N_("{actor} gave {name} ({tool}) to {person} for the order.")
    stages = DRAWING

    tool: ToolNumber = Field(title=N_("tool"))
    holder: Badge | None = Field(default=None, title=N_("given to"))

    def handle(self, tx: Tx) -> Outcome:
        """Change the custody, naming the order."""
        order = self.locate(tx)
        _require_team(tx, order)
        person_id, person = holder_of(tx, self.holder)
        piece = find_piece(tx, self.tool)
        require(not_to(piece, person_id, tx.today) or still_drawn(tx, piece, order.id))
        moved = move_tool(tx, piece, ToolPlace.PERSON, person_id=person_id, order_id=order.id)
        return moved | {"person": person}


class DrawCart(OnOrder):
    """Take a tool cart or a kit for an order: the order counts everything that is in it."""

    roles = _TECHNICIAN
    rule = "W8a"
    label = N_("draw cart or kit")
    story = N_("{actor} drew {name} (tools: {pieces}) for the order.")
    stages = DRAWING

    cart: CartNumber = Field(title=N_("tool cart"))

    def handle(self, tx: Tx) -> Outcome:
        """Note it; refused while it is at another order, or while something in it may not be used."""
        order, cart = self.locate(tx), find_cart(tx, self.cart)
        _require_team(tx, order)
        draw = _draw(tx, cart)
        if draw is not None:
            raise Refused(CART_DRAWN(cart=cart.name, order=tx.get(RepairOrder, draw.order_id).number))
        require_custodian(tx, cart.owner_id, tx.get(Person, cart.owner_id).name if cart.owner_id else "")
        inside = pieces(tx.session, col(ToolMove.cart_id) == cart.id).values()
        if not inside:
            raise Refused(CART_EMPTY(cart=cart.name))
        require(reason for piece in inside for reason in (*unusable(piece, tx.today), *unmovable(piece)))
        tx.add(
            OrderCart(
                order_id=key(order.id),
                cart_id=key(cart.id),
                round=order.round,
                drawn_by_id=tx.actor.id,
                drawn_at=tx.now,
            )
        )
        return {"name": cart.name, "pieces": len(inside)}


class PutCartBack(OnOrder):
    """End a cart's or kit's stay with an order. It goes back counted after work, with nothing missing."""

    roles = _WITH_KEEPER
    rule = "W8b"
    label = N_("put cart or kit back")
    story = N_("{actor} put {name} back, counted.")
    stages = (*DRAWING, Stage.SELF_CHECKED)

    cart: CartNumber = Field(title=N_("tool cart"))

    def handle(self, tx: Tx) -> Outcome:
        """Note it."""
        order, facts = self.locate(tx), tx.facts(self.locate(tx).id)
        _require_team(tx, order)
        cart = tx.one(Cart, Cart.number == self.cart, what=self.cart)
        draw = _draw(tx, cart)
        if draw is None or draw.order_id != order.id:
            raise Refused(CART_NOT_HERE(cart=cart.name))
        inside = pieces(tx.session, col(ToolMove.cart_id) == cart.id)
        uncounted = {tool.id for tool in (*facts.tools.uncounted(CountMoment.AFTER_WORK), *facts.tools.missing)}
        if uncounted & inside.keys():
            raise Refused(CART_UNCOUNTED())
        _put_back(tx, order, draw)
        return {"name": cart.name}


class KeepTool(OnOrder):
    """Keep a tool beyond the hand-over of the order that it was drawn for, with the reason."""

    roles = _TECHNICIAN
    rule = "W8b"
    label = N_("keep tool")
    story = N_("{actor} keeps {name} ({tool}): {reason}")
    stages = (Stage.IN_WORK, Stage.SELF_CHECKED)

    tool: ToolNumber = Field(title=N_("tool"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Renew the custody as knowingly kept; by who has the tool."""
        order, piece = self.locate(tx), find_piece(tx, self.tool)
        require(unmovable(piece))
        if piece.order_id != order.id or piece.in_cart:
            raise Refused(TOOL_NOT_HERE(tool=piece.name))
        require_custodian(tx, piece.custodian_id, piece.holder)
        return move_tool(
            tx, piece, piece.place, person_id=piece.person_id, order_id=order.id, kept=True, note=self.reason
        )


def put_carts_back(tx: Tx, order: RepairOrder) -> None:
    """W8b: with the hand-over, the carts of the order are free; they were counted after work."""
    for draw in tx.all(OrderCart, OrderCart.order_id == order.id, col(OrderCart.back_at).is_(None)):
        _put_back(tx, order, draw)


def _put_back(tx: Tx, order: RepairOrder, draw: OrderCart) -> None:
    """The cart is free for another order; the count after work that lets it go, if anything is in it."""
    draw.back_by_id, draw.back_at = tx.actor.id, tx.now
    if pieces(tx.session, col(ToolMove.cart_id) == draw.cart_id):
        counts = tx.all(
            ToolCount,
            ToolCount.order_id == order.id,
            ToolCount.round == order.round,
            ToolCount.moment == CountMoment.AFTER_WORK,
        )
        draw.count_id = max((key(count.id) for count in counts), default=None)
    tx.add(draw)


def _draw(tx: Tx, cart: Cart) -> OrderCart | None:
    return tx.find(OrderCart, OrderCart.cart_id == cart.id, col(OrderCart.back_at).is_(None))


def _require_team(tx: Tx, order: RepairOrder) -> None:
    if Role.TOOL_KEEPER not in tx.actor.roles:
        require_team(tx, order)
