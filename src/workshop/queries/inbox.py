"""The front desk's inbox: everything that waits for an advisor, the longest wait first (W1, W2, W4, W5)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.facts import load_facts
from workshop.db.tables import (
    ChangeLine,
    ChangeRequest,
    Discrepancy,
    Finding,
    OrderItem,
    Part,
    PartLine,
    Person,
    PlateCheck,
    RepairOrder,
)
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.states import ChangeKind, Severity, Stage
from workshop.domain.words import N_, Labelled, Name


class Matter(Labelled):
    """What an entry of the inbox is about."""

    PLATE = "plate", N_("plate mismatch")
    DISCREPANCY = "discrepancy", N_("discrepancy")
    FINDING = "finding", N_("finding")
    LINE = "line", N_("change line")


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One thing that an advisor must answer. `id` is the discrepancy's, finding's or line's."""

    matter: Matter
    id: int
    order_number: str
    plate: str | None
    since: datetime
    raised_by: str
    raised_by_id: int
    text: str
    severity: Severity | None = None
    kind: ChangeKind | None = None
    item: Name | None = None
    item_number: str = ""
    minutes: int | None = None
    price: Decimal | None = None
    parts: tuple[tuple[Name, int, Decimal], ...] = ()


def inbox(session: Session, now: datetime) -> list[InboxEntry]:
    """Everything that waits for the front desk."""
    entries = [*_plates(session, now), *_discrepancies(session), *_findings(session), *_lines(session)]
    return sorted(entries, key=lambda entry: entry.since)


def _plates(session: Session, now: datetime) -> list[InboxEntry]:
    last = sa.select(sa.func.max(col(PlateCheck.id))).where(col(PlateCheck.order_id) == col(RepairOrder.id))
    rows = session.execute(
        sa.select(
            col(PlateCheck.id),
            col(PlateCheck.at),
            col(PlateCheck.typed),
            col(PlateCheck.technician_id),
            col(RepairOrder.id).label("order_id"),
            col(RepairOrder.number),
            col(RepairOrder.plate),
            col(Person.name),
        )
        .join(RepairOrder, col(RepairOrder.id) == col(PlateCheck.order_id))
        .join(Person, col(Person.id) == col(PlateCheck.technician_id))
        .where(
            col(PlateCheck.id) == last.correlate(RepairOrder).scalar_subquery(),
            OPEN_ORDERS,
            col(PlateCheck.matched).is_(False),
            col(RepairOrder.stage) == Stage.DISPATCHED,
        )
    ).all()
    facts = load_facts(session, [row.order_id for row in rows], now)
    return [
        InboxEntry(Matter.PLATE, row.id, row.number, row.plate, row.at, row.name, row.technician_id, row.typed)
        for row in rows
        if facts[row.order_id].plate_held
    ]


def _discrepancies(session: Session) -> list[InboxEntry]:
    rows = session.execute(
        sa.select(
            col(Discrepancy.id),
            col(Discrepancy.at),
            col(Discrepancy.note),
            col(Discrepancy.reported_by_id),
            col(RepairOrder.number),
            col(RepairOrder.plate),
            col(Person.name),
        )
        .join(RepairOrder, col(RepairOrder.id) == col(Discrepancy.order_id))
        .join(Person, col(Person.id) == col(Discrepancy.reported_by_id))
        .where(col(Discrepancy.answered_at).is_(None), OPEN_ORDERS)
    )
    return [
        InboxEntry(Matter.DISCREPANCY, row.id, row.number, row.plate, row.at, row.name, row.reported_by_id, row.note)
        for row in rows
    ]


def _findings(session: Session) -> list[InboxEntry]:
    """Findings without proposed lines; those with lines are answered by deciding the lines."""
    with_lines = sa.select(col(ChangeRequest.finding_id)).where(col(ChangeRequest.finding_id).is_not(None))
    rows = session.execute(
        sa.select(
            col(Finding.id),
            col(Finding.at),
            col(Finding.what),
            col(Finding.place),
            col(Finding.severity),
            col(Finding.found_by_id),
            col(RepairOrder.number),
            col(RepairOrder.plate),
            col(Person.name),
        )
        .join(RepairOrder, col(RepairOrder.id) == col(Finding.order_id))
        .join(Person, col(Person.id) == col(Finding.found_by_id))
        .where(col(Finding.ended).is_(None), col(Finding.id).not_in(with_lines), OPEN_ORDERS)
    )
    return [
        InboxEntry(
            Matter.FINDING,
            row.id,
            row.number,
            row.plate,
            row.at,
            row.name,
            row.found_by_id,
            f"{row.place}: {row.what}",
            severity=row.severity,
        )
        for row in rows
    ]


def _lines(session: Session) -> list[InboxEntry]:
    rows = session.execute(
        sa.select(
            col(ChangeLine.id),
            col(ChangeLine.kind),
            col(ChangeLine.minutes),
            col(ChangeLine.price),
            col(ChangeRequest.at),
            col(ChangeRequest.reason),
            col(ChangeRequest.raised_by_id),
            col(RepairOrder.number),
            col(RepairOrder.plate),
            col(Person.name),
            col(OrderItem.id).label("item_id"),
            col(OrderItem.number).label("item_number"),
            col(OrderItem.name_zh),
            col(OrderItem.name_en),
            col(Finding.severity),
        )
        .join(ChangeRequest, col(ChangeRequest.id) == col(ChangeLine.request_id))
        .join(RepairOrder, col(RepairOrder.id) == col(ChangeRequest.order_id))
        .join(Person, col(Person.id) == col(ChangeRequest.raised_by_id))
        .join(OrderItem, col(OrderItem.id) == col(ChangeLine.item_id))
        .outerjoin(Finding, col(Finding.id) == col(ChangeRequest.finding_id))
        .where(col(ChangeLine.decision).is_(None), OPEN_ORDERS)
    ).all()
    return [
        InboxEntry(
            Matter.LINE,
            row.id,
            row.number,
            row.plate,
            row.at,
            row.name,
            row.raised_by_id,
            row.reason,
            severity=row.severity,
            kind=row.kind,
            item=Name(row.name_zh, row.name_en),
            item_number=row.item_number,
            minutes=row.minutes,
            price=row.price,
            parts=_parts(session, row.id, row.item_id, row.kind),
        )
        for row in rows
    ]


def _parts(session: Session, line_id: int, item_id: int, kind: ChangeKind) -> tuple[tuple[Name, int, Decimal], ...]:
    query = (
        sa.select(col(Part.name_zh), col(Part.name_en), col(PartLine.quantity), col(PartLine.price))
        .join(Part, col(Part.id) == col(PartLine.part_id))
        .where(col(PartLine.item_id) == item_id)
    )
    if kind is ChangeKind.ADD_PART:
        query = query.where(col(PartLine.change_line_id) == line_id)
    elif kind is not ChangeKind.ADD_ITEM:
        return ()
    return tuple((Name(row.name_zh, row.name_en), row.quantity, row.price) for row in session.execute(query))
