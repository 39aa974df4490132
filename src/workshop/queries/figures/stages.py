"""How long the orders delivered in the period had been in each stage; from the ledger (see `workshop.domain.stays`)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sqlmodel import col

from workshop.db.stays import load_stays
from workshop.db.tables import RepairOrder
from workshop.domain.figures import between
from workshop.domain.states import ENDED, Stage
from workshop.domain.stays import Stay
from workshop.domain.words import N_
from workshop.queries.figures.model import About, Case, Definition, Figure, Scope, Subject, Unit, on_order, spread_of

TIME: Final = Definition(
    "time_in_stage",
    Subject.STAGES,
    Unit.TIME,
    N_("time in the stage"),
    N_(
        "For each order delivered in the period, the time by the clock that it spent in the stage in all, nights and "
        "days off included, and also what came after a send-back. From the acts in the ledger."
    ),
    N_("orders delivered in the period that were in the stage"),
    measure=N_("time in the stage"),
    of=N_("stage"),
)
WHOLE: Final = Definition(
    "time_in_shop",
    Subject.STAGES,
    Unit.TIME,
    N_("from opening to delivery"),
    N_("For each order delivered in the period, the time by the clock from its opening to its delivery."),
    N_("orders delivered in the period"),
    measure=N_("time from opening to delivery"),
    told_apart_by="time_in_stage",
)
DEFINITIONS: Final = (WHOLE, TIME)


def figures(scope: Scope) -> Iterator[Figure]:
    """One figure for each stage on the way, and one for the whole way."""
    delivered = scope.within(RepairOrder.delivered_at)
    rows = scope.session.execute(
        on_order(col(RepairOrder.opened_at), col(RepairOrder.delivered_at)).where(delivered)
    ).all()
    yield spread_of(
        WHOLE,
        (
            Case(row.number, row.vehicle, row.delivered_at, amount=between(row.opened_at, row.delivered_at))
            for row in rows
        ),
    )
    found = load_stays(scope.session, delivered)
    spent = {row.number: _by_stage(found.get(row.number, [])) for row in rows}
    for stage in Stage:
        if stage not in ENDED:
            cases = (
                Case(row.number, row.vehicle, row.delivered_at, amount=spent[row.number][stage])
                for row in rows
                if stage in spent[row.number]
            )
            yield spread_of(TIME, cases, About(stage.value, stage.label))


def _by_stage(stays: list[Stay]) -> dict[Stage, timedelta]:
    spent: dict[Stage, timedelta] = defaultdict(timedelta)
    for stay in stays:
        spent[stay.stage] += stay.lasted
    return spent
