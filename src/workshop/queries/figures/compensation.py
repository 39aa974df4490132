"""What was damaged or lost, what is to be made good for it, and what has been (W8a, W6c)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from workshop.db.liability_facts import load_cases
from workshop.db.tables import (
    LiabilityCase,
    LiabilityDecision,
    LiabilitySettlement,
    LiabilityShare,
    Person,
    RepairOrder,
    Vehicle,
)
from workshop.domain.words import N_
from workshop.queries.figures.model import (
    VEHICLE,
    Case,
    Definition,
    Figure,
    Scope,
    Subject,
    Unit,
    count_of,
    money_of,
)

REPORTED: Final = Definition(
    "damage_reported",
    Subject.COMPENSATION,
    Unit.CASES,
    N_("damage and loss reported"),
    N_("Cases of damaged or lost tools and parts that were reported in the period."),
    N_("cases reported in the period"),
    measure=N_("price at the report"),
)
DECIDED: Final = Definition(
    "compensation_decided",
    Subject.COMPENSATION,
    Unit.MONEY,
    N_("compensation decided"),
    N_(
        "What people are to make good by the decisions of the period that stand: acknowledged by everybody concerned, "
        "or made by the second manager."
    ),
    N_("shares of decisions of the period that stand"),
    measure=N_("amount of the share"),
)
SETTLED: Final = Definition(
    "compensation_settled",
    Subject.COMPENSATION,
    Unit.MONEY,
    N_("compensation settled"),
    N_("What was made good in the period: paid, or the worth of what was replaced or repaired."),
    N_("settlements in the period"),
    measure=N_("amount settled"),
)
OPEN: Final = Definition(
    "compensation_open",
    Subject.COMPENSATION,
    Unit.MONEY,
    N_("compensation still owed"),
    N_("What is still to be made good by decisions that stand: as it stands now."),
    N_("shares that are not settled"),
    measure=N_("amount still owed"),
    now=True,
)
DEFINITIONS: Final = (REPORTED, DECIDED, SETTLED, OPEN)


@dataclass(frozen=True, slots=True)
class _Share:
    """A person's share in a decision that stands."""

    row: Any
    decided_at: datetime
    who: str
    amount: Decimal
    owed: Decimal

    def case(self, amount: Decimal) -> Case:
        """As a case of that amount."""
        return _case(self.row, self.decided_at, self.who, amount)


def figures(scope: Scope) -> Iterator[Figure]:
    """Cases reported; what was decided and settled in the period; what is owed now."""
    reported = scope.session.execute(_CASES.where(scope.within(LiabilityCase.at)).order_by(col(LiabilityCase.id)))
    yield count_of(REPORTED, (_case(row, row.at, row.custodian or "", row.price) for row in reported))
    shares = list(_shares(scope))
    within = (one for one in shares if scope.since <= one.decided_at < scope.until)
    yield money_of(DECIDED, (one.case(one.amount) for one in within))
    yield money_of(SETTLED, _settled(scope))
    yield money_of(OPEN, (one.case(one.owed) for one in shares if one.owed))


def _case(row: Any, at: datetime, who: str, amount: Decimal) -> Case:
    return Case(row.order or "", row.vehicle or "", at, who, (row.number, row.subject.label), amount)


def _shares(scope: Scope) -> Iterator[_Share]:
    """Every share of a decision that stands, the oldest case first."""
    session = scope.session
    last = sa.select(col(LiabilityDecision.case_id), sa.func.max(col(LiabilityDecision.at)).label("at"))
    decided_at = {row.case_id: row.at for row in session.execute(last.group_by(col(LiabilityDecision.case_id)))}
    facts = load_cases(session, sorted(decided_at))
    final = {key: one for key, one in facts.items() if one.final}
    rows = session.execute(_CASES.where(col(LiabilityCase.id).in_(final)).order_by(col(LiabilityCase.id))).all()
    names = _names(scope, final.values())
    for row in rows:
        for share in final[row.id].shares:
            yield _Share(row, decided_at[row.id], names[share.person_id], share.amount, share.owed)


def _names(scope: Scope, cases: Any) -> dict[int, str]:
    people = {share.person_id for one in cases for share in one.shares}
    query = sa.select(col(Person.id), col(Person.name)).where(col(Person.id).in_(people))
    return {row.id: row.name for row in scope.session.execute(query)}


def _settled(scope: Scope) -> Iterator[Case]:
    query = (
        _CASES.add_columns(
            col(LiabilitySettlement.at).label("settled_at"),
            col(LiabilitySettlement.amount),
            col(_DEBTOR.name).label("debtor"),
        )
        .join(LiabilityDecision, col(LiabilityDecision.case_id) == col(LiabilityCase.id))
        .join(LiabilityShare, col(LiabilityShare.decision_id) == col(LiabilityDecision.id))
        .join(LiabilitySettlement, col(LiabilitySettlement.share_id) == col(LiabilityShare.id))
        .join(_DEBTOR, col(_DEBTOR.id) == col(LiabilityShare.person_id))
        .where(scope.within(LiabilitySettlement.at))
        .order_by(col(LiabilitySettlement.id))
    )
    for row in scope.session.execute(query):
        yield _case(row, row.settled_at, row.debtor, row.amount)


_DEBTOR: Final = aliased(Person)
_CASES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(LiabilityCase.id),
        col(LiabilityCase.number),
        col(LiabilityCase.subject),
        col(LiabilityCase.price),
        col(LiabilityCase.at),
        col(RepairOrder.number).label("order"),
        VEHICLE,
        col(Person.name).label("custodian"),
    )
    .outerjoin(RepairOrder, col(RepairOrder.id) == col(LiabilityCase.order_id))
    .outerjoin(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
    .outerjoin(Person, col(Person.id) == col(LiabilityCase.custodian_id))
)
