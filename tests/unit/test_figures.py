"""The arithmetic of the figures: periods of the calendar, medians and percentiles, shares."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.figures import (
    Period,
    Span,
    Spread,
    between,
    median,
    percentile,
    period_of,
    ratio,
    shares,
    spread,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
DURATIONS = st.lists(st.timedeltas(timedelta(), timedelta(days=90)), min_size=1, max_size=40)
FRACTIONS = st.fractions(0, 100, max_denominator=60)
ZONES = st.sampled_from([ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    return Period(first, first + timedelta(days=draw(st.integers(0, 400))))


def minutes(*numbers: int) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.THIS_WEEK, date(2026, 2, 23), date(2026, 3, 1)),
        (Span.LAST_WEEK, date(2026, 2, 16), date(2026, 2, 22)),
        (Span.THIS_MONTH, date(2026, 3, 1), date(2026, 3, 31)),
        (Span.LAST_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_named_periods_are_weeks_from_monday_and_whole_months(span: Span, first: date, last: date) -> None:
    assert period_of(span, date(2026, 3, 1)) == Period(first, last)  # a Sunday


@given(DAYS)
def test_last_periods_end_where_this_one_begins(today: date) -> None:
    for last, this in ((Span.LAST_WEEK, Span.THIS_WEEK), (Span.LAST_MONTH, Span.THIS_MONTH)):
        assert period_of(last, today).last + timedelta(days=1) == period_of(this, today).first
        assert today in period_of(this, today)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="2026-01-01"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


@given(periods(), DAYS)
def test_the_days_that_have_begun_are_those_up_to_today(period: Period, today: date) -> None:
    assert period.begun(today) == sum(day <= today for day in period)


def test_the_bounds_are_midnights_of_the_shop() -> None:
    day = Period(date(2026, 3, 2), date(2026, 3, 2))
    start, end = datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert day.bounds(ZoneInfo("Asia/Shanghai")) == (start, end)


@given(periods(), ZONES)
def test_periods_after_each_other_leave_no_moment_out_and_count_none_twice(period: Period, zone: ZoneInfo) -> None:
    bounds = [Period(day, day).bounds(zone) for day in period]
    assert all(before[1] == after[0] for before, after in pairwise(bounds))
    assert (bounds[0][0], bounds[-1][1]) == period.bounds(zone)


@given(periods(), st.integers(1, 60))
def test_the_parts_of_a_period_are_all_its_days_in_order(period: Period, most: int) -> None:
    parts = period.parts(most)
    assert [day for part in parts for day in part] == list(period)
    assert len(parts) <= most or all(part.first.day == 1 for part in parts[1:])


def test_a_long_period_is_parted_by_weeks_and_a_longer_one_by_months() -> None:
    assert [one.days for one in Period(date(2026, 3, 1), date(2026, 3, 31)).parts(7)] == [1, 7, 7, 7, 7, 2]
    assert [one.days for one in Period(date(2026, 1, 15), date(2026, 3, 31)).parts(7)] == [17, 28, 31]


@given(DURATIONS)
def test_half_of_the_durations_lie_on_either_side_of_the_median(durations: list[timedelta]) -> None:
    middle, half = median(durations), len(durations) / 2
    assert sum(one <= middle for one in durations) >= half
    assert sum(one >= middle for one in durations) >= half


@given(DURATIONS, st.integers(1, 100))
def test_a_percentile_is_the_shortest_duration_that_so_many_do_not_exceed(
    durations: list[timedelta], percent: int
) -> None:
    found = percentile(durations, percent)
    fitting = [one for one in durations if sum(other <= one for other in durations) * 100 >= percent * len(durations)]
    assert found == min(fitting)


@pytest.mark.parametrize(
    ("given_", "middle", "ninety"),
    [
        (minutes(7), 7, 7),
        (minutes(30, 10), 20, 30),
        (minutes(30, 10, 20), 20, 30),
        (minutes(*range(1, 11)), 5.5, 9),
        (minutes(*range(1, 21)), 10.5, 18),
    ],
)
def test_medians_and_percentiles_of_short_lists(given_: list[timedelta], middle: float, ninety: int) -> None:
    assert spread(given_) == Spread(len(given_), timedelta(minutes=middle), timedelta(minutes=ninety))


def test_there_is_no_spread_of_nothing_and_no_share_of_nothing() -> None:
    assert spread([]) is None
    assert ratio(0, 0).share is None
    assert ratio(1, 3).share == Fraction(1, 3)


@given(FRACTIONS, st.lists(FRACTIONS, min_size=1, max_size=6))
def test_what_is_shared_out_is_the_whole_in_proportion(whole: Fraction, weights: list[Fraction]) -> None:
    found = shares(whole, weights)
    assert sum(found) == whole
    total = sum(weights)
    assert not total or all(share * total == whole * weight for share, weight in zip(found, weights, strict=True))


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_no_time_is_less_than_nothing(one: datetime, other: datetime) -> None:
    assert between(one, other) == max(other - one, timedelta())
