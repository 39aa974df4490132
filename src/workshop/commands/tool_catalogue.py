"""The catalogue of tools, the single pieces, and the carts and kits that they belong in (W8a)."""

from typing import Self

from pydantic import Field, model_validator
from sqlmodel import col

from workshop.commands.base import Command, Outcome
from workshop.commands.custody import counted_for, find_cart, find_piece, move_tool
from workshop.commands.fields import (
    Badge,
    Day,
    Days,
    Kilograms,
    Money,
    Short,
    ShortFilled,
    ToolNumber,
    Upto20Filled,
    Upto40,
    problem,
)
from workshop.commands.people import team_id
from workshop.commands.tools import ServiceGiven, record_service
from workshop.commands.tx import Tx, key
from workshop.db.custody import OUT, pieces
from workshop.db.tables import Cart, OrderCart, Person, Tool, ToolModel, ToolMove
from workshop.domain.custody import Piece, unmovable, unusable
from workshop.domain.initials import initials
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.tools import CartKind, Service, ToolClass, ToolPlace
from workshop.domain.words import N_, Name

MODEL_CLOSED = ReasonKind("W8a", "tool_model_closed", N_("This tool is no longer bought: {tool}"))
CART_FULL = ReasonKind(
    "W8a", "cart_full", N_("Tools still in {cart}: {pieces}; or it is drawn for an order. Empty it first.")
)
SERVICED_HALF = N_("Name both the day and who did it, or neither.")
SERVICE_HALF = N_("Name both what it must undergo and after how many days, or neither.")
_KEEPERS = frozenset({Role.TOOL_KEEPER, Role.MANAGER})


class PutToolModel(Command):
    """Enter a kind of tool or change it: what it costs, what it must undergo, what it carries."""

    roles = _KEEPERS
    rule = "W8a"
    label = N_("enter kind of tool")
    story = N_("{actor} entered the kind of tool {tool_code}.")

    tool_code: Upto20Filled = Field(title=N_("code"))
    name_zh: ShortFilled = Field(title=N_("Chinese name"))
    name_en: ShortFilled = Field(title=N_("English name"))
    tool_class: ToolClass = Field(title=N_("class"))
    price: Money = Field(title=N_("price each"))
    service: Service | None = Field(default=None, title=N_("must undergo"))
    service_days: Days | None = Field(default=None, title=N_("every … days"))
    rated_load: Kilograms | None = Field(default=None, title=N_("rated load (kg)"))
    active: bool = Field(default=True, title=N_("offered"))

    @model_validator(mode="after")
    def _interval(self) -> Self:
        if (self.service is None) != (self.service_days is None):
            raise problem(SERVICE_HALF)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Create or replace it; its pieces follow."""
        row = tx.find(ToolModel, ToolModel.code == self.tool_code) or ToolModel(
            code=self.tool_code, **self.model_dump(exclude={"tool_code"})
        )
        for name, value in self.model_dump(exclude={"tool_code"}).items():
            setattr(row, name, value)
        row.initials = initials(self.name_zh)
        tx.add(row)
        return {}


class AddTool(Command):
    """Enter one piece; its number is given here. It starts in its cart, or in the crib while it lacks a calibration."""

    roles = _KEEPERS
    rule = "W8a"
    label = N_("add tool")
    story = N_("{actor} added {name} with the number {number}.")

    tool_code: Upto20Filled = Field(title=N_("kind of tool"))
    serial_no: Upto40 = Field(default="", title=N_("serial number"))
    home: Short = Field(default="", title=N_("belongs in"))
    serviced_on: Day | None = Field(default=None, title=N_("calibrated or inspected on"))
    serviced_by: Short = Field(default="", title=N_("done by"))

    @model_validator(mode="after")
    def _serviced(self) -> Self:
        if (self.serviced_on is None) != (not self.serviced_by):
            raise problem(SERVICED_HALF)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Create it with its first place."""
        model = tx.one(ToolModel, ToolModel.code == self.tool_code, what=self.tool_code)
        name = Name(model.name_zh, model.name_en)
        if not model.active:
            raise Refused(MODEL_CLOSED(tool=name))
        cart = home_of(tx, self.home)
        tool = tx.add(
            Tool(
                number=tx.number(Kind.TOOL),
                model_id=key(model.id),
                serial_no=self.serial_no,
                home_cart_id=cart.id if cart else None,
            )
        )
        move_tool(tx, Piece(key(tool.id), tool.number, name, model.tool_class, ToolPlace.CRIB), ToolPlace.CRIB)
        piece = find_piece(tx, tool.number)
        if self.serviced_on is not None:
            record_service(tx, piece, ServiceGiven(self.serviced_on, self.serviced_by))
            piece = find_piece(tx, tool.number)
        if cart is not None and not (unusable(piece, tx.today) or counted_for(tx, cart)):
            move_tool(tx, piece, ToolPlace.CART, cart_id=cart.id)
        return {"number": tool.number, "name": name.as_json()}


class ReviseTool(Command):
    """Change a piece's serial number, or the cart or kit that it belongs in. Where it is stays as it is."""

    roles = _KEEPERS
    rule = "W8a"
    label = N_("change tool")
    story = N_("{actor} changed the record of {name} ({tool}).")

    tool: ToolNumber = Field(title=N_("tool"))
    serial_no: Upto40 = Field(default="", title=N_("serial number"))
    home: Short = Field(default="", title=N_("belongs in"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace both."""
        piece = find_piece(tx, self.tool)
        require(unmovable(piece))
        row = tx.get(Tool, piece.id)
        row.serial_no = self.serial_no
        cart = home_of(tx, self.home)
        row.home_cart_id = cart.id if cart else None
        tx.add(row)
        return {"name": piece.name.as_json()}


class PutCart(Command):
    """Enter a tool cart or a kit, or change whose it is; a new one gets its number."""

    roles = _KEEPERS
    rule = "W8a"
    label = N_("enter tool cart or kit")
    story = N_("{actor} entered {cart_name}.")

    cart_name: ShortFilled = Field(title=N_("name"))
    cart_kind: CartKind = Field(default=CartKind.CART, title=N_("kind"))
    owner: Badge | None = Field(default=None, title=N_("whose it is"))
    team: Short = Field(default="", title=N_("team"))
    active: bool = Field(default=True, title=N_("in use"))

    def handle(self, tx: Tx) -> Outcome:
        """Create or replace it; one that leaves use is empty."""
        row = tx.find(Cart, Cart.name == self.cart_name)
        if row is None:
            row = Cart(number=tx.number(Kind.CART), name=self.cart_name, kind=self.cart_kind)
        elif not self.active:
            _require_empty(tx, row)
        row.kind, row.active, row.team_id = self.cart_kind, self.active, team_id(tx, self.team)
        row.owner_id = tx.one(Person, Person.badge == self.owner, what=self.owner).id if self.owner else None
        tx.add(row)
        return {"number": row.number}


def home_of(tx: Tx, home: str) -> Cart | None:
    """The cart or kit of this number or name; none for an empty text."""
    named = tx.find(Cart, Cart.name == home)
    return find_cart(tx, named.number if named else home) if home else None


def _require_empty(tx: Tx, cart: Cart) -> None:
    inside = pieces(tx.session, col(ToolMove.cart_id) == cart.id)
    if inside or tx.find(OrderCart, OrderCart.cart_id == cart.id, OUT):
        raise Refused(CART_FULL(pieces=len(inside), cart=cart.name))
