"""Orders that came, went, came back, and whether they were ready when it was promised (W3)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import aliased
from sqlmodel import col

from workshop.db.tables import Person, RepairOrder
from workshop.domain.figures import ratio
from workshop.domain.words import N_
from workshop.queries.figures.model import Case, Definition, Figure, Scope, Subject, Unit, count_of, on_order, share_of

NOTHING: Final = timedelta()
LATER: Final = N_("after the promised time")
COMEBACK_OF: Final = N_("comeback of order")
_DONE: Final = N_("orders delivered in the period")

DELIVERED: Final = Definition(
    "orders_delivered",
    Subject.THROUGHPUT,
    Unit.CASES,
    N_("orders delivered"),
    N_("Orders whose vehicle was handed back to its customer in the period."),
    _DONE,
)
PER_DAY: Final = Definition(
    "delivered_per_day",
    Subject.THROUGHPUT,
    Unit.PER_DAY,
    N_("orders delivered per day"),
    N_("Orders delivered in the period to its days that have begun, days off included."),
    _DONE,
    N_("orders delivered"),
    N_("days that have begun"),
)
OPENED: Final = Definition(
    "orders_opened",
    Subject.THROUGHPUT,
    Unit.CASES,
    N_("orders opened"),
    N_("Orders that reception opened in the period, those cancelled later included."),
    N_("orders opened in the period"),
)
READY: Final = Definition(
    "ready_on_time",
    Subject.PROMISES,
    Unit.PERCENT,
    N_("ready on time"),
    N_("Of the orders delivered in the period, those that had passed the final inspection by the last time promised."),
    _DONE,
    N_("released by the last promise"),
    N_("orders delivered"),
    measure=LATER,
)
ON_TIME: Final = Definition(
    "delivered_on_time",
    Subject.PROMISES,
    Unit.PERCENT,
    N_("delivered on time"),
    N_("Of the orders delivered in the period, those delivered at or before the last time promised."),
    _DONE,
    N_("delivered by the last promise"),
    N_("orders delivered"),
    measure=LATER,
)
COMEBACKS: Final = Definition(
    "comebacks",
    Subject.QUALITY,
    Unit.PERCENT,
    N_("comebacks"),
    N_("Of the orders opened in the period, those opened as the comeback of a delivered order of the same vehicle."),
    N_("orders opened in the period"),
    N_("opened as a comeback"),
    N_("orders opened"),
)
DEFINITIONS: Final = (DELIVERED, PER_DAY, OPENED, READY, ON_TIME, COMEBACKS)


def figures(scope: Scope) -> Iterator[Figure]:
    """The figures of orders delivered and opened."""
    rows = scope.session.execute(
        on_order(
            col(RepairOrder.promised_at),
            col(RepairOrder.released_at),
            col(RepairOrder.delivered_at),
            col(Person.name).label("who"),
        )
        .join(Person, col(Person.id) == col(RepairOrder.advisor_id))
        .where(scope.within(RepairOrder.delivered_at))
        .order_by(col(RepairOrder.delivered_at), col(RepairOrder.id))
    ).all()

    def kept(at: datetime, row: Any) -> Case:
        late = at - row.promised_at
        return Case(row.number, row.vehicle, at, row.who, amount=late, counts=late <= NOTHING)

    delivered = [Case(row.number, row.vehicle, row.delivered_at, row.who) for row in rows]
    opened = _opened(scope)
    yield count_of(DELIVERED, delivered)
    begun = scope.period.begun(scope.now.astimezone(scope.zone).date())
    yield Figure(PER_DAY, ratio(len(delivered), begun), tuple(delivered))
    yield count_of(OPENED, (replace(case, counts=True, what="") for case in opened))
    yield share_of(READY, (kept(row.released_at, row) for row in rows))
    yield share_of(ON_TIME, (kept(row.delivered_at, row) for row in rows))
    yield share_of(COMEBACKS, opened)


def _opened(scope: Scope) -> list[Case]:
    first = aliased(RepairOrder)
    rows = scope.session.execute(
        on_order(col(RepairOrder.opened_at), col(Person.name).label("who"), col(first.number).label("first"))
        .join(Person, col(Person.id) == col(RepairOrder.advisor_id))
        .outerjoin(first, col(first.id) == col(RepairOrder.comeback_of_id))
        .where(scope.within(RepairOrder.opened_at))
        .order_by(col(RepairOrder.opened_at), col(RepairOrder.id))
    )
    return [
        Case(
            row.number,
            row.vehicle,
            row.opened_at,
            row.who,
            (COMEBACK_OF, row.first) if row.first else "",
            counts=row.first is not None,
        )
        for row in rows
    ]
