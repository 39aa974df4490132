"""Loads the facts of orders for the gates and the screens: a fixed number of column selects, however many orders.

The queries stand ready in constants: to put one together takes longer than to run it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.part_facts import IDS, pairs, part_lines, rows_of
from workshop.db.safety_facts import load_safety
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
from workshop.db.tool_facts import tool_facts
from workshop.domain.facts import FindingFacts, ItemFacts, OrderFacts
from workshop.domain.order_tools import NO_TOOLS
from workshop.domain.safety_facts import SAFE
from workshop.domain.states import Stage
from workshop.domain.words import Name

Key = TypeVar("Key")


def load_facts(session: Session, order_ids: Sequence[int], now: datetime) -> dict[int, OrderFacts]:
    """The facts of these orders by id. `now` closes running clocks for the minutes worked."""
    if not order_ids:
        return {}
    items = _items(session, order_ids, now)
    plates = _plates(session, order_ids)
    open_notes = _open_notes(session, order_ids)
    checks = _inspection(session, order_ids)
    orders = rows_of(session, _ORDERS, order_ids)
    tools = tool_facts(session, {order.id: order.round for order in orders})
    safety = load_safety(session, order_ids)
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


_ORDERS = sa.select(
    col(RepairOrder.id),
    col(RepairOrder.number),
    col(RepairOrder.stage),
    col(RepairOrder.round),
    col(RepairOrder.opened_at),
    col(RepairOrder.promised_at),
    col(RepairOrder.technician_id),
    col(RepairOrder.team_id),
).where(col(RepairOrder.id).in_(IDS))


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


def _plates(session: Session, order_ids: Sequence[int]) -> dict[int, tuple[bool, bool]]:
    """(verified, held) by order: what the last check said, unless a correction voids it (W1)."""
    corrected = pairs(session, _CORRECTED, order_ids)
    state = {}
    for order_id, check_id, matched in rows_of(session, _PLATE_CHECKS, order_ids):
        void = check_id <= (corrected.get(order_id) or 0)
        state[order_id] = (matched and not void, not matched and not void)
    return state


_CORRECTED = (
    sa.select(col(PlateCorrection.order_id), sa.func.max(col(PlateCorrection.after_check_id)))
    .where(col(PlateCorrection.order_id).in_(IDS))
    .group_by(col(PlateCorrection.order_id))
)
_PLATE_CHECKS = (
    sa.select(col(PlateCheck.order_id), col(PlateCheck.id), col(PlateCheck.matched))
    .where(col(PlateCheck.order_id).in_(IDS))
    .order_by(col(PlateCheck.id))
)


def _open_notes(session: Session, order_ids: Sequence[int]) -> dict[int, _Notes]:
    notes: dict[int, _Notes] = defaultdict(_Notes)
    for order_id, note in rows_of(session, _DISCREPANCIES, order_ids):
        notes[order_id].discrepancies.append(note)
    for row in rows_of(session, _FINDINGS, order_ids):
        notes[row.order_id].findings.append(FindingFacts(row.id, row.what, row.severity))
    for order_id, count in rows_of(session, _UNDECIDED, order_ids):
        notes[order_id].undecided = count
    for order_id, giver_id in rows_of(session, _OFFERS, order_ids):
        notes[order_id].offered_by = giver_id
    for order_id, technician_id in rows_of(session, _SELF_CHECKERS, order_ids):
        notes[order_id].self_checkers.add(technician_id)
    return notes


_DISCREPANCIES = (
    sa.select(col(Discrepancy.order_id), col(Discrepancy.note))
    .where(col(Discrepancy.order_id).in_(IDS), col(Discrepancy.answered_at).is_(None))
    .order_by(col(Discrepancy.id))
)
_FINDINGS = (
    sa.select(col(Finding.order_id), col(Finding.id), col(Finding.what), col(Finding.severity))
    .where(col(Finding.order_id).in_(IDS), col(Finding.ended).is_(None))
    .order_by(col(Finding.id))
)
_UNDECIDED = (
    sa.select(col(ChangeRequest.order_id), sa.func.count())
    .join(ChangeLine, col(ChangeLine.request_id) == col(ChangeRequest.id))
    .where(col(ChangeRequest.order_id).in_(IDS), col(ChangeLine.decision).is_(None))
    .group_by(col(ChangeRequest.order_id))
)
_OFFERS = sa.select(col(HandOver.order_id), col(HandOver.giver_id)).where(
    col(HandOver.order_id).in_(IDS), col(HandOver.accepted).is_(None)
)
_SELF_CHECKERS = sa.select(col(SelfCheck.order_id), col(SelfCheck.technician_id)).where(
    col(SelfCheck.order_id).in_(IDS)
)


def _inspection(session: Session, order_ids: Sequence[int]) -> dict[tuple[int, int], _Checks]:
    checks: dict[tuple[int, int], _Checks] = defaultdict(_Checks)
    for order_id, number, unanswered in rows_of(session, _UNANSWERED, order_ids):
        checks[order_id, number].unanswered = unanswered
    for order_id, number in rows_of(session, _FAILED, order_ids):
        checks[order_id, number].failed = True
    return checks


_UNANSWERED = (
    sa.select(col(CheckAnswer.order_id), col(CheckAnswer.round), sa.func.count())
    .where(col(CheckAnswer.order_id).in_(IDS), col(CheckAnswer.item_id).is_(None), col(CheckAnswer.answer).is_(None))
    .group_by(col(CheckAnswer.order_id), col(CheckAnswer.round))
)
_FAILED = sa.select(col(Inspection.order_id), col(Inspection.round)).where(
    col(Inspection.order_id).in_(IDS), col(Inspection.passed).is_(False)
)


def _items(session: Session, order_ids: Sequence[int], now: datetime) -> dict[int, list[ItemFacts]]:
    rows = rows_of(session, _ITEMS, order_ids)
    item_ids = [row.id for row in rows]
    labour = _grouped(rows_of(session, _LABOUR, item_ids), lambda row: int(row.item_id))
    checks = _self_checks(session, item_ids)
    lines = part_lines(session, item_ids)
    items: dict[int, list[ItemFacts]] = defaultdict(list)
    for row in rows:
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


_ITEMS = (
    sa.select(
        col(OrderItem.id),
        col(OrderItem.order_id),
        col(OrderItem.number),
        col(OrderItem.name_zh),
        col(OrderItem.name_en),
        col(OrderItem.state),
        col(OrderItem.minutes),
        col(OrderItem.round),
    )
    .where(col(OrderItem.order_id).in_(IDS))
    .order_by(col(OrderItem.id))
)

# Who fitted a part has worked on the item too, if for no time of its own (W7b, W7c).
_LABOUR: sa.CompoundSelect[Any] = sa.union_all(
    sa.select(
        col(LabourEntry.item_id),
        col(LabourEntry.technician_id),
        col(LabourEntry.started_at),
        col(LabourEntry.ended_at),
    ).where(col(LabourEntry.item_id).in_(IDS)),
    sa.select(col(PartLine.item_id), col(PartFitting.technician_id), col(PartFitting.at), col(PartFitting.at))
    .join(PartIssue, col(PartIssue.id) == col(PartFitting.issue_id))
    .join(PartLine, col(PartLine.id) == col(PartIssue.line_id))
    .where(col(PartLine.item_id).in_(IDS)),
)


def _self_checks(session: Session, item_ids: Sequence[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """(lines, unanswered lines) by item and round of the item."""
    found = rows_of(session, _SELF_CHECKS, item_ids)
    return {(item, number): (asked, left) for item, number, asked, left in found}


_SELF_CHECKS = (
    sa.select(
        col(CheckAnswer.item_id),
        col(CheckAnswer.round),
        sa.func.count(),
        sa.func.count() - sa.func.count(col(CheckAnswer.answer)),
    )
    .where(col(CheckAnswer.item_id).in_(IDS))
    .group_by(col(CheckAnswer.item_id), col(CheckAnswer.round))
)
