"""Cleaning for those who watch over it: everybody's lists, a month at a glance, spot checks, violations (D, S8)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session, col

from workshop.db.cleaning_facts import load_areas
from workshop.db.tables import Area as AreaRow
from workshop.domain.cleaning import Area, CleaningMoment, ListState, worst
from workshop.domain.words import Name
from workshop.queries.cleaning import DayView, Diary, ListView, day_lists, earlier, today_of
from workshop.queries.spot_checks import SpotCheckView, ViolationView, open_checks, violations

_CLOSINGS_BACK: Final = timedelta(days=14)
_VIOLATIONS_BACK: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Watch:
    """Everything that the leaders and the manager look at.

    `open_closings`: closing lists of earlier days that nobody signed (W10e). `checks`: findings without a remedy, then
    remedies that no later check of the area has confirmed.
    """

    today: DayView
    open_closings: tuple[ListView, ...]
    checks: tuple[SpotCheckView, ...]
    violations: tuple[ViolationView, ...]


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the month. `state`: to come before the day, then the worst of its lists'; None where none is due."""

    day: date
    working: bool
    name: Name | None
    known: bool
    state: ListState | None
    lists: tuple[tuple[CleaningMoment, ListState], ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of one area, day by day."""

    area: Area
    first: date
    cells: tuple[DayCell, ...]


def watch(session: Session, now: datetime) -> Watch:
    """What is to be watched now."""
    return Watch(
        day_lists(session, now),
        tuple(open_closings(session, now)),
        tuple(open_checks(session)),
        tuple(violations(session, now - _VIOLATIONS_BACK)),
    )


def open_closings(session: Session, now: datetime) -> list[ListView]:
    """The closing lists of earlier days that nobody has signed, for the manager in the morning; newest first (W10e)."""
    today = today_of(session, now)
    first = today - _CLOSINGS_BACK
    found = earlier(Diary(session, today, first, today, load_areas(session)), first)
    return [one for one in found if one.due.moment is CleaningMoment.CLOSING and not one.signed]


def month(session: Session, now: datetime, area_number: str, day: date) -> MonthView | None:
    """The month of that day for an area, a weekly list on its last day in time; None if there is no such area."""
    areas = load_areas(session, col(AreaRow.number) == area_number)
    if not areas:
        return None
    area, first = areas[0], day.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    diary = Diary(session, today_of(session, now), first, last, areas)
    days = (first + timedelta(days=number) for number in range(last.day))
    return MonthView(area, first, tuple(_cell(diary, one) for one in days))


def areas_in_use(session: Session, now: datetime) -> list[Area]:
    """The areas that have lists today, everybody's first."""
    today = today_of(session, now)
    return sorted((one for one in load_areas(session) if one.in_use(today)), key=lambda one: not one.is_common)


def _cell(diary: Diary, day: date) -> DayCell:
    view = diary.on(day)
    found = tuple((one.due.moment, one.state) for one in view.lists if one.due.until == day)
    state = worst(state for _, state in found)
    if state is not None and day > diary.today:
        state = ListState.AHEAD
    return DayCell(day, view.working, view.name, view.known, state, found)
