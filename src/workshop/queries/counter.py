"""The parts counter: what is to be issued, what is owed, what lies at the counter, what is in stock (W6b)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.facts import load_facts
from workshop.db.part_facts import stock_of
from workshop.db.tables import OldPart, OrderItem, Part, PartLine, Person, RepairOrder
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.facts import OrderFacts, PartLineFacts
from workshop.domain.states import OldPartClass, OldPartState, Stage
from workshop.domain.words import Name
from workshop.queries.search import matches_text


@dataclass(frozen=True, slots=True)
class CounterLine:
    """A part line with something to issue, to take back or owed on it."""

    order_number: str
    stage: Stage
    item: Name
    item_number: str
    line: PartLineFacts
    part_number: str
    old_part: OldPartClass
    technician: str
    technician_badge: str


@dataclass(frozen=True, slots=True)
class HeldOldPart:
    """An old part whose life is not over."""

    number: str
    order_number: str
    name: Name
    quantity: int
    state: OldPartState
    hazardous: bool
    received_at: datetime


@dataclass(frozen=True, slots=True)
class StockRow:
    """A part with what is on the shelf."""

    number: str
    part_no: str
    name: Name
    in_stock: int
    unit: str


def counter_lines(session: Session, now: datetime) -> list[CounterLine]:
    """Lines of open orders with pieces to issue, in the technician's hands, or old parts owed; oldest order first."""
    orders = session.execute(
        sa.select(col(RepairOrder.id), col(Person.name), col(Person.badge))
        .outerjoin(Person, col(Person.id) == col(RepairOrder.technician_id))
        .where(OPEN_ORDERS, col(RepairOrder.stage) != Stage.OPENED)
        .order_by(col(RepairOrder.id))
    ).all()
    facts = load_facts(session, [row.id for row in orders], now)
    people = {row.id: (row.name or "", row.badge or "") for row in orders}
    parts = _parts_of(session, [line.id for one in facts.values() for line in one.lines])
    return [line for row in orders for line in _of_order(facts[row.id], people[row.id], parts)]


def held_old_parts(session: Session, most: int = 200) -> list[HeldOldPart]:
    """Old parts at the counter or shown to the customer, oldest first."""
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(
            col(OldPart.number),
            col(RepairOrder.number).label("order_number"),
            col(Part.name_zh),
            col(Part.name_en),
            col(OldPart.quantity),
            col(OldPart.state),
            col(OldPart.hazardous),
            col(OldPart.received_at),
        )
        .join(PartLine, col(PartLine.id) == col(OldPart.line_id))
        .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
        .join(RepairOrder, col(RepairOrder.id) == col(OrderItem.order_id))
        .join(Part, col(Part.id) == col(OldPart.part_id))
        .where(col(OldPart.state).in_([OldPartState.HELD, OldPartState.SHOWN]))
        .order_by(col(OldPart.id))
        .limit(most)
    )
    return [
        HeldOldPart(
            row.number,
            row.order_number,
            Name(row.name_zh, row.name_en),
            row.quantity,
            row.state,
            row.hazardous,
            row.received_at,
        )
        for row in session.execute(query)
    ]


def stock(session: Session, text: str = "", most: int = 200) -> list[StockRow]:
    """Parts with what is in stock, found by number, name or pinyin initials."""
    query: sa.Select[*tuple[object, ...]] = sa.select(
        col(Part.id), col(Part.number), col(Part.part_no), col(Part.name_zh), col(Part.name_en), col(Part.unit)
    ).where(col(Part.active))
    if text:
        columns = (col(Part.name_zh), col(Part.name_en), col(Part.initials), col(Part.part_no), col(Part.number))
        query = query.where(matches_text(text, *columns))
    rows = session.execute(query.order_by(col(Part.part_no)).limit(most)).all()
    pieces = stock_of(session, [row.id for row in rows])
    return [
        StockRow(row.number, row.part_no, Name(row.name_zh, row.name_en), pieces.get(row.id, 0), row.unit)
        for row in rows
    ]


def _parts_of(session: Session, line_ids: list[int]) -> dict[int, tuple[str, OldPartClass]]:
    query = (
        sa.select(col(PartLine.id), col(Part.number), col(Part.old_part))
        .join(Part, col(Part.id) == col(PartLine.part_id))
        .where(col(PartLine.id).in_(line_ids))
    )
    return {row.id: (row.number, row.old_part) for row in session.execute(query)}


def _of_order(
    facts: OrderFacts, person: tuple[str, str], parts: dict[int, tuple[str, OldPartClass]]
) -> list[CounterLine]:
    return [
        CounterLine(
            order_number=facts.number,
            stage=facts.stage,
            item=item.name,
            item_number=item.number,
            line=line,
            part_number=parts[line.id][0],
            old_part=parts[line.id][1],
            technician=person[0],
            technician_badge=person[1],
        )
        for item in facts.items
        for line in item.lines
        if (item.agreed and line.to_issue) or line.debt or any(issue.unfitted for issue in line.issues)
    ]
