"""The working calendar: which days the shop works, with public holidays and make-up working days (W10c).

A week runs from Monday to Sunday. What nobody has entered follows the regular week; whether a year's holidays have been
entered at all is known, so that no view passes a guess off as the truth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from workshop.domain.words import N_, Labelled

REGULAR: Final = frozenset({1, 2, 3, 4, 5})
"""The regular working days until the shop says otherwise, by ISO number: Monday is 1."""
_FRIDAY: Final = 5


class DayKind(Labelled):
    """What makes a day special."""

    HOLIDAY = "holiday", N_("holiday")
    MAKE_UP = "make_up", N_("make-up working day")


class Weekday(Labelled):
    """The days of the week."""

    MONDAY = "1", N_("Monday")
    TUESDAY = "2", N_("Tuesday")
    WEDNESDAY = "3", N_("Wednesday")
    THURSDAY = "4", N_("Thursday")
    FRIDAY = "5", N_("Friday")
    SATURDAY = "6", N_("Saturday")
    SUNDAY = "7", N_("Sunday")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the shop has entered.

    `weeks`: the regular working days by the Monday from which they hold. `special`: the days that differ from the
    regular week. `published`: the years whose holidays have been entered.
    """

    weeks: Mapping[date, frozenset[int]] = field(default_factory=dict)
    special: Mapping[date, DayKind] = field(default_factory=dict)
    published: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the shop works on that day."""
        kind = self.special.get(day)
        return kind is DayKind.MAKE_UP if kind else day.isoweekday() in self.regular(day)

    def regular(self, day: date) -> frozenset[int]:
        """The regular working days of that day's week."""
        begun = [monday for monday in self.weeks if monday <= day]
        return self.weeks[max(begun)] if begun else REGULAR

    def last_working_day(self, day: date) -> date | None:
        """The last working day of that day's week; None where the whole week is off."""
        return next((one for one in reversed(week_of(day)) if self.is_working(one)), None)

    def friday_of(self, day: date) -> date | None:
        """The day of that week on which Friday's work is due: Friday, else its last working day (W10c)."""
        friday = week_of(day)[_FRIDAY - 1]
        return friday if self.is_working(friday) else self.last_working_day(day)

    def is_known(self, day: date) -> bool:
        """Whether the holidays of that day's year have been entered."""
        return day.year in self.published

    def with_days(self, days: Mapping[date, DayKind], instead_of: Iterable[date] = ()) -> "Calendar":
        """The same with other special days."""
        kept = {day: kind for day, kind in self.special.items() if day not in frozenset(instead_of)}
        return replace(self, special=kept | dict(days))

    def with_week(self, monday: date, days: frozenset[int]) -> "Calendar":
        """The same with other regular working days from that Monday on."""
        return replace(self, weeks={**self.weeks, monday: days})


def monday_of(day: date) -> date:
    """The first day of that day's week."""
    return day - timedelta(days=day.isoweekday() - 1)


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of that day's week, Monday first."""
    return tuple(monday_of(day) + timedelta(days=number) for number in range(7))
