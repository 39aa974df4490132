"""What is to be cleaned: the lists of a day, who owes what, what waits to be countersigned (W9, W10a-W10e)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.cleaning_facts import Key, ListFacts, load_areas, load_calendar, load_lists, load_plans
from workshop.db.tables import Area as AreaRow
from workshop.db.tables import CalendarDay, CleaningExtra, CleaningList, PersonRole, Shop
from workshop.domain.calendar import Calendar, monday_of
from workshop.domain.cleaning import (
    Area,
    CleaningMoment,
    Due,
    LineFacts,
    ListState,
    PlanLine,
    lines_of,
    scheduled,
    state_of,
)
from workshop.domain.roles import Role
from workshop.domain.words import Name
from workshop.queries.spot_checks import SpotCheckView, open_checks

_BACK: Final = timedelta(days=14)
"""How far back what was missed, or waits to be countersigned, is looked for."""


@dataclass(frozen=True, slots=True)
class ListView:
    """A list that is or was due, with its lines as answered so far."""

    area: Area
    due: Due
    state: ListState
    lines: tuple[LineFacts, ...]
    signed_by: str = ""
    signed_by_id: int | None = None
    late: bool = False
    late_reason: str = ""
    open_reason: str = ""
    countersigned_by: str = ""

    @property
    def signed(self) -> bool:
        """Whether somebody stands for it."""
        return self.signed_by_id is not None

    def waits_for(self, person_id: int) -> bool:
        """Whether it waits for a second signature, which this person may give as one who did not give the first."""
        return self.signed and not self.countersigned_by and self.signed_by_id != person_id

    @property
    def open_lines(self) -> int:
        """How many lines nobody has answered."""
        return sum(line.done is None for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether it can be signed."""
        return not self.signed and not self.open_lines


@dataclass(frozen=True, slots=True)
class DayView:
    """A day: whether the shop works, how the day is called, whether its year's holidays are known, and its lists."""

    day: date
    working: bool
    name: Name | None
    known: bool
    lists: tuple[ListView, ...]


class Diary:
    """The calendar, areas, plans and answered lists of a span of days, read once."""

    def __init__(self, session: Session, today: date, first: date, last: date, areas: Sequence[Area]) -> None:
        self.today = today
        self.areas = areas
        self.calendar: Calendar = load_calendar(session)
        self._plans: Mapping[str, list[PlanLine]] = load_plans(session, {area.plan for area in areas})
        span = col(CleaningList.day).between(monday_of(first), last)
        self._lists: Mapping[Key, ListFacts] = load_lists(session, span)
        rows = session.execute(
            sa.select(col(CalendarDay.day), col(CalendarDay.name_zh), col(CalendarDay.name_en)).where(
                col(CalendarDay.day).between(first, last)
            )
        )
        self._names = {row.day: Name(row.name_zh, row.name_en or row.name_zh) for row in rows}

    def on(self, day: date) -> DayView:
        """A day with the lists of every area."""
        lists = tuple(found for area in self.areas for found in self.lists(area, day))
        return DayView(day, self.calendar.is_working(day), self._names.get(day), self.calendar.is_known(day), lists)

    def lists(self, area: Area, day: date) -> Iterator[ListView]:
        """The lists that an area has on a day: what is due, and what was answered when it was due."""
        for due in scheduled(self.calendar, day):
            kept = self._lists.get((area.id, due.day, due.moment))
            lines = self.lines(due, area)
            if kept is not None or lines:
                yield self._view(area, due, lines, kept)

    def lines(self, due: Due, area: Area) -> tuple[PlanLine, ...]:
        """The plan's lines for a list."""
        return lines_of(due, area, self._plans.get(area.plan, ()))

    def _view(self, area: Area, due: Due, lines: Iterable[PlanLine], kept: ListFacts | None) -> ListView:
        if kept is None:
            state = state_of(due, self.today, signed=False, late=False, all_done=False)
            return ListView(area, due, state, tuple(map(_unanswered, lines)))
        then, all_done = replace(due, until=kept.until), all(line.done for line in kept.lines)
        return ListView(
            area,
            due,
            state_of(then, self.today, signed=kept.signed, late=kept.late, all_done=all_done),
            kept.lines,
            kept.signed_by,
            kept.signed_by_id,
            kept.late,
            kept.late_reason,
            kept.open_reason,
            kept.countersigned_by,
        )


def _unanswered(line: PlanLine) -> LineFacts:
    return LineFacts(line.position, line.text, None, "", "", late=False)


def today_of(session: Session, now: datetime) -> date:
    """The day in the shop's own zone."""
    row = session.get(Shop, 1)
    return now.astimezone(ZoneInfo(row.timezone if row else "Asia/Shanghai")).date()


def day_lists(session: Session, now: datetime, day: date | None = None) -> DayView:
    """A day (today) with the lists of every area."""
    today = today_of(session, now)
    day = day or today
    return Diary(session, today, day, day, load_areas(session)).on(day)


def earlier(diary: Diary, first: date) -> list[ListView]:
    """The lists of the days from `first` to yesterday, the newest first; a weekly one once."""
    found: dict[tuple[int, CleaningMoment, date], ListView] = {}
    day = diary.today - timedelta(days=1)
    while day >= first:
        for area in diary.areas:
            for one in diary.lists(area, day):
                if one.due.until < diary.today:
                    found.setdefault((area.id, one.due.moment, one.due.day), one)
        day -= timedelta(days=1)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """Something that can be done in an area at any time, and how often it was done this week."""

    area: Area
    line: PlanLine
    times: int


@dataclass(frozen=True, slots=True)
class CleaningPage:
    """What a person has to do with cleaning today.

    `missed`: lists of the last two weeks that nobody signed. `findings`: of spot checks, without a remedy.
    `to_countersign`: signed lists that wait for this person.
    """

    today: DayView
    missed: tuple[ListView, ...]
    findings: tuple[SpotCheckView, ...]
    as_needed: tuple[AsNeeded, ...]
    to_countersign: tuple[ListView, ...]


def cleaning_page(
    session: Session, now: datetime, person_id: int, team_id: int | None, roles: frozenset[Role]
) -> CleaningPage:
    """What a person has to do: the lists that ask for them first, everybody's closing list last."""
    today = today_of(session, now)
    areas = load_areas(session)
    mine = sorted((one for one in areas if one.is_first_of(person_id, team_id)), key=lambda one: one.is_common)
    first = today - _BACK
    diary = Diary(session, today, first, today, mine)
    waiting = _to_countersign(session, Diary(session, today, first, today, areas), first, person_id, team_id, roles)
    return CleaningPage(
        diary.on(today),
        tuple(one for one in earlier(diary, first) if one.state is ListState.MISSED),
        tuple(one for one in open_checks(session, [area.id for area in mine]) if not one.remedy),
        tuple(_as_needed(session, diary)),
        tuple(waiting),
    )


def area_page(
    session: Session,
    now: datetime,
    number: str,
    day: date,
    person_id: int,
    team_id: int | None,
    roles: frozenset[Role],
) -> CleaningPage:
    """One day of one area, with what of it waits to be countersigned by this person."""
    areas = load_areas(session, col(AreaRow.number) == number)
    view = Diary(session, today_of(session, now), day, day, areas).on(day)
    waiting = [one for one in view.lists if one.waits_for(person_id) and may_countersign(one.area, team_id, roles)]
    return CleaningPage(view, (), (), (), tuple(waiting))


def _to_countersign(
    session: Session, diary: Diary, first: date, person_id: int, team_id: int | None, roles: frozenset[Role]
) -> list[ListView]:
    """A leader's: the own team's lists. The manager's: those that no leader may countersign, or only their signer."""
    signers = sa.select(col(PersonRole.person_id)).where(col(PersonRole.role) == Role.TEAM_LEADER)
    leaders = set(session.execute(signers).scalars())
    return [
        one
        for one in _recent(diary, first)
        if one.waits_for(person_id)
        and (
            (Role.TEAM_LEADER in roles and one.area.is_led_by(team_id))
            or (Role.MANAGER in roles and (one.area.team_id is None or one.signed_by_id in leaders))
        )
    ]


def may_countersign(area: Area, team_id: int | None, roles: frozenset[Role]) -> bool:
    """Whether this person could countersign the lists of the area: the manager all, a leader the own team's."""
    return Role.MANAGER in roles or (Role.TEAM_LEADER in roles and area.is_led_by(team_id))


def _recent(diary: Diary, first: date) -> list[ListView]:
    return [*diary.on(diary.today).lists, *earlier(diary, first)]


def _as_needed(session: Session, diary: Diary) -> Iterator[AsNeeded]:
    monday = monday_of(diary.today)
    query = (
        sa.select(col(CleaningExtra.area_id), col(CleaningExtra.text_zh), sa.func.count())
        .where(col(CleaningExtra.done_on) >= monday)
        .group_by(col(CleaningExtra.area_id), col(CleaningExtra.text_zh))
    )
    times = {(area_id, text): count for area_id, text, count in session.execute(query)}
    due = Due(CleaningMoment.AS_NEEDED, diary.today, diary.today)
    for area in diary.areas:
        for line in diary.lines(due, area):
            yield AsNeeded(area, line, times.get((area.id, line.text.zh), 0))
