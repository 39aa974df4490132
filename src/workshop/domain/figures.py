"""The arithmetic of the manager's figures: periods of the calendar, ratios with both their terms, medians.

What each figure counts is declared in `workshop.queries.figures`; here nothing is known of orders.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from itertools import groupby
from typing import Final

from workshop.domain.words import N_, Labelled

_DAY: Final = timedelta(days=1)
NINETY: Final = 90


class Span(Labelled):
    """The periods that have a name. Weeks begin on Monday."""

    THIS_WEEK = "this-week", N_("this week")
    LAST_WEEK = "last-week", N_("last week")
    THIS_MONTH = "this-month", N_("this month")
    LAST_MONTH = "last-month", N_("last month")


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the shop's calendar, both ends included. `ValueError` if the last comes before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def begun(self, today: date) -> int:
        """How many of its days have begun by that day, today included."""
        return max(0, (min(self.last, today) - self.first).days + 1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From its first midnight to the one after its last day, in UTC; the second no longer belongs to it."""
        return _midnight(self.first, zone), _midnight(self.last + _DAY, zone)

    def parts(self, most: int) -> "list[Period]":
        """Its days; where these are more than `most`, its weeks; where these are, its months. Ends are cut to it."""
        days = [Period(day, day) for day in self]
        if len(days) <= most:
            return days
        weeks = _runs(days, lambda day: day - timedelta(days=day.weekday()))
        return weeks if len(weeks) <= most else _runs(days, lambda day: day.replace(day=1))

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.days))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _runs(days: Sequence[Period], begin: Callable[[date], date]) -> list[Period]:
    groups = (list(group) for _, group in groupby(days, lambda one: begin(one.first)))
    return [Period(group[0].first, group[-1].last) for group in groups]


def period_of(span: Span, today: date) -> Period:
    """The period of that name as seen on that day. This week and this month go on to their ends, yet to come."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    if span is Span.THIS_WEEK:
        return Period(monday, monday + 6 * _DAY)
    if span is Span.LAST_WEEK:
        return Period(monday - 7 * _DAY, monday - _DAY)
    if span is Span.THIS_MONTH:
        return Period(first, (first + 31 * _DAY).replace(day=1) - _DAY)
    return Period((first - _DAY).replace(day=1), first - _DAY)


@dataclass(frozen=True, slots=True)
class Ratio:
    """So much of so much; both terms are kept, since a share without them says little."""

    numerator: Fraction
    denominator: Fraction

    @property
    def share(self) -> Fraction | None:
        """The numerator divided by the denominator; None where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, over all cases: half took at most `median`, nine in ten at most `ninety`."""

    cases: int
    median: timedelta
    ninety: timedelta


def ratio(numerator: int | Fraction, denominator: int | Fraction) -> Ratio:
    """The ratio of two amounts."""
    return Ratio(Fraction(numerator), Fraction(denominator))


def spread(durations: Sequence[timedelta]) -> Spread | None:
    """The spread of these durations; None of none."""
    if not durations:
        return None
    return Spread(len(durations), median(durations), percentile(durations, NINETY))


def between(since: datetime, until: datetime) -> timedelta:
    """How long it is from one moment to a later one; never less than nothing, since clocks of terminals differ."""
    return max(until - since, timedelta())


def median(durations: Sequence[timedelta]) -> timedelta:
    """The middle one in order of length; of an even number, half-way between the two in the middle."""
    ordered, half = sorted(durations), len(durations) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def percentile(durations: Sequence[timedelta], percent: int) -> timedelta:
    """The nearest rank: the shortest of these durations that at least so many per cent of them do not exceed."""
    ordered = sorted(durations)
    return ordered[max(-(-len(ordered) * percent // 100), 1) - 1]


def shares(whole: Fraction, weights: Sequence[Fraction]) -> list[Fraction]:
    """A whole shared out in proportion to the weights, or evenly where none weighs anything; the sum is the whole."""
    total = sum(weights, start=Fraction(0))
    if not total:
        return [whole / len(weights) for _ in weights]
    return [whole * weight / total for weight in weights]
