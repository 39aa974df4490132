"""Where every tool is, what is due, what is in a cart: the custody board (W8a, W8b)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.custody import OUT, pieces, where_tools_are
from workshop.db.tables import Cart, OrderCart, Person, RepairOrder, Tool, ToolModel, ToolMove
from workshop.domain.custody import Piece
from workshop.domain.tools import CartKind, ToolPlace
from workshop.domain.words import N_, Labelled
from workshop.queries.search import matches_text

DUE_WITHIN = timedelta(days=30)
_MOST = 200
_Home = aliased(Cart)


class ToolView(Labelled):
    """Which tools a board shows."""

    ALL = "all", N_("all tools")
    OUT = "out", N_("with people")
    DUE = "due", N_("due within 30 days")


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A tool as its board shows it. `cart` is what it is in, `home` what it belongs in; `until` its last day of use."""

    piece: Piece
    cart: str
    serial_no: str
    home: str
    home_number: str
    since: datetime
    order_number: str
    until: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class CartRow:
    """A cart or kit: `inside` tools in it, `missing` of those that belong in it; the order that it is drawn for."""

    number: str
    name: str
    kind: CartKind
    owner: str
    inside: int
    missing: int
    order_number: str


@dataclass(frozen=True, slots=True)
class CartContents:
    """What is in a cart, what belongs in it and is elsewhere, and what is in it and belongs elsewhere."""

    cart: CartRow
    in_place: tuple[ToolRow, ...]
    missing: tuple[ToolRow, ...]
    foreign: tuple[ToolRow, ...]


def tools(session: Session, today: date, text: str = "", view: ToolView = ToolView.ALL) -> list[ToolRow]:
    """Tools by a few letters of number, code, name, initials, serial number or holder, those in use only."""
    conditions: list[sa.ColumnElement[bool]] = [col(ToolMove.place) != ToolPlace.OUT_OF_USE]
    if text:
        conditions = [
            matches_text(
                text,
                *(col(Tool.number), col(Tool.serial_no), col(ToolModel.code)),
                *(col(ToolModel.name_zh), col(ToolModel.name_en), col(ToolModel.initials)),
                *(sa.func.coalesce(one, "") for one in (Person.name, Person.initials, Cart.name)),
            )
        ]
    if view is ToolView.OUT:
        conditions.append(col(ToolMove.place) == ToolPlace.PERSON)
    if view is ToolView.DUE:
        conditions += [col(ToolModel.service).is_not(None), col(ToolMove.place) != ToolPlace.OUT_OF_USE]
    found = _rows(session, today, *conditions)
    if view is ToolView.DUE:
        last = today + DUE_WITHIN
        found = sorted((one for one in found if one.until is None or one.until <= last), key=_due_first)
    return found[:_MOST]


def tool(session: Session, number: str, today: date) -> ToolRow | None:
    """What a scan of a tool's number tells."""
    return next(iter(_rows(session, today, col(Tool.number) == number)), None)


def held_by(session: Session, person_id: int, today: date) -> list[ToolRow]:
    """What somebody has in hand; the carts of his own left aside."""
    return _rows(session, today, col(ToolMove.person_id) == person_id)


def carts(session: Session, text: str = "") -> list[CartRow]:
    """The carts and kits in use, by a few letters of number, name or owner."""
    query = _carts().where(col(Cart.active)).order_by(col(Cart.number)).limit(_MOST)
    if text:
        owner = (sa.func.coalesce(one, "") for one in (Person.name, Person.initials))
        query = query.where(matches_text(text, col(Cart.number), col(Cart.name), *owner))
    rows = session.execute(query).all()
    counted = _contents(session, [row.id for row in rows])
    return [_cart_row(row, counted.get(row.id, (0, 0))) for row in rows]


def cart(session: Session, number: str, today: date) -> CartContents | None:
    """A cart or kit with its contents against what belongs in it."""
    row = session.execute(_carts().where(col(Cart.number) == number)).one_or_none()
    if row is None:
        return None
    belongs = col(Tool.home_cart_id) == row.id
    there = _rows(session, today, col(ToolMove.cart_id) == row.id)
    elsewhere = _rows(session, today, belongs, _not_in(row.id), col(ToolMove.place) != ToolPlace.OUT_OF_USE)
    at_home = tuple(one for one in there if one.home_number == number)
    return CartContents(
        _cart_row(row, (len(there), len(elsewhere))),
        in_place=at_home,
        missing=tuple(elsewhere),
        foreign=tuple(one for one in there if one not in at_home),
    )


def _not_in(cart_id: int) -> sa.ColumnElement[bool]:
    return sa.or_(col(ToolMove.cart_id).is_(None), col(ToolMove.cart_id) != cart_id)


def _due_first(row: ToolRow) -> tuple[date, str]:
    return row.until or date.min, row.piece.number


def _rows(session: Session, today: date, *conditions: sa.ColumnElement[bool]) -> list[ToolRow]:
    rows = session.execute(_BOARD.where(*conditions).order_by(col(Tool.number))).all()
    found = pieces(session, col(Tool.id).in_([row.id for row in rows]))
    return [
        ToolRow(
            piece=found[row.id],
            cart=row.cart or "",
            serial_no=row.serial_no,
            home=row.home or "",
            home_number=row.home_number or "",
            since=row.at,
            order_number=row.order_number or "",
            until=found[row.id].valid_until(today),
            overdue=found[row.id].overdue(today),
        )
        for row in rows
    ]


_BOARD = where_tools_are(
    col(Tool.id),
    col(Tool.serial_no),
    col(ToolMove.at),
    col(Cart.name).label("cart"),
    _Home.name.label("home"),  # type: ignore[attr-defined]
    _Home.number.label("home_number"),  # type: ignore[attr-defined]
    col(RepairOrder.number).label("order_number"),
).outerjoin(_Home, col(_Home.id) == col(Tool.home_cart_id))


def _carts() -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(
            col(Cart.id),
            col(Cart.number),
            col(Cart.name),
            col(Cart.kind),
            col(Person.name).label("owner"),
            col(RepairOrder.number).label("order_number"),
        )
        .outerjoin(Person, col(Person.id) == col(Cart.owner_id))
        .outerjoin(OrderCart, sa.and_(col(OrderCart.cart_id) == col(Cart.id), OUT))
        .outerjoin(RepairOrder, col(RepairOrder.id) == col(OrderCart.order_id))
    )


def _contents(session: Session, cart_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(tools inside, tools missing) by cart."""
    ids = list(cart_ids)
    columns = (col(Tool.home_cart_id), col(ToolMove.cart_id), col(ToolMove.place))
    query = where_tools_are(*columns).where(
        sa.or_(col(Tool.home_cart_id).in_(ids), col(ToolMove.cart_id).in_(ids)),
        col(ToolMove.place) != ToolPlace.OUT_OF_USE,
    )
    rows = session.execute(query).all()
    return {
        one: (
            sum(row.cart_id == one for row in rows),
            sum(row.home_cart_id == one and row.cart_id != one for row in rows),
        )
        for one in ids
    }


def _cart_row(row: sa.Row[*tuple[object, ...]], counted: tuple[int, int]) -> CartRow:
    return CartRow(row.number, row.name, row.kind, row.owner or "", *counted, row.order_number or "")
