"""The lines of a checklist that somebody has to answer: self-check (W7a) and final inspection (W7c)."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import CheckAnswer, CheckInstrument, OrderItem, RepairOrder, Tool, ToolModel
from workshop.domain.checks import CheckLine
from workshop.domain.states import Answer
from workshop.domain.words import Name


@dataclass(frozen=True, slots=True)
class CheckView:
    """A line with its answer so far; `item` is None on the final inspection. `instrument` measured the value."""

    id: int
    item: Name | None
    item_number: str
    position: int
    line: CheckLine
    answer: Answer | None
    value: Decimal | None
    reason: str
    instrument: Name | None = None


def self_check(session: Session, order_number: str) -> list[CheckView]:
    """The present self-check lines of every item of the order."""
    query = _query(order_number).where(
        col(CheckAnswer.item_id) == col(OrderItem.id), col(CheckAnswer.round) == col(OrderItem.round)
    )
    return [_view(row) for row in session.execute(query)]


def final_inspection(session: Session, order_number: str) -> list[CheckView]:
    """The lines of the order's present final inspection."""
    query = _query(order_number).where(
        col(CheckAnswer.item_id).is_(None), col(CheckAnswer.round) == col(RepairOrder.round)
    )
    return [_view(row) for row in session.execute(query)]


def _query(order_number: str) -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(
            col(CheckAnswer.id),
            col(CheckAnswer.position),
            col(CheckAnswer.text_zh),
            col(CheckAnswer.text_en),
            col(CheckAnswer.unit),
            col(CheckAnswer.low),
            col(CheckAnswer.high),
            col(CheckAnswer.value_required),
            col(CheckAnswer.answer),
            col(CheckAnswer.value),
            col(CheckAnswer.reason),
            col(OrderItem.number),
            col(OrderItem.name_zh),
            col(OrderItem.name_en),
            col(ToolModel.name_zh).label("tool_zh"),
            col(ToolModel.name_en).label("tool_en"),
        )
        .join(RepairOrder, col(RepairOrder.id) == col(CheckAnswer.order_id))
        .outerjoin(OrderItem, col(OrderItem.id) == col(CheckAnswer.item_id))
        .outerjoin(CheckInstrument, col(CheckInstrument.check_id) == col(CheckAnswer.id))
        .outerjoin(Tool, col(Tool.id) == col(CheckInstrument.tool_id))
        .outerjoin(ToolModel, col(ToolModel.id) == col(Tool.model_id))
        .where(col(RepairOrder.number) == order_number)
        .order_by(col(CheckAnswer.item_id), col(CheckAnswer.position))
    )


def _view(row: sa.Row[*tuple[object, ...]]) -> CheckView:
    return CheckView(
        id=row.id,
        item=Name(row.name_zh, row.name_en) if row.number else None,
        item_number=row.number or "",
        position=row.position,
        line=CheckLine(Name(row.text_zh, row.text_en), row.unit, row.low, row.high, row.value_required),
        answer=row.answer,
        value=row.value,
        reason=row.reason,
        instrument=Name(row.tool_zh, row.tool_en) if row.tool_zh else None,
    )
