"""Changing where a tool is: every change of custody is a move, whichever act makes it (W8a)."""

from sqlmodel import col

from workshop.commands.base import Outcome
from workshop.commands.tx import NOT_FOUND, Tx, key
from workshop.db.custody import pieces
from workshop.db.tables import Cart, OrderCart, Person, RepairOrder, Tool, ToolMove
from workshop.domain.custody import Piece
from workshop.domain.order_tools import DRAWING
from workshop.domain.reasons import Reason, ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.tools import ToolPlace
from workshop.domain.words import N_

CART_CLOSED = ReasonKind("W8a", "cart_closed", N_("{cart} is no longer in use. Take another cart."))
HOLDER_LEFT = ReasonKind("W8a", "holder_left", N_("{person} no longer works here and is given no tools."))
CART_COUNTED = ReasonKind(
    "W8b", "cart_counted", N_("{cart} is counted for the order {order}. Put it back from there first.")
)
STILL_DRAWN = ReasonKind(
    "W8b",
    "still_drawn",
    N_("{tool} is out for the order {order}, which counts it. Bring it back from there first."),
    (Role.TECHNICIAN,),
)
NOT_CUSTODIAN = ReasonKind(
    "W8a",
    "not_custodian",
    N_("{person} answers for this. Only that person and the tool keeper may do it."),
    (Role.TOOL_KEEPER,),
)


def find_piece(tx: Tx, number: str) -> Piece:
    """The tool with this number as it is now; refused if there is none."""
    tx.session.flush()
    found = pieces(tx.session, col(Tool.number) == number)
    if not found:
        raise Refused(NOT_FOUND(what=number))
    return next(iter(found.values()))


def find_cart(tx: Tx, number: str) -> Cart:
    """The cart or kit with this number; refused unless in use."""
    cart = tx.one(Cart, Cart.number == number, what=number)
    if not cart.active:
        raise Refused(CART_CLOSED(cart=cart.name))
    return cart


def holder_of(tx: Tx, badge: str | None) -> tuple[int, str]:
    """Whom a tool goes to: who acts, or the one with this badge, which only the tool keeper may say."""
    if badge is None or badge == tx.actor.badge:
        return tx.actor.id, tx.actor.name
    person = tx.one(Person, Person.badge == badge, what=badge)
    require_custodian(tx, key(person.id), person.name)
    if not person.active:
        raise Refused(HOLDER_LEFT(person=person.name))
    return key(person.id), person.name


def answerable_for(tx: Tx, cart: Cart) -> int | None:
    """Who answers for what is in a cart: who has it drawn for an order, or else its owner."""
    draw = tx.find(OrderCart, OrderCart.cart_id == cart.id, col(OrderCart.back_at).is_(None))
    return draw.drawn_by_id if draw else cart.owner_id


def counted_for(tx: Tx, cart: Cart) -> list[Reason]:
    """W8b: why nothing is put into a cart: it is drawn for an order that is signed as complete, its tools counted."""
    draw = tx.find(OrderCart, OrderCart.cart_id == cart.id, col(OrderCart.back_at).is_(None))
    order = tx.get(RepairOrder, draw.order_id) if draw else None
    counted = order is not None and order.stage not in DRAWING
    return [CART_COUNTED(cart=cart.name, order=order.number)] if order is not None and counted else []


def still_drawn(tx: Tx, piece: Piece, order_id: int | None = None) -> list[Reason]:
    """W8b: why a piece goes out neither to a person nor to another order: one that is still at work has it to count.

    `order_id`: the order that it is to go out for, if for one. What was counted and is knowingly kept may go on.
    """
    if piece.order_id is None or piece.order_id == order_id:
        return []
    order = tx.get(RepairOrder, piece.order_id)
    waits = order.stage in DRAWING or (order.stage is Stage.SELF_CHECKED and not piece.kept)
    return [STILL_DRAWN(tool=piece.name, order=order.number)] if waits else []


def require_custodian(tx: Tx, person_id: int | None, name: str) -> None:
    """W8a: what somebody answers for is moved by that person or the tool keeper alone."""
    if person_id not in {None, tx.actor.id} and Role.TOOL_KEEPER not in tx.actor.roles:
        raise Refused(NOT_CUSTODIAN(person=name))


def move_tool(
    tx: Tx,
    piece: Piece,
    place: ToolPlace,
    *,
    person_id: int | None = None,
    cart_id: int | None = None,
    bay_id: int | None = None,
    order_id: int | None = None,
    kept: bool = False,
    note: str = "",
) -> Outcome:
    """Record where the piece is from now on; the move's id and the tool's name, for the story."""
    row = tx.add(
        ToolMove(
            tool_id=piece.id,
            place=place,
            person_id=person_id,
            cart_id=cart_id,
            bay_id=bay_id,
            order_id=order_id,
            kept=kept,
            note=note,
            by_id=tx.actor.id,
            at=tx.now,
        )
    )
    return {"move": row.id, "name": piece.name.as_json()}
