"""Parts that went out on loan and the old ones still owed for them (W6b)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from workshop.db.facts import load_facts
from workshop.db.tables import OrderItem, Part, PartIssue, PartLine, Person, RepairOrder
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.states import IssueBasis
from workshop.domain.words import N_, Name
from workshop.queries.figures.model import Case, Definition, Figure, Scope, Subject, Unit, on_order, share_of

OPEN: Final = Definition(
    "loans_open",
    Subject.PARTS,
    Unit.PIECES,
    N_("old parts owed"),
    N_("Pieces that went out on loan, whose old ones are not at the counter yet: as it stands now."),
    N_("issues on loan that are not settled"),
    measure=N_("pieces owed"),
    now=True,
)
ON_LOAN: Final = Definition(
    "issued_on_loan",
    Subject.PARTS,
    Unit.PERCENT,
    N_("issued on loan"),
    N_("Of the issues in the period of parts that leave an old one behind, those that went out before the old part."),
    N_("issues in the period of parts that leave an old one behind"),
    N_("issued on loan"),
    N_("issues for an old part"),
    measure=N_("pieces issued"),
)
DEFINITIONS: Final = (OPEN, ON_LOAN)


def figures(scope: Scope) -> Iterator[Figure]:
    """The loans open now, the longest first, and the share of loans among the issues of the period."""
    loans = scope.session.execute(_ISSUES.where(col(PartIssue.basis) == IssueBasis.LOAN, OPEN_ORDERS)).all()
    facts = load_facts(scope.session, sorted({row.order_id for row in loans}), scope.now)
    debts = {issue.id: issue.debt for order in facts.values() for line in order.lines for issue in line.issues}
    owed = tuple(_case(row, debts[row.id]) for row in loans if debts[row.id])
    yield Figure(OPEN, sum(debts[row.id] for row in loans), owed)
    issued = scope.session.execute(
        _ISSUES.where(scope.within(PartIssue.at), col(PartIssue.basis).in_([IssueBasis.LOAN, IssueBasis.OLD_PART]))
    )
    cases = (replace(_case(row, row.quantity), counts=row.basis is IssueBasis.LOAN) for row in issued)
    yield share_of(ON_LOAN, cases)


def _case(row: Any, pieces: int) -> Case:
    return Case(row.number, row.vehicle, row.at, row.who, Name(row.name_zh, row.name_en), pieces)


_ISSUES: sa.Select[*tuple[Any, ...]] = (
    on_order(
        col(RepairOrder.id).label("order_id"),
        col(PartIssue.id),
        col(PartIssue.at),
        col(PartIssue.quantity),
        col(PartIssue.basis),
        col(Part.name_zh),
        col(Part.name_en),
        col(Person.name).label("who"),
    )
    .join(OrderItem, col(OrderItem.order_id) == col(RepairOrder.id))
    .join(PartLine, col(PartLine.item_id) == col(OrderItem.id))
    .join(PartIssue, col(PartIssue.line_id) == col(PartLine.id))
    .join(Part, col(Part.id) == col(PartIssue.part_id))
    .join(Person, col(Person.id) == col(PartIssue.technician_id))
    .order_by(col(PartIssue.at), col(PartIssue.id))
)
