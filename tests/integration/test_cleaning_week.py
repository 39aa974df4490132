"""Two weeks of the demo shop with holidays and a make-up Saturday: every list appears when the regulation says."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from support.cleaning_week import DAYS, MISSED, MONDAY, Fortnight, Seen, at, seen

from workshop.db import invariants
from workshop.db.cleaning_facts import load_areas
from workshop.db.tables import CleaningList
from workshop.domain.cleaning import CleaningMoment, ListState
from workshop.queries.cleaning_watch import month, open_closings

pytestmark = pytest.mark.one_database(
    "a fortnight of acts on one database: the same queries are asked of the demo and of test_w9_w10_cleaning on both"
)

PLAN = Path(__file__).parents[2] / "data" / "cleaning_plan.csv"
WORKED = {
    date(2026, 9, 28),
    date(2026, 9, 29),
    date(2026, 9, 30),
    date(2026, 10, 8),
    date(2026, 10, 9),
    date(2026, 10, 10),
}
"""By the announcement of the State Council: off from Thursday 1 to Wednesday 7 October, worked on Saturday 10."""
WALLS = {date(2026, 9, 30), date(2026, 10, 9)}
"""The first week's Friday is off, and its last working day a Wednesday; the second's Friday is worked."""
WEEKS = {MONDAY: date(2026, 9, 30), MONDAY + timedelta(days=7): date(2026, 10, 10)}
"""The Mondays, and the last working day of each week."""


def moments_of(plan: str) -> set[CleaningMoment]:
    """What a plan of the shop's file has lines for."""
    with PLAN.open(encoding="utf-8", newline="") as file:
        return {CleaningMoment(row["moment"]) for row in csv.DictReader(file) if row["plan"] == plan}


def plans(fortnight: Fortnight) -> dict[str, set[CleaningMoment]]:
    """The moments of each area's plan, by the area's name."""
    with fortnight.db.reading() as session:
        return {area.name: moments_of(area.plan) for area in load_areas(session)}


def due(fortnight: Fortnight, day: date) -> set[Seen]:
    """The lists that the regulation wants on a day."""
    daily = {CleaningMoment.BEFORE_WORK, CleaningMoment.BEFORE_LEAVING, CleaningMoment.CLOSING}
    wanted = daily if day in WORKED else set()
    wanted = wanted | ({CleaningMoment.FRIDAY} if day in WALLS else set())
    found = {(area, moment, day) for area, has in plans(fortnight).items() for moment in has & wanted}
    monday = max(one for one in WEEKS if one <= day)
    if day <= WEEKS[monday]:
        found |= {
            (a, CleaningMoment.WEEKLY, monday) for a, has in plans(fortnight).items() if CleaningMoment.WEEKLY in has
        }
    return found


def test_every_list_is_there_on_its_day_morning_and_evening_and_no_other(fortnight: Fortnight) -> None:
    for day in DAYS:
        for view in (fortnight.mornings[day], fortnight.evenings[day]):
            assert Counter(map(seen, view.lists)) == Counter(due(fortnight, day)), day
            assert view.working is (day in WORKED), day


def test_every_list_was_kept_once_and_none_is_missing_but_those_left_out(fortnight: Fortnight) -> None:
    wanted = set().union(*(due(fortnight, day) for day in DAYS))
    with fortnight.db.reading() as session:
        names = {area.id: area.name for area in load_areas(session)}
        rows = session.exec(select(CleaningList).where(CleaningList.day >= MONDAY)).all()
    kept = Counter((names[row.area_id], row.moment, row.day) for row in rows)
    assert kept == Counter(wanted - MISSED)
    assert all(row.signed_by_id and not row.late for row in rows)


def test_walls_and_windows_came_once_a_week_and_on_wednesday_where_friday_was_off(fortnight: Fortnight) -> None:
    for day in DAYS:
        has = any(one.due.moment is CleaningMoment.FRIDAY for one in fortnight.evenings[day].lists)
        assert has is (day in WALLS), day
    assert {day.isoweekday() for day in WALLS} == {3, 5}


def test_no_list_came_on_a_holiday_and_the_make_up_saturday_had_its_own(fortnight: Fortnight) -> None:
    for day in DAYS:
        daily = [one for one in fortnight.mornings[day].lists if one.due.moment is not CleaningMoment.WEEKLY]
        assert bool(daily) is (day in WORKED), day


def test_the_month_at_a_glance_tells_the_same(fortnight: Fortnight) -> None:
    with fortnight.db.reading() as session:
        areas = {area.name: area.number for area in load_areas(session)}
        views = [month(session, at(DAYS[-1], 20), areas["2号工位"], day) for day in (MONDAY, date(2026, 10, 31))]
    cells = {cell.day: cell for view in views if view for cell in view.cells}
    assert len(cells) == 61
    for day in DAYS:
        cell, lists = cells[day], due(fortnight, day)
        walls = CleaningMoment.FRIDAY in {moment for moment, _ in cell.lists}
        weekly = CleaningMoment.WEEKLY in {moment for moment, _ in cell.lists}
        assert (walls, weekly) == (day in WALLS, day in WEEKS.values()), day
        expected = None if day not in WORKED else ListState.DONE
        if ("2号工位", CleaningMoment.BEFORE_LEAVING, day) in MISSED & lists:
            expected = ListState.MISSED
        assert (cell.state, cell.working) == (expected, day in WORKED), day
    assert cells[date(2026, 10, 1)].name is not None
    assert cells[date(2026, 10, 12)].state is ListState.AHEAD


def test_a_closing_list_was_signed_every_worked_day_with_the_reason_where_an_area_was_open(
    fortnight: Fortnight,
) -> None:
    with fortnight.db.reading() as session:
        rows = session.exec(select(CleaningList).where(CleaningList.moment == CleaningMoment.CLOSING)).all()
        left = [one for one in open_closings(session, at(DAYS[-1], 20)) if one.due.day >= MONDAY]
    assert left == []
    reasons = {row.day: row.open_reason for row in rows if row.day >= MONDAY}
    assert set(reasons) == WORKED
    assert {day for day, reason in reasons.items() if reason} == {date(2026, 9, 29)}


def test_no_rule_is_broken_in_the_two_weeks(fortnight: Fortnight) -> None:
    with fortnight.db.reading() as session:
        assert [str(breach) for breach in invariants.check(session)] == []
