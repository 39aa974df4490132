"""Trainings and meetings: what is planned, who came, one person's record, certificates that run out (W11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.part_facts import IDS, rows_of
from workshop.db.tables import Certificate, Person, SessionAttendance, SessionInvitee, Team, TrainingSession
from workshop.domain.states import Training
from workshop.domain.training import Presence, SessionState, Standing, presence, standing, state

_MOST = 100


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session. `called_off` is the reason, empty where it takes place."""

    id: int
    topic: str
    training: Training | None
    starts_at: datetime
    ends_at: datetime
    place: str
    held_by: str
    state: SessionState
    called_off: str

    @property
    def closed(self) -> bool:
        """Whether its roll has been signed."""
        return self.state is SessionState.CLOSED


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in the list: how many are invited and came; `mine` is how the reader stands on its roll."""

    session: SessionView
    invited: int
    came: int
    mine: Presence | None


@dataclass(frozen=True, slots=True)
class RollLine:
    """Somebody on the roll; who was not invited and came is there too."""

    badge: str
    name: str
    team: str
    invited: bool
    presence: Presence
    came_at: datetime | None
    excuse: str


@dataclass(frozen=True, slots=True)
class Roll:
    """A session with everybody who is expected or came."""

    session: SessionView
    lines: tuple[RollLine, ...]

    def count(self, how: Presence) -> int:
        """How many stand like this."""
        return sum(line.presence is how for line in self.lines)


@dataclass(frozen=True, slots=True)
class CertificateView:
    """The certificate of a training that a person holds the longest."""

    badge: str
    name: str
    training: Training
    valid_from: date
    valid_until: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """The sessions held that a person was invited to or came to, the latest first, and the certificates."""

    badge: str
    name: str
    sessions: tuple[tuple[SessionView, Presence], ...]
    certificates: tuple[CertificateView, ...]


def sessions(session: Session, now: datetime, person_id: int) -> list[SessionRow]:
    """The sessions: those that are still to be closed, the next one first; then the closed, the latest first."""
    is_open = col(TrainingSession.closed_at).is_(None)
    order = (sa.case((is_open, 0), else_=1), sa.case((is_open, col(TrainingSession.starts_at))))
    query = sa.select(TrainingSession).order_by(*order, col(TrainingSession.starts_at).desc()).limit(_MOST)
    rows = list(session.execute(query).scalars())
    views = {row.id or 0: _view(row, now) for row in rows}
    roll: dict[int, list[RollLine]] = {one: [] for one in views}
    for session_id, line in _lines(session, views.values()):
        roll[session_id].append(line)
    badge = session.execute(sa.select(col(Person.badge)).where(col(Person.id) == person_id)).scalar_one_or_none()
    return [
        SessionRow(
            views[one],
            invited=sum(line.invited for line in roll[one]),
            came=sum(line.came_at is not None for line in roll[one]),
            mine=next((line.presence for line in roll[one] if line.badge == badge), None),
        )
        for one in views
    ]


def roll(session: Session, session_id: int, now: datetime) -> Roll | None:
    """The roll of a session, by name; None if there is no such session."""
    row = session.get(TrainingSession, session_id)
    if row is None:
        return None
    view = _view(row, now)
    return Roll(view, tuple(line for _, line in _lines(session, [view])))


def record(session: Session, badge: str, now: datetime, today: date) -> PersonRecord | None:
    """What a person attended and holds; None if nobody has this badge."""
    person = session.execute(sa.select(Person).where(col(Person.badge) == badge)).scalar_one_or_none()
    if person is None:
        return None
    known = sa.union(
        sa.select(col(SessionInvitee.session_id)).where(col(SessionInvitee.person_id) == person.id),
        sa.select(col(SessionAttendance.session_id)).where(col(SessionAttendance.person_id) == person.id),
    )
    query = sa.select(TrainingSession).where(col(TrainingSession.id).in_(known), col(TrainingSession.called_off) == "")
    rows = session.execute(query.order_by(col(TrainingSession.starts_at).desc()).limit(_MOST)).scalars()
    views = {row.id or 0: _view(row, now) for row in rows}
    mine = {one: line.presence for one, line in _lines(session, views.values()) if line.badge == badge}
    return PersonRecord(
        badge,
        person.name,
        tuple((view, mine[one]) for one, view in views.items()),
        tuple(certificates(session, today, person_id=person.id)),
    )


def certificates(session: Session, today: date, *, person_id: int | None = None) -> list[CertificateView]:
    """The certificates of everybody who works here (or of one person), of each training that which lasts longest,
    those that run out first coming first.
    """
    query = (
        sa.select(
            col(Person.badge),
            col(Person.name),
            col(Certificate.training),
            col(Certificate.valid_from),
            col(Certificate.valid_until),
        )
        .join(Person, col(Person.id) == col(Certificate.person_id))
        .where(col(Person.active) if person_id is None else col(Person.id) == person_id)
        .order_by(col(Certificate.valid_until), col(Certificate.id))
    )
    longest = {(row.badge, row.training): row for row in session.execute(query)}
    found = [
        CertificateView(
            row.badge,
            row.name,
            row.training,
            row.valid_from,
            row.valid_until,
            standing(row.valid_from, row.valid_until, today),
        )
        for row in longest.values()
    ]
    return sorted(found, key=lambda one: one.valid_until)


def _view(row: TrainingSession, now: datetime) -> SessionView:
    closed = row.closed_at is not None
    return SessionView(
        id=row.id or 0,
        topic=row.topic,
        training=row.training,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        held_by=row.held_by,
        state=state(row.starts_at, row.ends_at, now, closed=closed, called_off=bool(row.called_off)),
        called_off=row.called_off,
    )


def _lines(session: Session, views: Iterable[SessionView]) -> Iterator[tuple[int, RollLine]]:
    """Everybody invited to or on the roll of these sessions, with the session's id, in the order of their badges."""
    of = {view.id: view for view in views}
    for row in rows_of(session, _ROLL, of):
        view = of[row.session_id]
        how = presence(view.starts_at, row.at, excused=row.excused_at is not None, closed=view.closed)
        invited = row.invited is not None
        yield view.id, RollLine(row.badge, row.name, row.team or "", invited, how, row.at, row.excuse or "")


_MEMBERS = sa.union(
    sa.select(col(SessionInvitee.session_id), col(SessionInvitee.person_id)),
    sa.select(col(SessionAttendance.session_id), col(SessionAttendance.person_id)),
).subquery()


def _same(table: type[SessionInvitee] | type[SessionAttendance]) -> sa.ColumnElement[bool]:
    here = col(table.session_id) == _MEMBERS.c.session_id
    return sa.and_(here, col(table.person_id) == _MEMBERS.c.person_id)


_ROLL: sa.Select[*tuple[object, ...]] = (
    sa.select(
        _MEMBERS.c.session_id,
        col(Person.badge),
        col(Person.name),
        col(Team.name).label("team"),
        col(SessionInvitee.person_id).label("invited"),
        col(SessionInvitee.excuse),
        col(SessionInvitee.excused_at),
        col(SessionAttendance.at),
    )
    .join(Person, col(Person.id) == _MEMBERS.c.person_id)
    .outerjoin(Team, col(Team.id) == col(Person.team_id))
    .outerjoin(SessionInvitee, _same(SessionInvitee))
    .outerjoin(SessionAttendance, _same(SessionAttendance))
    .where(_MEMBERS.c.session_id.in_(IDS))
    .order_by(col(Person.badge))
)
