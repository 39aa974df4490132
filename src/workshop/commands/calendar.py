"""The working calendar is kept: the regular week, public holidays and make-up working days (W10c)."""

from datetime import date
from typing import Self

import sqlalchemy as sa
from pydantic import Field, model_validator
from sqlmodel import col

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import Day, Short, problem
from workshop.commands.shared import Given
from workshop.commands.tx import Condition, Tx
from workshop.db.cleaning_facts import load_calendar
from workshop.db.tables import CalendarDay, CalendarYear, CleaningList, WorkingWeek
from workshop.domain.calendar import Calendar, DayKind, Weekday, monday_of, week_of
from workshop.domain.cleaning import named
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.words import N_

LISTS_STAND = ReasonKind(
    "W10c",
    "lists_stand",
    N_("The list “{moment}” of {day} has been answered; with this change it would not have been due. Leave that week."),
)
WEEK_BEGUN = ReasonKind(
    "W10c", "week_begun", N_("The working days of weeks gone by stay as they were. The earliest Monday is {monday}.")
)
AS_USUAL = ReasonKind("W10c", "day_as_usual", N_("{day} stands in the calendar as any other day; nothing to remove."))
OTHER_YEAR = N_("Every day must lie in that year.")
DAY_TWICE = N_("A day stands here twice.")
_KEEPERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


class SetWorkingWeek(Command):
    """Say which days the shop works in a regular week; it holds from the Monday of the week given, or of this one."""

    roles = _KEEPERS
    rule = "W10c"
    label = N_("set working week")
    story = N_("{actor} set the working days from {monday} on: {weekdays}.")

    weekdays: tuple[Weekday, ...] = Field(min_length=1, max_length=7, title=N_("working days"))
    week_from: Day | None = Field(default=None, title=N_("from the week of"))

    def handle(self, tx: Tx) -> Outcome:
        """Let it hold until the next such entry."""
        this, monday = monday_of(tx.today), monday_of(self.week_from or tx.today)
        if monday < this:
            raise Refused(WEEK_BEGUN(monday=this.isoformat()))
        days = frozenset(int(one.value) for one in self.weekdays)
        _require_ground(tx, load_calendar(tx.session).with_week(monday, days), CleaningList.day >= monday)
        row = tx.session.get(WorkingWeek, monday) or WorkingWeek(valid_from=monday, days="")
        row.days = "".join(map(str, sorted(days)))
        tx.session.add(row)
        return {"monday": monday.isoformat()}


class PutCalendarDay(Command):
    """Make a single day a holiday or a working day, whatever the regular week says."""

    roles = _KEEPERS
    rule = "W10c"
    label = N_("enter calendar day")
    story = N_("{actor} entered {calendar_day} as {day_kind}. {name_zh} {name_en}")

    calendar_day: Day = Field(title=N_("day"))
    day_kind: DayKind = Field(title=N_("kind of day"))
    name_zh: Short = Field(default="", title=N_("Chinese name"))
    name_en: Short = Field(default="", title=N_("English name"))

    def handle(self, tx: Tx) -> Outcome:
        """Create or replace it."""
        changed = load_calendar(tx.session).with_days({self.calendar_day: self.day_kind})
        _require_ground(tx, changed, _in_week(self.calendar_day))
        row = tx.session.get(CalendarDay, self.calendar_day) or CalendarDay(
            day=self.calendar_day, kind=self.day_kind, name_zh=self.name_zh
        )
        row.kind, row.name_zh, row.name_en = self.day_kind, self.name_zh, self.name_en
        tx.session.add(row)
        return {}


class RemoveCalendarDay(Command):
    """Let a day follow the regular week again. The ledger keeps what it was."""

    roles = _KEEPERS
    rule = "W10c"
    label = N_("remove calendar day")
    story = N_("{actor} took {calendar_day} out of the special days.")

    calendar_day: Day = Field(title=N_("day"))

    def handle(self, tx: Tx) -> Outcome:
        """Remove it."""
        row = tx.session.get(CalendarDay, self.calendar_day)
        if row is None:
            raise Refused(AS_USUAL(day=self.calendar_day.isoformat()))
        changed = load_calendar(tx.session).with_days({}, instead_of=[self.calendar_day])
        _require_ground(tx, changed, _in_week(self.calendar_day))
        tx.session.delete(row)
        return {"was": row.kind.value}


class GivenDay(Given):
    """A special day of a year."""

    day: Day = Field(title=N_("day"))
    kind: DayKind = Field(title=N_("kind of day"))
    name_zh: Short = Field(default="", title=N_("Chinese name"))
    name_en: Short = Field(default="", title=N_("English name"))


class PublishYear(Command):
    """Enter the holidays and make-up days of a whole year, as announced; what was entered for it before goes."""

    roles = _KEEPERS
    rule = "W10c"
    label = N_("enter a year's calendar")
    story = N_("{actor} entered the calendar of {year}: {entered} special days.")

    year: int = Field(ge=2000, le=2100, title=N_("year"))
    days: tuple[GivenDay, ...] = Field(min_length=1, max_length=120, title=N_("special days"))

    @model_validator(mode="after")
    def _of_the_year(self) -> Self:
        found = [one.day for one in self.days]
        if any(day.year != self.year for day in found):
            raise problem(OTHER_YEAR)
        if len(set(found)) < len(found):
            raise problem(DAY_TWICE)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Replace the year's days; from now on the year counts as known."""
        before = [row for row in tx.all(CalendarDay) if row.day.year == self.year]
        changed = load_calendar(tx.session).with_days(
            {one.day: one.kind for one in self.days}, instead_of=[row.day for row in before]
        )
        first, last = week_of(date(self.year, 1, 1))[0], week_of(date(self.year, 12, 31))[-1]
        _require_ground(tx, changed, col(CleaningList.day).between(first, last))
        for row in before:
            tx.session.delete(row)
        tx.session.flush()
        for one in self.days:
            day = CalendarDay(day=one.day, kind=one.kind, name_zh=one.name_zh, name_en=one.name_en)
            tx.session.add(day)
        if tx.session.get(CalendarYear, self.year) is None:
            tx.session.add(CalendarYear(year=self.year))
        return {"entered": len(self.days)}


def _in_week(day: date) -> sa.ColumnElement[bool]:
    """The lists of that day's week."""
    return col(CleaningList.day).between(week_of(day)[0], week_of(day)[-1])


def _require_ground(tx: Tx, changed: Calendar, lists: Condition) -> None:
    """W10c: what was answered stays due, so that no list loses its day and Friday's does not come twice in a week."""
    for row in tx.all(CleaningList, lists):
        if named(changed, row.moment, row.day) is None:
            raise Refused(LISTS_STAND(moment=row.moment.label, day=row.day.isoformat()))
