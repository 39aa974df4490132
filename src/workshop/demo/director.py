"""Lets many stories happen side by side in one time that never runs backwards, each act by its own person."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workshop.commands.base import Command, Outcome
from workshop.commands.perform import Signature, perform_in
from workshop.db.tables import Bay, Person, PersonRole, Team, Vehicle
from workshop.domain.roles import Role

Pauses = Iterator[float]
"""A story: it acts, then says how many minutes pass before it goes on."""

_BREATH: Final = timedelta(seconds=1)  # between two acts of the same moment
_TERMINALS: Final = (
    (Role.ADVISOR, "front-desk"),
    (Role.PARTS_CLERK, "parts-counter"),
    (Role.INSPECTOR, "inspection"),
    (Role.TECHNICIAN, "floor"),
    (Role.TEAM_LEADER, "floor"),
)


class DemoDataWrong(Exception):
    """The data files of the demo contradict each other or the rules."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the demo shop."""

    id: int
    badge: str
    name: str
    roles: frozenset[Role]
    team: str

    @property
    def terminal(self) -> str:
        """Where such a person works."""
        return next((place for role, place in _TERMINALS if role in self.roles), "office")


class Director:
    """Who and what there is on the floor, the time, and the one way to act. `mark` begins the ids of the acts."""

    def __init__(self, session: Session, start: datetime, end: datetime, mark: str = "demo") -> None:
        self.session = session
        self.now = start
        self.end = end
        self._mark = mark
        self._acts = 0
        self._kept: list[object] = []  # a session forgets the rows that nobody holds, and reads them again for each act
        for event in ("loaded_as_persistent", "pending_to_persistent"):
            sa.event.listen(session, event, lambda _session, row: self._kept.append(row))
        self.look_around()

    def look_around(self) -> None:
        """Learn anew who and what there is: people and numbers of bays by name, plates by VIN."""
        self.people = _people(self.session)
        self.bays = {bay.name: bay.number for bay in self.session.exec(select(Bay))}
        self.plates = {car.vin: car.plate for car in self.session.exec(select(Vehicle))}

    def act(self, who: str, command: Command) -> Outcome:
        """Do one act as somebody who has just signed for it. `Refused` as anywhere else."""
        person = self.people[who]
        self.now += _BREATH
        self._acts += 1
        done = perform_in(
            self.session,
            command,
            person.id,
            person.terminal,
            self.now,
            Signature(person.id, self.now),
            f"{self._mark}-{self._acts:05d}",
        )
        return done.outcome

    def holders(self, role: Role, team: str = "") -> list[Worker]:
        """Everybody in a role (of a team), in the order in which they were entered."""
        return [one for one in self.people.values() if role in one.roles and team in ("", one.team)]

    def play(self, stories: Iterable[tuple[datetime, Pauses]]) -> None:
        """Let the stories happen, each from its own beginning. `DemoDataWrong` if one goes on beyond the end."""
        waiting = [(begin, place, story) for place, (begin, story) in enumerate(stories)]
        heapq.heapify(waiting)
        while waiting:
            at, place, story = heapq.heappop(waiting)
            self.now = max(self.now, at)
            pause = next(story, None)
            if self.now > self.end:
                raise DemoDataWrong(f"story {place + 1} goes on until {self.now}, beyond {self.end}")
            if pause is not None:
                heapq.heappush(waiting, (at + timedelta(minutes=pause), place, story))


def _people(session: Session) -> dict[str, Worker]:
    roles: dict[int, set[Role]] = {}
    for person_id, role in session.execute(sa.select(col(PersonRole.person_id), col(PersonRole.role))):
        roles.setdefault(person_id, set()).add(role)
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(col(Person.id), col(Person.badge), col(Person.name), col(Team.name).label("team"))
        .outerjoin(Team, col(Team.id) == col(Person.team_id))
        .order_by(col(Person.id))
    )
    return {
        row.name: Worker(row.id, row.badge, row.name, frozenset(roles[row.id]), row.team or "")
        for row in session.execute(query)
    }
