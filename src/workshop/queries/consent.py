"""What was found on an order and asked of the customer, open or answered: for the order's page (W2, W4, W5)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.tables import ChangeLine, ChangeRequest, Discrepancy, Finding, OrderItem, Person, RepairOrder
from workshop.domain.states import ChangeKind, Channel, Decision, FindingEnd, Severity
from workshop.domain.words import Name
from workshop.queries.inbox import Matter


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """A discrepancy, finding or change line with its answer; `answered_by` is empty while it is open.

    `price` is the one asked for, or the agreed one once it is agreed.
    """

    matter: Matter
    id: int
    at: datetime
    raised_by: str
    text: str
    answered_by: str
    answer: Decision | FindingEnd | None = None
    note: str = ""
    severity: Severity | None = None
    kind: ChangeKind | None = None
    item: Name | None = None
    item_number: str = ""
    minutes: int | None = None
    price: Decimal | None = None
    channel: Channel | None = None
    consented_by: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for an advisor."""
        return not self.answered_by


_raiser, _answerer = aliased(Person), aliased(Person)
_NAMES: tuple[sa.SQLColumnExpression[str], ...] = (
    col(_raiser.name).label("raised_by"),
    sa.func.coalesce(col(_answerer.name), "").label("answered_by"),
)


def consent(session: Session, order_number: str) -> list[ConsentEntry]:
    """Everything of this kind on the order: what is open first, then the latest."""
    entries = [
        *_discrepancies(session, order_number),
        *_findings(session, order_number),
        *_lines(session, order_number),
    ]
    return sorted(entries, key=lambda entry: (not entry.open, -entry.at.timestamp()))


def _discrepancies(session: Session, number: str) -> list[ConsentEntry]:
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(Discrepancy, col(OrderItem.number), col(OrderItem.name_zh), col(OrderItem.name_en), *_NAMES)
        .join(RepairOrder, col(RepairOrder.id) == col(Discrepancy.order_id))
        .outerjoin(OrderItem, col(OrderItem.id) == col(Discrepancy.item_id))
        .join(_raiser, col(_raiser.id) == col(Discrepancy.reported_by_id))
        .outerjoin(_answerer, col(_answerer.id) == col(Discrepancy.answered_by_id))
        .where(col(RepairOrder.number) == number)
    )
    return [
        ConsentEntry(
            Matter.DISCREPANCY,
            row.Discrepancy.id,
            row.Discrepancy.at,
            row.raised_by,
            row.Discrepancy.note,
            row.answered_by,
            note=row.Discrepancy.answer,
            item=Name(row.name_zh, row.name_en) if row.number else None,
            item_number=row.number or "",
        )
        for row in session.execute(query)
    ]


def _findings(session: Session, number: str) -> list[ConsentEntry]:
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(Finding, *_NAMES)
        .join(RepairOrder, col(RepairOrder.id) == col(Finding.order_id))
        .join(_raiser, col(_raiser.id) == col(Finding.found_by_id))
        .outerjoin(_answerer, col(_answerer.id) == col(Finding.closed_by_id))
        .where(col(RepairOrder.number) == number)
    )
    return [
        ConsentEntry(
            Matter.FINDING,
            row.Finding.id,
            row.Finding.at,
            row.raised_by,
            f"{row.Finding.place}: {row.Finding.what}",
            row.answered_by,
            answer=row.Finding.ended,
            note=row.Finding.note,
            severity=row.Finding.severity,
        )
        for row in session.execute(query)
    ]


def _lines(session: Session, number: str) -> list[ConsentEntry]:
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(
            ChangeLine,
            col(ChangeRequest.at),
            col(ChangeRequest.reason),
            col(Finding.severity),
            col(OrderItem.number),
            col(OrderItem.name_zh),
            col(OrderItem.name_en),
            *_NAMES,
        )
        .join(ChangeRequest, col(ChangeRequest.id) == col(ChangeLine.request_id))
        .join(RepairOrder, col(RepairOrder.id) == col(ChangeRequest.order_id))
        .join(OrderItem, col(OrderItem.id) == col(ChangeLine.item_id))
        .outerjoin(Finding, col(Finding.id) == col(ChangeRequest.finding_id))
        .join(_raiser, col(_raiser.id) == col(ChangeRequest.raised_by_id))
        .outerjoin(_answerer, col(_answerer.id) == col(ChangeLine.decided_by_id))
        .where(col(RepairOrder.number) == number)
    )
    return [_line(row) for row in session.execute(query)]


def _line(row: sa.Row[*tuple[object, ...]]) -> ConsentEntry:
    line: ChangeLine = row.ChangeLine
    return ConsentEntry(
        Matter.LINE,
        line.id or 0,
        row.at,
        row.raised_by,
        row.reason,
        row.answered_by,
        answer=line.decision,
        note=line.note,
        severity=row.severity,
        kind=line.kind,
        item=Name(row.name_zh, row.name_en),
        item_number=row.number,
        minutes=line.minutes,
        price=line.price if line.agreed_price is None else line.agreed_price,
        channel=line.channel,
        consented_by=line.consented_by,
    )
