"""Loads the facts of orders for the gates and the screens: two statements for every few hundred orders.

They stand ready in constants: to put one together takes longer than to run it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.bundle import Bundle, Query
from workshop.db.part_facts import IDS, PARTS, part_lines
from workshop.db.safety_facts import SAFETY, safety_facts
from workshop.db.tables import (
    ChangeLine,
    ChangeRequest,
    CheckAnswer,
    Discrepancy,
    Finding,
    HandOver,
    Inspection,
    LabourEntry,
    OrderItem,
    PartFitting,
    PartIssue,
    PartLine,
    PlateCheck,
    PlateCorrection,
    RepairOrder,
    SelfCheck,
)
from workshop.db.tool_facts import TOOLS, tool_facts
from workshop.domain.facts import FindingFacts, ItemFacts, OrderFacts, PartLineFacts
from workshop.domain.order_tools import NO_TOOLS
from workshop.domain.safety_facts import SAFE
from workshop.domain.states import Stage
from workshop.domain.words import Name

Key = TypeVar("Key")
Rows = Mapping[str, Sequence[Any]]

_MOST = 200
"""Orders asked of at once: SQLite takes 32766 parameters, and the statement names each order many times."""


def load_facts(session: Session, order_ids: Sequence[int], now: datetime) -> dict[int, OrderFacts]:
    """The facts of these orders by id. `now` closes running clocks for the minutes worked."""
    facts: dict[int, OrderFacts] = {}
    for start in range(0, len(order_ids), _MOST):
        facts |= _load(session, order_ids[start : start + _MOST], now)
    return facts


def _load(session: Session, order_ids: Sequence[int], now: datetime) -> dict[int, OrderFacts]:
    rows = _FACTS.ask(session, ids=order_ids)
    lines = part_lines(session, rows["lines"], rows["issues"])
    items = _items(rows, lines, now)
    plates = _plates(rows)
    open_notes = _open_notes(rows)
    checks = _inspection(rows)
    orders = rows["orders"]
    tools = tool_facts(rows, {order.id: order.round for order in orders})
    safety = safety_facts(rows)
    facts = {}
    for order in orders:
        verified, held = plates.get(order.id, (False, False))
        notes = open_notes.get(order.id, _Notes())
        inspection = checks.get((order.id, order.round), _Checks())
        facts[order.id] = OrderFacts(
            id=order.id,
            number=order.number,
            stage=order.stage,
            round=order.round,
            opened_at=order.opened_at,
            promised_at=order.promised_at,
            plate_verified=verified,
            plate_held=held,
            items=tuple(items.get(order.id, ())),
            discrepancies=tuple(notes.discrepancies),
            findings=tuple(notes.findings),
            undecided=notes.undecided,
            offered_by=notes.offered_by if order.stage is Stage.SELF_CHECKED else None,
            inspection_unanswered=inspection.unanswered,
            inspection_failed=checks.get((order.id, order.round - 1), _Checks()).failed,
            technician_id=order.technician_id,
            team_id=order.team_id,
            self_checkers=frozenset(notes.self_checkers),
            tools=tools.get(order.id, NO_TOOLS),
            safety=safety.get(order.id, SAFE),
        )
    return facts


class _Notes:
    def __init__(self) -> None:
        self.discrepancies: list[str] = []
        self.findings: list[FindingFacts] = []
        self.undecided = 0
        self.offered_by: int | None = None
        self.self_checkers: set[int] = set()


@dataclass
class _Checks:
    unanswered: int = 0
    failed: bool = False


def _grouped(rows: Iterable[Any], key: Callable[[Any], Key]) -> dict[Key, list[Any]]:
    groups: dict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _plates(rows: Rows) -> dict[int, tuple[bool, bool]]:
    """(verified, held) by order: what the last check said, unless a correction voids it (W1)."""
    corrected = {row.order_id: row.after for row in rows["corrected"]}
    state = {}
    for check_id, order_id, matched in rows["plate_checks"]:
        void = check_id <= (corrected.get(order_id) or 0)
        state[order_id] = (matched and not void, not matched and not void)
    return state


def _open_notes(rows: Rows) -> dict[int, _Notes]:
    notes: dict[int, _Notes] = defaultdict(_Notes)
    for row in rows["discrepancies"]:
        notes[row.order_id].discrepancies.append(row.note)
    for row in rows["findings"]:
        notes[row.order_id].findings.append(FindingFacts(row.id, row.what, row.severity))
    for row in rows["undecided"]:
        notes[row.order_id].undecided = row.lines
    for row in rows["offers"]:
        notes[row.order_id].offered_by = row.giver_id
    for row in rows["self_checkers"]:
        notes[row.order_id].self_checkers.add(row.technician_id)
    return notes


def _inspection(rows: Rows) -> dict[tuple[int, int], _Checks]:
    checks: dict[tuple[int, int], _Checks] = defaultdict(_Checks)
    for row in rows["unanswered"]:
        checks[row.order_id, row.round].unanswered = row.lines
    for row in rows["failed"]:
        checks[row.order_id, row.round].failed = True
    return checks


def _items(rows: Rows, lines: Mapping[int, Sequence[PartLineFacts]], now: datetime) -> dict[int, list[ItemFacts]]:
    labour = _grouped([*rows["labour"], *rows["fitters"]], lambda row: int(row.item_id))
    checks = {(row.item_id, row.round): (row.lines, row.left) for row in rows["self_checks"]}
    items: dict[int, list[ItemFacts]] = defaultdict(list)
    for row in rows["items"]:
        entries = labour.get(row.id, [])
        asked, unanswered = checks.get((row.id, row.round), (0, 0))
        items[row.order_id].append(
            ItemFacts(
                id=row.id,
                number=row.number,
                name=Name(row.name_zh, row.name_en),
                state=row.state,
                minutes=row.minutes,
                worked=sum(int(((e.ended_at or now) - e.started_at).total_seconds()) for e in entries) // 60,
                running=frozenset(e.technician_id for e in entries if e.ended_at is None),
                workers=frozenset(e.technician_id for e in entries),
                checks=asked,
                unanswered=unanswered,
                lines=tuple(lines.get(row.id, ())),
            )
        )
    return items


_NOTES: Mapping[str, Query] = {
    "corrected": sa.select(
        col(PlateCorrection.order_id), sa.func.max(col(PlateCorrection.after_check_id)).label("after")
    )
    .where(col(PlateCorrection.order_id).in_(IDS))
    .group_by(col(PlateCorrection.order_id)),
    "plate_checks": sa.select(col(PlateCheck.id), col(PlateCheck.order_id), col(PlateCheck.matched)).where(
        col(PlateCheck.order_id).in_(IDS)
    ),
    "discrepancies": sa.select(col(Discrepancy.id), col(Discrepancy.order_id), col(Discrepancy.note)).where(
        col(Discrepancy.order_id).in_(IDS), col(Discrepancy.answered_at).is_(None)
    ),
    "findings": sa.select(col(Finding.id), col(Finding.order_id), col(Finding.what), col(Finding.severity)).where(
        col(Finding.order_id).in_(IDS), col(Finding.ended).is_(None)
    ),
    "undecided": sa.select(col(ChangeRequest.order_id), sa.func.count().label("lines"))
    .join(ChangeLine, col(ChangeLine.request_id) == col(ChangeRequest.id))
    .where(col(ChangeRequest.order_id).in_(IDS), col(ChangeLine.decision).is_(None))
    .group_by(col(ChangeRequest.order_id)),
    "offers": sa.select(col(HandOver.order_id), col(HandOver.giver_id)).where(
        col(HandOver.order_id).in_(IDS), col(HandOver.accepted).is_(None)
    ),
    "self_checkers": sa.select(col(SelfCheck.order_id), col(SelfCheck.technician_id)).where(
        col(SelfCheck.order_id).in_(IDS)
    ),
    "unanswered": sa.select(col(CheckAnswer.order_id), col(CheckAnswer.round), sa.func.count().label("lines"))
    .where(col(CheckAnswer.order_id).in_(IDS), col(CheckAnswer.item_id).is_(None), col(CheckAnswer.answer).is_(None))
    .group_by(col(CheckAnswer.order_id), col(CheckAnswer.round)),
    "failed": sa.select(col(Inspection.order_id), col(Inspection.round)).where(
        col(Inspection.order_id).in_(IDS), col(Inspection.passed).is_(False)
    ),
}
_WORK: Mapping[str, Query] = {
    "items": sa.select(
        col(OrderItem.id),
        col(OrderItem.order_id),
        col(OrderItem.number),
        col(OrderItem.name_zh),
        col(OrderItem.name_en),
        col(OrderItem.state),
        col(OrderItem.minutes),
        col(OrderItem.round),
    ).where(col(OrderItem.order_id).in_(IDS)),
    "labour": sa.select(
        col(LabourEntry.item_id),
        col(LabourEntry.technician_id),
        col(LabourEntry.started_at),
        col(LabourEntry.ended_at),
    )
    .join(OrderItem, col(OrderItem.id) == col(LabourEntry.item_id))
    .where(col(OrderItem.order_id).in_(IDS)),
    # Who fitted a part has worked on the item too, if for no time of its own (W7b, W7c).
    "fitters": sa.select(
        col(PartLine.item_id),
        col(PartFitting.technician_id),
        col(PartFitting.at).label("started_at"),
        col(PartFitting.at).label("ended_at"),
    )
    .join(PartIssue, col(PartIssue.id) == col(PartFitting.issue_id))
    .join(PartLine, col(PartLine.id) == col(PartIssue.line_id))
    .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
    .where(col(OrderItem.order_id).in_(IDS)),
    "self_checks": sa.select(
        col(CheckAnswer.item_id),
        col(CheckAnswer.round),
        sa.func.count().label("lines"),
        (sa.func.count() - sa.func.count(col(CheckAnswer.answer))).label("left"),
    )
    .join(OrderItem, col(OrderItem.id) == col(CheckAnswer.item_id))
    .where(col(OrderItem.order_id).in_(IDS))
    .group_by(col(CheckAnswer.item_id), col(CheckAnswer.round)),
}
_ORDERS: Query = sa.select(
    col(RepairOrder.id),
    col(RepairOrder.number),
    col(RepairOrder.stage),
    col(RepairOrder.round),
    col(RepairOrder.opened_at),
    col(RepairOrder.promised_at),
    col(RepairOrder.technician_id),
    col(RepairOrder.team_id),
).where(col(RepairOrder.id).in_(IDS))
_FACTS = Bundle({"orders": _ORDERS, **_NOTES, **_WORK, **PARTS, **TOOLS, **SAFETY})
