"""How long the floor waited for the front desk (W2, W4, W5)."""

from collections.abc import Iterator
from typing import Any, Final

from sqlmodel import col

from workshop.db.tables import ChangeLine, ChangeRequest, Discrepancy, OrderItem, Person, RepairOrder
from workshop.domain.figures import between
from workshop.domain.words import N_, Name
from workshop.queries.figures.model import Case, Definition, Figure, Scope, Subject, Unit, on_order, spread_of

DECISIONS: Final = Definition(
    "approval_turnaround",
    Subject.APPROVALS,
    Unit.TIME,
    N_("approval turnaround"),
    N_(
        "For each line of a change request that an advisor decided in the period, approved or not, the time from the "
        "request to the decision. Lines that fell with a cancelled order are left out: nobody answered them."
    ),
    N_("change lines decided in the period"),
    measure=N_("time until the decision"),
)
ANSWERS: Final = Definition(
    "discrepancy_turnaround",
    Subject.APPROVALS,
    Unit.TIME,
    N_("answers to discrepancies"),
    N_("For each discrepancy that an advisor answered in the period, the time from the report to the answer."),
    N_("discrepancies answered in the period"),
    measure=N_("time until the answer"),
)
DEFINITIONS: Final = (DECISIONS, ANSWERS)


def figures(scope: Scope) -> Iterator[Figure]:
    """The turnaround of change lines and of discrepancies."""
    lines = scope.session.execute(
        on_order(
            col(ChangeRequest.at),
            col(ChangeLine.decided_at).label("ended"),
            col(Person.name).label("who"),
            col(OrderItem.name_zh),
            col(OrderItem.name_en),
        )
        .join(ChangeRequest, col(ChangeRequest.order_id) == col(RepairOrder.id))
        .join(ChangeLine, col(ChangeLine.request_id) == col(ChangeRequest.id))
        .join(OrderItem, col(OrderItem.id) == col(ChangeLine.item_id))
        .join(Person, col(Person.id) == col(ChangeLine.decided_by_id))
        .where(scope.within(ChangeLine.decided_at), col(ChangeLine.channel).is_not(None))
        .order_by(col(ChangeLine.id))
    )
    yield spread_of(DECISIONS, (_case(row, Name(row.name_zh, row.name_en)) for row in lines))
    answers = scope.session.execute(
        on_order(
            col(Discrepancy.at),
            col(Discrepancy.note),
            col(Discrepancy.answered_at).label("ended"),
            col(Person.name).label("who"),
        )
        .join(Discrepancy, col(Discrepancy.order_id) == col(RepairOrder.id))
        .join(Person, col(Person.id) == col(Discrepancy.answered_by_id))
        .where(scope.within(Discrepancy.answered_at))
        .order_by(col(Discrepancy.id))
    )
    yield spread_of(ANSWERS, (_case(row, row.note) for row in answers))


def _case(row: Any, what: Name | str) -> Case:
    return Case(row.number, row.vehicle, row.ended, row.who, what, between(row.at, row.ended))
