"""What a figure is: its definition, its amount with both terms, and the cases it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import RepairOrder, Vehicle
from workshop.domain.figures import Period, Ratio, Spread, ratio, spread
from workshop.domain.words import N_, Labelled, Message, Name

NONE: Final = Message("")
Amount = int | Decimal | Ratio | Spread | None
Of = Name | Message | str
What = Of | tuple[Of, ...]
Condition = sa.ColumnElement[bool]


class Subject(Labelled):
    """What a figure is about; figures are listed by it."""

    THROUGHPUT = "throughput", N_("Throughput")
    PROMISES = "promises", N_("Promises")
    STAGES = "stages", N_("Time in each stage")
    APPROVALS = "approvals", N_("Approvals")
    QUALITY = "quality", N_("Quality")
    HOURS = "hours", N_("Hours")
    PARTS = "parts", N_("Parts")
    COMPENSATION = "compensation", N_("Compensation")
    CLEANING = "cleaning", N_("Cleaning")


class Unit(Labelled):
    """What the value of a figure is given in."""

    CASES = "cases", N_("cases")
    PIECES = "pieces", N_("pieces")
    PERCENT = "percent", N_("%")
    PER_DAY = "per_day", N_("per day")
    TIME = "time", N_("hours")
    MONEY = "money", N_("yuan")


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure as it is declared: what it counts, of what, and where that is read from.

    `cases` names what stands behind it one by one, and `measure` the amount of each of them. A ratio names both its
    terms, which are counted in `terms`. `of` names what it is told apart by, where there is one figure for each of
    several (technicians, stages); `told_apart_by` is the definition that tells this one apart, where that says more
    than its days. `now`: it is of this moment, whatever the period.
    """

    id: str
    subject: Subject
    unit: Unit
    label: Message
    meaning: Message
    cases: Message
    numerator: Message = NONE
    denominator: Message = NONE
    measure: Message = NONE
    of: Message = NONE
    terms: Unit = Unit.CASES
    told_apart_by: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One case behind a figure: the order (empty where it is about none), when, who, what.

    `counts` says whether it is in the numerator.
    """

    order: str
    vehicle: str
    at: datetime
    who: str = ""
    what: What = ""
    amount: timedelta | Decimal | int | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """The technician, operation or stage that a figure is about: what it is known by, and its name."""

    key: str
    name: Of


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a period."""

    definition: Definition
    amount: Amount
    cases: tuple[Case, ...]
    about: About | None = None

    @property
    def key(self) -> str:
        """What it is known by on a screen and in a file."""
        return f"{self.definition.id}/{self.about.key}" if self.about else self.definition.id


def count_of(definition: Definition, cases: Iterable[Case]) -> Figure:
    """How many cases there are."""
    found = tuple(cases)
    return Figure(definition, len(found), found)


def money_of(definition: Definition, cases: Iterable[Case]) -> Figure:
    """What the amounts of the cases come to."""
    found = tuple(cases)
    return Figure(definition, sum((one.amount for one in found if isinstance(one.amount, Decimal)), Decimal(0)), found)


def share_of(definition: Definition, cases: Iterable[Case], about: About | None = None) -> Figure:
    """How many of the cases count; these come first."""
    found = tuple(sorted(cases, key=lambda case: not case.counts))
    return Figure(definition, ratio(sum(case.counts for case in found), len(found)), found, about)


def spread_of(definition: Definition, cases: Iterable[Case], about: About | None = None) -> Figure:
    """How long the cases took; the longest come first."""
    lasted = [(case.amount, case) for case in cases if isinstance(case.amount, timedelta)]
    lasted.sort(key=lambda pair: pair[0], reverse=True)
    amounts = [amount for amount, _ in lasted]
    return Figure(definition, spread(amounts), tuple(case for _, case in lasted), about)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the figures are asked for: a period in the shop's zone, as seen at a moment."""

    session: Session
    period: Period
    zone: tzinfo
    now: datetime

    @property
    def since(self) -> datetime:
        """The first moment of the period."""
        return self.period.bounds(self.zone)[0]

    @property
    def until(self) -> datetime:
        """The first moment after the period."""
        return self.period.bounds(self.zone)[1]

    def within(self, column: Any) -> Condition:
        """Whether a time lies in the period."""
        return sa.and_(col(column) >= self.since, col(column) < self.until)


VEHICLE = (col(Vehicle.make) + " " + col(Vehicle.model)).label("vehicle")


def on_order(*columns: Any) -> "sa.Select[*tuple[Any, ...]]":
    """A select of these columns with the order's number and vehicle, from orders; join the rest to it."""
    return (
        sa.select(col(RepairOrder.number), VEHICLE, *columns)
        .select_from(RepairOrder)
        .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
    )
