"""Finding anything by typing or scanning a number, plate, VIN, name (also by pinyin initials) or phone."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.custody import where_tools_are
from workshop.db.tables import (
    Area,
    Bay,
    Cart,
    Customer,
    OldPart,
    Operation,
    OrderItem,
    Part,
    PartLine,
    Person,
    RepairOrder,
    Tool,
    ToolModel,
    Vehicle,
)
from workshop.domain import numbers, plates
from workshop.domain.numbers import Kind, NumberError
from workshop.domain.roles import Role
from workshop.domain.states import ON_THE_FLOOR, Stage
from workshop.domain.words import N_, Labelled

_MOST = 50


class Found(Labelled):
    """What kind of thing was found."""

    ORDER = "order", N_("repair order")
    VEHICLE = "vehicle", N_("vehicle")
    PART = "part", N_("part")
    OPERATION = "operation", N_("operation")
    PERSON = "person", N_("person")
    TOOL = "tool", N_("tool")
    CART = "cart", N_("tool cart")
    AREA = "area", N_("area")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: `key` opens it (an order's number, a VIN, a part number, an operation code, a badge, …)."""

    found: Found
    key: str
    title: str
    detail: str
    stage: Stage | None = None


def find(session: Session, text: str, roles: frozenset[Role]) -> list[Hit]:
    """Everything that the text could mean, the surest first. Who must prove a plate finds no order by it (W1)."""
    text = text.strip()[:100]
    if not text:
        return []
    exact = _by_number(session, text)
    if exact:
        return exact
    blind = Role.TECHNICIAN in roles
    hits = [] if blind else _vehicles(session, text)
    hits += [] if blind else _orders(session, text)
    hits += [*_parts(session, text), *_operations(session, text), *_people(session, text)]
    hits += [*_tools(session, text), *_carts(session, text)]
    return [*hits, *_area_hits(session, matches_text(text, col(Area.name)))][:_MOST]


def matches_text(text: str, *columns: sa.SQLColumnExpression[str]) -> sa.ColumnElement[bool]:
    """Contains the text in any of the columns, whatever the case; the text's own % and _ are plain characters."""
    return sa.or_(*(column.icontains(text, autoescape=True) for column in columns))


def _by_number(session: Session, text: str) -> list[Hit]:
    try:
        number = numbers.parse(text)
    except NumberError:
        return []
    finder = _NUMBERS.get(number.kind)
    return finder(session, number.text) if finder else []


def _order_hits(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Hit]:
    query = (
        sa.select(
            col(RepairOrder.number),
            col(RepairOrder.stage),
            col(Vehicle.make),
            col(Vehicle.model),
            col(Customer.name),
        )
        .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
        .join(Customer, col(Customer.id) == col(RepairOrder.customer_id))
        .where(*conditions)
        .order_by(col(RepairOrder.id).desc())
        .limit(_MOST)
    )
    return [
        Hit(Found.ORDER, row.number, f"{row.make} {row.model}", row.name, row.stage) for row in session.execute(query)
    ]


def _order_by_number(session: Session, number: str) -> list[Hit]:
    return _order_hits(session, col(RepairOrder.number) == number)


def _order_by_item(session: Session, number: str) -> list[Hit]:
    ids = sa.select(col(OrderItem.order_id)).where(col(OrderItem.number) == number)
    return _order_hits(session, col(RepairOrder.id).in_(ids))


def _order_by_tag(session: Session, number: str) -> list[Hit]:
    ids = (
        sa.select(col(OrderItem.order_id))
        .join(PartLine, col(PartLine.item_id) == col(OrderItem.id))
        .join(OldPart, col(OldPart.line_id) == col(PartLine.id))
        .where(col(OldPart.number) == number)
    )
    return _order_hits(session, col(RepairOrder.id).in_(ids))


def _part_by_number(session: Session, number: str) -> list[Hit]:
    return _part_hits(session, col(Part.number) == number)


def _person_by_badge(session: Session, number: str) -> list[Hit]:
    return _person_hits(session, col(Person.badge) == number)


def _order_by_bay(session: Session, number: str) -> list[Hit]:
    there = sa.select(col(Bay.id)).where(col(Bay.number) == number)
    return _order_hits(session, col(RepairOrder.bay_id).in_(there), col(RepairOrder.stage).in_(ON_THE_FLOOR))


def _tool_by_number(session: Session, number: str) -> list[Hit]:
    return _tool_hits(session, col(Tool.number) == number)


def _cart_by_number(session: Session, number: str) -> list[Hit]:
    return _cart_hits(session, col(Cart.number) == number)


def _area_by_number(session: Session, number: str) -> list[Hit]:
    return _area_hits(session, col(Area.number) == number)


_NUMBERS = {
    Kind.ORDER: _order_by_number,
    Kind.ITEM: _order_by_item,
    Kind.OLD_PART: _order_by_tag,
    Kind.PART: _part_by_number,
    Kind.BADGE: _person_by_badge,
    Kind.TOOL: _tool_by_number,
    Kind.CART: _cart_by_number,
    Kind.BAY: _order_by_bay,
    Kind.AREA: _area_by_number,
}


def _vehicle_condition(text: str) -> sa.ColumnElement[bool]:
    plate = plates.normalise(text)
    conditions = [
        col(Vehicle.plate).like(f"%{_escaped(plate)}%", escape="\\") if plate else sa.false(),
        col(Vehicle.vin).like(f"%{_escaped(plates.fold(text))}%", escape="\\") if len(text) > 3 else sa.false(),
        matches_text(text, col(Customer.name), col(Customer.initials)),
    ]
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 4:
        conditions.append(col(Customer.phone).contains(digits, autoescape=True))
    return sa.or_(*conditions)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _vehicles(session: Session, text: str) -> list[Hit]:
    query = (
        sa.select(col(Vehicle.vin), col(Vehicle.plate), col(Vehicle.make), col(Vehicle.model), col(Customer.name))
        .join(Customer, col(Customer.id) == col(Vehicle.customer_id))
        .where(_vehicle_condition(text))
        .order_by(col(Vehicle.plate))
        .limit(_MOST)
    )
    return [
        Hit(Found.VEHICLE, row.vin, f"{row.plate or row.vin[-8:]}  {row.make} {row.model}", row.name)
        for row in session.execute(query)
    ]


def _orders(session: Session, text: str) -> list[Hit]:
    return _order_hits(session, _vehicle_condition(text))


def _part_hits(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Hit]:
    query = sa.select(col(Part.part_no), col(Part.name_zh), col(Part.name_en)).where(*conditions).limit(_MOST)
    return [Hit(Found.PART, row.part_no, row.part_no, f"{row.name_zh} {row.name_en}") for row in session.execute(query)]


def _parts(session: Session, text: str) -> list[Hit]:
    columns = (col(Part.part_no), col(Part.name_zh), col(Part.name_en), col(Part.initials))
    return _part_hits(session, matches_text(text, *columns))


def _operations(session: Session, text: str) -> list[Hit]:
    columns = (col(Operation.code), col(Operation.name_zh), col(Operation.name_en), col(Operation.initials))
    query = sa.select(col(Operation.code), col(Operation.name_zh), col(Operation.name_en))
    rows = session.execute(query.where(matches_text(text, *columns)).limit(_MOST))
    return [Hit(Found.OPERATION, row.code, row.code, f"{row.name_zh} {row.name_en}") for row in rows]


def _person_hits(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Hit]:
    query = sa.select(col(Person.badge), col(Person.name)).where(col(Person.active), *conditions).limit(_MOST)
    return [Hit(Found.PERSON, row.badge, row.name, row.badge) for row in session.execute(query)]


def _people(session: Session, text: str) -> list[Hit]:
    return _person_hits(session, matches_text(text, col(Person.name), col(Person.initials)))


def _tool_hits(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Hit]:
    """Tools, with who has them or where they lie."""
    holder = sa.func.coalesce(col(Person.name), col(Cart.name), col(Bay.name), "").label("holder")
    columns = (col(Tool.number), col(ToolModel.name_zh), col(ToolModel.name_en), holder)
    rows = session.execute(where_tools_are(*columns).where(*conditions).order_by(col(Tool.number)).limit(_MOST))
    return [Hit(Found.TOOL, row.number, f"{row.name_zh} {row.name_en}", row.holder) for row in rows]


def _tools(session: Session, text: str) -> list[Hit]:
    columns = (col(ToolModel.code), col(ToolModel.name_zh), col(ToolModel.name_en), col(ToolModel.initials))
    return _tool_hits(session, matches_text(text, *columns, col(Tool.serial_no)))


def _cart_hits(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Hit]:
    columns: tuple[Any, ...] = (col(Cart.number), col(Cart.name), col(Person.name).label("owner"))
    carts = sa.select(*columns).outerjoin(Person, col(Person.id) == col(Cart.owner_id))
    rows = session.execute(carts.where(*conditions).order_by(col(Cart.number)).limit(_MOST))
    return [Hit(Found.CART, row.number, row.name, row.owner or "") for row in rows]


def _carts(session: Session, text: str) -> list[Hit]:
    return _cart_hits(session, col(Cart.active).is_(True), matches_text(text, col(Cart.name)))


def _area_hits(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Hit]:
    query = sa.select(col(Area.number), col(Area.name)).where(*conditions).order_by(col(Area.id)).limit(_MOST)
    return [Hit(Found.AREA, row.number, row.name, row.number) for row in session.execute(query)]
