"""Two weeks of the demo shop's cleaning around the National Day of 2026, played with a set clock.

    Mon 28 Sep  Tue 29  Wed 30  | Thu 1 Oct … Wed 7: public holiday | Thu 8  Fri 9  Sat 10: make-up day  Sun 11

Every morning and evening somebody looks at what is due and does it; two lists are left out.
"""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from support.databases import Once
from support.postgres import Server
from workshop.commands.cleaning import AnswerCleaningLine, SignCleaningList
from workshop.db.database import Database
from workshop.db.opening import open_database
from workshop.demo.building import build
from workshop.demo.director import Director
from workshop.domain.cleaning import CleaningMoment
from workshop.domain.roles import Role
from workshop.queries.cleaning import DayView, ListView, day_lists

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 28)
DAYS = tuple(MONDAY + timedelta(days=number) for number in range(14))
MISSED = {
    ("2号工位", CleaningMoment.BEFORE_LEAVING, date(2026, 9, 29)),
    ("工具室", CleaningMoment.BEFORE_WORK, date(2026, 10, 9)),
}
Seen = tuple[str, CleaningMoment, date]
"""An area, a moment, and the day that names the list."""


@dataclass
class Fortnight:
    """The demo shop, and what was seen there each morning and evening."""

    db: Database
    mornings: dict[date, DayView] = field(default_factory=dict)
    evenings: dict[date, DayView] = field(default_factory=dict)

    def play(self) -> None:
        """Let the two weeks pass."""
        with self.db.writing() as session:
            director = Director(session, at(MONDAY, 6), at(DAYS[-1], 23), mark="week")
            for day in DAYS:
                director.now = at(day, 8)
                self.mornings[day] = day_lists(session, director.now)
                self._clean(director, session, (CleaningMoment.BEFORE_WORK,))
                director.now = at(day, 17)
                self.evenings[day] = day_lists(session, director.now)
                self._clean(director, session, tuple(CleaningMoment))

    def _clean(self, director: Director, session: Session, moments: tuple[CleaningMoment, ...]) -> None:
        """What is due today is done and signed, the closing list last; the weekly list waits for its last day."""
        today = director.now.astimezone(ZONE).date()
        for one in sorted(day_lists(session, director.now).lists, key=lambda one: one.area.is_common):
            left_out = seen(one) in MISSED
            if one.due.moment in moments and one.due.until == today and not one.signed and not left_out:
                self._sign(director, one)

    def _sign(self, director: Director, one: ListView) -> None:
        who = one.area.owner or director.holders(Role.TECHNICIAN, one.area.team)[0].name
        named: dict[str, object] = {"area": one.area.number, "list_day": one.due.day, "moment": one.due.moment}
        for line in one.lines:
            answer = {"position": line.position, "done": True}
            director.act(who, AnswerCleaningLine.model_validate(named | answer))
        director.act(who, SignCleaningList.model_validate(named | {"open_reason": "外出救援"}))


def seen(one: ListView) -> Seen:
    """What names a list."""
    return one.area.name, one.due.moment, one.due.day


def at(day: date, hour: int) -> datetime:
    """A full hour of the shop's own day."""
    return datetime.combine(day, time(hour), ZONE)


def played(url: str) -> Fortnight:
    """The demo as it stands on the first morning, and the two weeks after it."""
    db = open_database(url)
    build(db, at(MONDAY, 6))
    fortnight = Fortnight(db)
    fortnight.play()
    return fortnight


@pytest.fixture
def fortnight(kind: str, once: Once, request: pytest.FixtureRequest) -> Iterator[Fortnight]:
    """The two weeks, played once on each kind of database; tests only look at them."""
    server: Server | None = None if kind == "sqlite" else request.getfixturevalue("postgres")
    url = f"sqlite:///{once.folder / 'week.db'}" if server is None else server.url("week")

    def play(target: Path) -> None:
        if server is not None:
            server.create_database("week")
        week = played(url)
        target.write_bytes(pickle.dumps((week.mornings, week.evenings)))
        week.db.close()

    views = pickle.loads(once.file(f"week_{kind}", play).read_bytes())  # noqa: S301 — of our own making
    here = Fortnight(Database(url), *views)
    yield here
    here.db.close()
