"""Cleaning: which lists are due on which day for an area, until when, and what became of them (W9, W10a-W10e).

A list is there by itself: the calendar and the area's plan say so, whether or not anybody has answered it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from workshop.domain.calendar import Calendar, monday_of
from workshop.domain.words import N_, Labelled, Name


class CleaningMoment(Labelled):
    """When a line of a plan is due."""

    BEFORE_WORK = "before_work", N_("on arriving")
    BEFORE_LEAVING = "before_leaving", N_("before leaving")
    FRIDAY = "friday", N_("walls and windows")
    WEEKLY = "weekly", N_("once a week")
    CLOSING = "closing", N_("closing")
    AS_NEEDED = "as_needed", N_("as needed")


SCHEDULED: Final = tuple(moment for moment in CleaningMoment if moment is not CleaningMoment.AS_NEEDED)
"""The moments that have lists; what is done as needed is entered when it is done (W9)."""
_EVERY_WORKING_DAY: Final = (CleaningMoment.BEFORE_WORK, CleaningMoment.BEFORE_LEAVING, CleaningMoment.CLOSING)


class ListState(Labelled):
    """What became of a list. The worse, the later it stands here; a day is as bad as its worst list."""

    AHEAD = "ahead", N_("to come")
    DONE = "done", N_("all done")
    PARTLY = "partly", N_("partly done")
    LATE = "late", N_("done late")
    OPEN = "open", N_("still open")
    MISSED = "missed", N_("missed")


class ViolationKind(Labelled):
    """What nobody does on the premises (S8)."""

    SMOKING = "smoking", N_("smoking")
    SPITTING = "spitting", N_("spitting")
    LITTERING = "littering", N_("littering")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a plan, valid on the days from the first to the last, both included; None: until further notice."""

    moment: CleaningMoment
    position: int
    text: Name
    valid_from: date
    valid_until: date | None = None

    def is_valid(self, day: date) -> bool:
        """Whether it counts on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of a list that was answered at least in part."""

    position: int
    text: Name
    done: bool | None
    reason: str
    answered_by: str
    late: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A place that somebody keeps clean: a team's, a person's, or, with neither, everybody's."""

    id: int
    number: str
    name: str
    plan: str
    since: date
    until: date | None = None
    team_id: int | None = None
    team: str = ""
    owner_id: int | None = None
    owner: str = ""
    owner_badge: str | None = None

    @property
    def whose(self) -> str:
        """Its owner and team by name; empty where it is everybody's."""
        return " ".join(filter(None, (self.owner, self.team)))

    @property
    def is_common(self) -> bool:
        """Whether it is everybody's."""
        return self.team_id is None and self.owner_id is None

    def in_use(self, day: date) -> bool:
        """Whether it has lists on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def is_of(self, person_id: int, team_id: int | None) -> bool:
        """Whether that person answers for it: its owner, somebody of its team, anybody where it is everybody's."""
        return self.is_common or person_id == self.owner_id or (team_id is not None and team_id == self.team_id)

    def is_first_of(self, person_id: int, team_id: int | None) -> bool:
        """Whether that person is the first to ask: an area with an owner is not looked for by the owner's team."""
        return person_id == self.owner_id if self.owner_id else self.is_of(person_id, team_id)

    def is_led_by(self, team_id: int | None) -> bool:
        """Whether a leader of that team countersigns its lists; the manager does where no team has it."""
        return team_id is not None and team_id == self.team_id

    def covers(self, other: "Area") -> bool:
        """Whether its closing list closes the other one's day: everybody's closes all, others their own (W10e)."""
        return self.is_common or self.id == other.id


@dataclass(frozen=True, slots=True)
class Due:
    """A list that is due. `day` names it (a weekly one by its Monday); `until` is the last day in time."""

    moment: CleaningMoment
    day: date
    until: date


def scheduled(calendar: Calendar, day: date) -> tuple[Due, ...]:
    """The lists that a day has for an area with every kind of line.

    Those of the day itself on a working day, Friday's where it falls on this day, and the week's from Monday until its
    last working day.
    """
    found = [Due(moment, day, day) for moment in _EVERY_WORKING_DAY if calendar.is_working(day)]
    if calendar.friday_of(day) == day:
        found.append(Due(CleaningMoment.FRIDAY, day, day))
    last = calendar.last_working_day(day)
    if last is not None and day <= last:
        found.append(Due(CleaningMoment.WEEKLY, monday_of(day), last))
    return tuple(sorted(found, key=lambda one: SCHEDULED.index(one.moment)))


def named(calendar: Calendar, moment: CleaningMoment, day: date) -> Due | None:
    """The list that this moment and day name; None where there is no such list."""
    return next((one for one in scheduled(calendar, day) if (one.moment, one.day) == (moment, day)), None)


def lines_of(due: Due, area: Area, plan: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
    """The plan's lines for a list, as the plan stands on the list's last day; none where the area is not in use."""
    if not area.in_use(due.until):
        return ()
    found = [line for line in plan if line.moment is due.moment and line.is_valid(due.until)]
    return tuple(sorted(found, key=lambda line: line.position))


def lists_of(area: Area, plan: Sequence[PlanLine], calendar: Calendar, day: date) -> tuple[Due, ...]:
    """The lists that an area has on a day."""
    return tuple(due for due in scheduled(calendar, day) if lines_of(due, area, plan))


def is_closed(until: date, today: date, *, closing_signed: bool) -> bool:
    """Whether a list's day has closed: its last day is over, or that day's closing list has been signed (W10b)."""
    return today > until or closing_signed


def state_of(due: Due, today: date, *, signed: bool, late: bool, all_done: bool) -> ListState:
    """What became of a list, seen today."""
    if signed:
        return ListState.LATE if late else ListState.DONE if all_done else ListState.PARTLY
    if today > due.until:
        return ListState.MISSED
    return ListState.OPEN if due.day <= today else ListState.AHEAD


def worst(states: Iterable[ListState]) -> ListState | None:
    """The worst of several states; None of none."""
    return max(states, key=list(ListState).index, default=None)
