"""A day of the shop as its closing report tells it, down to the ledger's last line of that day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import LedgerLine, RepairOrder
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import Stage
from workshop.queries.orders import OrderView, order


@dataclass(frozen=True, slots=True)
class Closing:
    """What happened on a day, and how the floor stands. `hash` seals every line of the ledger up to `last`."""

    day: date
    opened: int
    released: int
    cancelled: int
    delivered: tuple[OrderView, ...]
    open_by_stage: tuple[tuple[Stage, int], ...]
    first: int
    last: int
    hash: str
    last_at: datetime | None

    @property
    def total(self) -> Decimal:
        """What the delivered orders come to."""
        return sum((view.total for view in self.delivered), start=Decimal(0))


def closing(session: Session, day: date, zone: str, now: datetime) -> Closing:
    """The closing of a day in the shop's zone."""
    begin = datetime.combine(day, time(), ZoneInfo(zone))
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    lines = col(LedgerLine.at).between(begin, end - timedelta(microseconds=1))
    first, last = session.execute(
        sa.select(sa.func.min(col(LedgerLine.number)), sa.func.max(col(LedgerLine.number))).where(lines)
    ).one()
    seal = session.execute(
        sa.select(col(LedgerLine.hash), col(LedgerLine.at)).where(col(LedgerLine.number) == last)
    ).one_or_none()
    numbers = session.execute(
        sa.select(col(RepairOrder.number))
        .where(col(RepairOrder.delivered_at) >= begin, col(RepairOrder.delivered_at) < end)
        .order_by(col(RepairOrder.delivered_at))
    ).scalars()
    views = (order(session, number, now, EVERYONE - {Role.TECHNICIAN}) for number in list(numbers))
    return Closing(
        day=day,
        opened=_count(session, col(RepairOrder.opened_at) >= begin, col(RepairOrder.opened_at) < end),
        released=_count(session, col(RepairOrder.released_at) >= begin, col(RepairOrder.released_at) < end),
        cancelled=int(
            session.execute(
                sa.select(sa.func.count()).where(lines, col(LedgerLine.command) == "cancel-order")
            ).scalar_one()
        ),
        delivered=tuple(view for view in views if view is not None),
        open_by_stage=_open_by_stage(session),
        first=first or 0,
        last=last or 0,
        hash=seal.hash if seal else "",
        last_at=seal.at if seal else None,
    )


def _count(session: Session, *conditions: sa.ColumnElement[bool]) -> int:
    return int(session.execute(sa.select(sa.func.count()).select_from(RepairOrder).where(*conditions)).scalar_one())


def _open_by_stage(session: Session) -> tuple[tuple[Stage, int], ...]:
    query = sa.select(col(RepairOrder.stage), sa.func.count()).where(OPEN_ORDERS).group_by(col(RepairOrder.stage))
    found = {row[0]: int(row[1]) for row in session.execute(query)}
    return tuple((stage, found[stage]) for stage in Stage if stage in found)
