"""Vehicle health records that are still to be sent: of delivered orders, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import HealthExchange, RepairOrder
from workshop.domain.health_record import ExchangeResult, HealthItem, HealthPart, HealthRecord
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import ItemState, Stage
from workshop.queries.orders import OrderView, order
from workshop.queries.shop import ShopView, shop


@dataclass(frozen=True, slots=True)
class ToSend:
    """A record to be sent, with what became of earlier attempts."""

    order_number: str
    record: HealthRecord
    attempts: int
    unanswered: bool


def to_send(session: Session, now: datetime, most: int = 200) -> list[ToSend]:
    """The records that no receiver has accepted yet."""
    here = shop(session)
    if here is None:
        return []
    done = sa.select(col(HealthExchange.order_id)).where(col(HealthExchange.result) == ExchangeResult.ACCEPTED)
    rows = session.execute(
        sa.select(col(RepairOrder.id), col(RepairOrder.number))
        .where(col(RepairOrder.stage) == Stage.DELIVERED, col(RepairOrder.id).not_in(done))
        .order_by(col(RepairOrder.delivered_at))
        .limit(most)
    ).all()
    tried = _tried(session, [row.id for row in rows])
    found = []
    for row in rows:
        view = order(session, row.number, now, EVERYONE - {Role.TECHNICIAN})
        if view is not None:
            results = tried.get(row.id, [])
            unanswered = ExchangeResult.UNANSWERED in results
            found.append(ToSend(row.number, health_record(view, here), len(results), unanswered))
    return found


def health_record(view: OrderView, here: ShopView) -> HealthRecord:
    """A delivered order as the exchange wants it; only what was done and fitted."""
    zone = ZoneInfo(here.timezone)
    settled = (view.delivered_at or view.facts.opened_at).astimezone(zone).date()
    done = [item for item in view.items if item.facts.state is ItemState.DONE]
    return HealthRecord(
        plate=view.plate or "",
        company=here.name,
        vin=view.vin,
        repaired=view.facts.opened_at.astimezone(zone).date(),
        mileage=view.odometer_in,
        settled=settled,
        fault=" ".join(view.request.split()),
        settlement=view.facts.number,
        parts=tuple(
            HealthPart(line.facts.name.zh, line.facts.part_no, line.facts.fitted)
            for item in done
            for line in item.lines
            if line.facts.fitted
        ),
        items=tuple(HealthItem(item.facts.name.zh, item.facts.minutes) for item in done),
    )


def _tried(session: Session, orders: list[int]) -> dict[int, list[ExchangeResult]]:
    query = sa.select(col(HealthExchange.order_id), col(HealthExchange.result)).where(
        col(HealthExchange.order_id).in_(orders)
    )
    found: dict[int, list[ExchangeResult]] = {}
    for row in session.execute(query):
        found.setdefault(row.order_id, []).append(row.result)
    return found
