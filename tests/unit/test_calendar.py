"""The working calendar: which days the shop works, whatever holidays and make-up days are entered (W10c)."""

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.calendar import Calendar, DayKind, monday_of, week_of
from workshop.domain.cleaning import (
    SCHEDULED,
    Area,
    CleaningMoment,
    Due,
    ListState,
    PlanLine,
    lines_of,
    lists_of,
    named,
    scheduled,
    state_of,
    worst,
)
from workshop.domain.words import Name

DATA = Path(__file__).parents[2] / "data" / "calendar.csv"
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(
    Calendar,
    weeks=st.dictionaries(DAYS.map(monday_of), st.frozensets(st.integers(1, 7), min_size=1), max_size=3),
    special=st.dictionaries(DAYS, st.sampled_from(DayKind), max_size=60),
)
PLAN = tuple(
    PlanLine(when, position, Name("扫", "sweep"), date(2000, 1, 1)) for position, when in enumerate(CleaningMoment, 1)
)
ANYWHERE = Area(1, "2300000015", "全车间", "shop", since=date(2000, 1, 1))


def official() -> dict[date, DayKind]:
    """The days of the table that comes with the program."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["day"]): DayKind(row["kind"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_table_of_holidays_says_what_the_state_announced(year: int) -> None:
    ours = Calendar(special=official())
    day = date(year, 1, 1)
    while day.year == year:
        assert ours.is_working(day) is chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_table_names_only_days_that_the_announcements_name() -> None:
    for day, kind in official().items():
        holiday, name = chinese_calendar.get_holiday_detail(day)
        assert name, day
        assert holiday is (kind is DayKind.HOLIDAY), day


@given(CALENDARS, DAYS)
def test_a_week_with_a_working_day_has_exactly_one_day_for_walls_and_windows(calendar: Calendar, day: date) -> None:
    week = week_of(day)
    found = [one for one in week if named(calendar, CleaningMoment.FRIDAY, one)]
    assert len(found) == any(map(calendar.is_working, week))
    assert all(map(calendar.is_working, found))
    assert found == [week[4]] or not calendar.is_working(week[4])
    assert found == [week[4]] or not any(calendar.is_working(one) for one in week if found and one > found[0])


@given(CALENDARS, DAYS)
def test_a_week_with_a_working_day_has_exactly_one_weekly_list_until_its_last_working_day(
    calendar: Calendar, day: date
) -> None:
    weekly = {due for one in week_of(day) for due in scheduled(calendar, one) if due.moment is CleaningMoment.WEEKLY}
    last = calendar.last_working_day(day)
    assert weekly == ({Due(CleaningMoment.WEEKLY, monday_of(day), last)} if last else set())


@given(CALENDARS, DAYS)
def test_a_day_has_its_daily_lists_once_if_it_is_worked_and_none_if_not(calendar: Calendar, day: date) -> None:
    daily = [due.moment for due in lists_of(ANYWHERE, PLAN, calendar, day) if due.moment is not CleaningMoment.WEEKLY]
    assert len(daily) == len(set(daily))
    working = {CleaningMoment.BEFORE_WORK, CleaningMoment.BEFORE_LEAVING, CleaningMoment.CLOSING}
    assert set(daily) - {CleaningMoment.FRIDAY} == (working if calendar.is_working(day) else set())


@given(CALENDARS, DAYS, st.sampled_from(CleaningMoment))
def test_a_list_that_can_be_named_is_one_that_is_due_and_no_other(
    calendar: Calendar, day: date, when: CleaningMoment
) -> None:
    found = named(calendar, when, day)
    assert (found is not None) is ((when, day) in {(due.moment, due.day) for due in scheduled(calendar, day)})
    assert when in SCHEDULED or found is None


@given(CALENDARS, DAYS, st.sampled_from(DayKind))
def test_a_day_entered_and_taken_out_again_leaves_the_calendar_as_it_was(
    calendar: Calendar, day: date, kind: DayKind
) -> None:
    there = {day: calendar.special[day]} if day in calendar.special else {}
    assert calendar.with_days({day: kind}).with_days(there, instead_of=[day]) == calendar


@pytest.mark.parametrize(
    ("day", "moved_to"),
    [
        (date(2026, 9, 18), date(2026, 9, 18)),  # an ordinary Friday
        (date(2026, 10, 2), date(2026, 9, 30)),  # the National Day holidays begin on Thursday
        (date(2026, 5, 1), date(2026, 4, 30)),
        (date(2026, 10, 9), date(2026, 10, 9)),  # a Friday worked before a make-up Saturday stays a Friday
        (date(2026, 1, 2), date(2026, 1, 4)),  # its week ends with a make-up Sunday
        (date(2026, 2, 20), None),  # a whole week off
    ],
)
def test_walls_and_windows_in_weeks_that_have_been(day: date, moved_to: date | None) -> None:
    assert Calendar(special=official()).friday_of(day) == moved_to


def test_a_year_that_nobody_has_entered_is_not_known_and_follows_the_regular_week() -> None:
    calendar = Calendar(special=official(), published=frozenset({2025, 2026}))
    assert (calendar.is_known(date(2026, 12, 31)), calendar.is_known(date(2027, 1, 1))) == (True, False)
    assert calendar.is_working(date(2027, 1, 1))


def test_a_line_counts_from_its_first_to_its_last_day() -> None:
    line = PlanLine(CleaningMoment.BEFORE_WORK, 1, Name("扫", "sweep"), date(2026, 9, 2), date(2026, 9, 3))
    for day, expected in ((1, 0), (2, 1), (3, 1), (4, 0)):
        due = Due(CleaningMoment.BEFORE_WORK, date(2026, 9, day), date(2026, 9, day))
        assert len(lines_of(due, ANYWHERE, [line])) == expected


def test_a_list_is_to_come_then_open_then_missed_unless_it_is_signed() -> None:
    due = Due(CleaningMoment.WEEKLY, date(2026, 9, 14), date(2026, 9, 18))
    told = [state_of(due, date(2026, 9, day), signed=False, late=False, all_done=False) for day in (13, 14, 18, 19)]
    assert told == [ListState.AHEAD, ListState.OPEN, ListState.OPEN, ListState.MISSED]
    signed = [
        state_of(due, date(2026, 9, 30), signed=True, late=late, all_done=all_done)
        for late, all_done in ((False, True), (False, False), (True, False))
    ]
    assert signed == [ListState.DONE, ListState.PARTLY, ListState.LATE]
    assert worst([ListState.DONE, ListState.MISSED, ListState.OPEN]) is ListState.MISSED
    assert worst([]) is None
