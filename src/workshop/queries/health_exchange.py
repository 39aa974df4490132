"""How the exchange of vehicle health records stands: what waits, why, since when, and what was answered last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import HealthExchange, Person, RepairOrder
from workshop.domain.health_record import ExchangeResult
from workshop.domain.states import Stage

MOST = 200


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A delivered order with the last answer that its record got; `result` None: it was never sent."""

    order_number: str
    delivered_at: datetime
    attempts: int = 0
    result: ExchangeResult | None = None
    receiver: str = ""
    answer: str = ""
    sent_at: datetime | None = None
    sent_by: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is still to be sent."""
        return self.result is not ExchangeResult.ACCEPTED


def exchange_rows(session: Session, most: int = MOST) -> list[ExchangeRow]:
    """What waits, the oldest delivery first; then what was accepted, the latest answer first."""
    taken = sa.select(col(HealthExchange.order_id)).where(col(HealthExchange.result) == ExchangeResult.ACCEPTED)
    waiting = session.execute(
        _delivered().where(col(RepairOrder.id).not_in(taken)).order_by(col(RepairOrder.delivered_at)).limit(most)
    ).all()
    accepted = session.execute(
        _delivered()
        .join(HealthExchange, col(HealthExchange.order_id) == col(RepairOrder.id))
        .where(col(HealthExchange.result) == ExchangeResult.ACCEPTED)
        .order_by(col(HealthExchange.id).desc())
        .limit(most - len(waiting))
    ).all()
    answers = _answers(session, [row.id for row in (*waiting, *accepted)])
    return [_row(row.number, row.delivered_at, answers.get(row.id, [])) for row in (*waiting, *accepted)]


def _delivered() -> "sa.Select[int | None, str, datetime | None]":
    return sa.select(col(RepairOrder.id), col(RepairOrder.number), col(RepairOrder.delivered_at)).where(
        col(RepairOrder.stage) == Stage.DELIVERED
    )


def _answers(session: Session, orders: Iterable[int]) -> dict[int, list[tuple[HealthExchange, str]]]:
    found: dict[int, list[tuple[HealthExchange, str]]] = {}
    rows = session.execute(
        sa.select(HealthExchange, col(Person.name))
        .join(Person, col(Person.id) == col(HealthExchange.by_id))
        .where(col(HealthExchange.order_id).in_(list(orders)))
        .order_by(col(HealthExchange.id))
    )
    for attempt, name in rows:
        found.setdefault(attempt.order_id, []).append((attempt, name))
    return found


def _row(number: str, delivered_at: datetime, answers: list[tuple[HealthExchange, str]]) -> ExchangeRow:
    if not answers:
        return ExchangeRow(number, delivered_at)
    last, name = answers[-1]
    return ExchangeRow(number, delivered_at, len(answers), last.result, last.receiver, last.answer, last.at, name)
