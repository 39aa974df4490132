"""Trainings and meetings: planned, the roll called by badge, closed with the certificates that come of it (W11)."""

from abc import ABC
from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator
from sqlmodel import col

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import (
    Badge,
    Days,
    Moment,
    NoteFilled,
    RowId,
    ShortFilled,
    problem,
)
from workshop.commands.shared import active_person
from workshop.commands.tx import Tx, key
from workshop.db.tables import Certificate, Person, SessionAttendance, SessionInvitee, Team, TrainingSession
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import Training
from workshop.domain.training import EARLIEST_ROLL, presence
from workshop.domain.words import N_, told

NOBODY_INVITED = ReasonKind("W11", "nobody_invited", N_("Invite somebody: people by their badges, or whole teams."))
SESSION_PAST = ReasonKind("W11", "session_past", N_("A session is planned for a time to come."))
SESSION_CLOSED = ReasonKind(
    "W11", "session_closed", N_("This session is closed; nothing on its roll changes any more.")
)
ROLL_EARLY = ReasonKind("W11", "roll_early", N_("The roll is called from {time} on."))
ROLL_OVER = ReasonKind("W11", "roll_over", N_("The session ended at {time}; nobody can join it any more."))
ON_ROLL = ReasonKind("W11", "on_roll", N_("{person} is on the roll already."))
NOT_INVITED = ReasonKind("W11", "not_invited", N_("{person} is not invited to this session."))
EXCUSED_ALREADY = ReasonKind("W11", "excused_already", N_("{person} is excused already."))
OWN_EXCUSE = ReasonKind(
    "W11", "own_excuse", N_("You cannot excuse yourself; somebody else must do it."), (Role.TEAM_LEADER, Role.MANAGER)
)
NOT_STARTED_YET = ReasonKind("W11", "session_not_started", N_("The session starts at {time}; close it afterwards."))
ROLL_CALLED = ReasonKind("W11", "roll_called", N_("People are on the roll already. Close the session instead."))
OWN_CERTIFICATE = ReasonKind(
    "W11",
    "own_certificate",
    N_("You are on the roll yourself, and this session gives a certificate; somebody else must close it."),
    (Role.TEAM_LEADER, Role.MANAGER),
)
CERTIFICATE_DAYS = N_("Say for how many days the certificate counts; without a certificate say nothing here.")
SESSION_LENGTH = N_("A session ends after its start and within a day.")
_LONGEST = timedelta(hours=24)
HOLDERS = frozenset({Role.TEAM_LEADER, Role.MANAGER})
"""Who plans sessions and keeps their rolls."""


class PlanSession(Command):
    """Plan a training or meeting: when, where, who holds it, who is to come, and which certificate it gives, if any."""

    roles = HOLDERS
    rule = "W11"
    label = N_("plan session")
    story = N_("{actor} planned “{topic}” for {starts_at}, {room}; {invited_count} invited.")

    topic: ShortFilled = Field(title=N_("topic"))
    starts_at: Moment = Field(title=N_("start"))
    ends_at: Moment = Field(title=N_("end"))
    room: ShortFilled = Field(title=N_("place"))
    held_by: ShortFilled = Field(title=N_("held by"))
    invited: tuple[Badge, ...] = Field(default=(), max_length=200, title=N_("invited people"))
    invited_teams: tuple[ShortFilled, ...] = Field(default=(), max_length=60, title=N_("invited teams"))
    gives: Training | None = Field(default=None, title=N_("gives the certificate"))
    certificate_days: Days | None = Field(default=None, title=N_("days for which it counts"))

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.starts_at < self.ends_at <= self.starts_at + _LONGEST:
            raise problem(SESSION_LENGTH)
        if (self.gives is None) != (self.certificate_days is None):
            raise problem(CERTIFICATE_DAYS)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Keep it with everybody who is invited, each once."""
        if self.starts_at <= tx.now:
            raise Refused(SESSION_PAST())
        people = self._invited(tx)
        if not people:
            raise Refused(NOBODY_INVITED())
        row = tx.add(
            TrainingSession(
                topic=self.topic,
                training=self.gives,
                certificate_days=self.certificate_days,
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                place=self.room,
                held_by=self.held_by,
                planned_by_id=tx.actor.id,
                planned_at=tx.now,
            )
        )
        for person_id in sorted(people):
            tx.session.add(SessionInvitee(session_id=key(row.id), person_id=person_id))
        return {"session": key(row.id), "invited_count": len(people)}

    def _invited(self, tx: Tx) -> set[int]:
        people = {key(active_person(tx, badge).id) for badge in self.invited}
        teams = {key(tx.one(Team, Team.name == name, what=name).id) for name in self.invited_teams}
        members = tx.all(Person, col(Person.team_id).in_(teams), col(Person.active).is_(True))
        return people | {key(person.id) for person in members}


class OnSession(Command, ABC):
    """An act on a session whose roll is still open."""

    session: RowId = Field(title=N_("session"))

    def row(self, tx: Tx) -> TrainingSession:
        """The session; refused once it is closed or called off."""
        row = tx.get(TrainingSession, self.session)
        if row.closed_at is not None:
            raise Refused(SESSION_CLOSED())
        return row


class CallRoll(OnSession):
    """Put somebody on the roll by the badge that is scanned at the session; who comes late is told from the time."""

    roles = HOLDERS
    rule = "W11"
    label = N_("call roll")
    story = N_("{actor} put {person} on the roll of “{topic}”: {presence}.")

    attendee: Badge = Field(title=N_("badge"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep when the badge was scanned; who was not invited is welcome too."""
        session, person = self.row(tx), active_person(tx, self.attendee)
        earliest = session.starts_at - EARLIEST_ROLL
        if tx.now < earliest:
            raise Refused(ROLL_EARLY(time=earliest))
        if tx.now > session.ends_at:
            raise Refused(ROLL_OVER(time=session.ends_at))
        if tx.session.get(SessionAttendance, (session.id, person.id)) is not None:
            raise Refused(ON_ROLL(person=person.name))
        tx.session.add(
            SessionAttendance(session_id=key(session.id), person_id=key(person.id), at=tx.now, called_by_id=tx.actor.id)
        )
        how = presence(session.starts_at, tx.now, excused=False, closed=False)
        return {"person": person.name, "topic": session.topic, "presence": told(how.label)}


class ExcuseFromSession(OnSession):
    """Excuse somebody who is invited and cannot come, with the reason."""

    roles = HOLDERS
    rule = "W11"
    label = N_("excuse from session")
    story = N_("{actor} excused {person} from “{topic}”: {reason}")

    excused: Badge = Field(title=N_("badge"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep the excuse beside the invitation."""
        session = self.row(tx)
        person = tx.one(Person, Person.badge == self.excused, what=self.excused)
        invitee = tx.session.get(SessionInvitee, (session.id, person.id))
        if invitee is None:
            raise Refused(NOT_INVITED(person=person.name))
        if person.id == tx.actor.id:
            raise Refused(OWN_EXCUSE())
        if tx.session.get(SessionAttendance, (session.id, person.id)) is not None:
            raise Refused(ON_ROLL(person=person.name))
        if invitee.excused_at is not None:
            raise Refused(EXCUSED_ALREADY(person=person.name))
        invitee.excuse, invitee.excused_by_id, invitee.excused_at = self.reason, tx.actor.id, tx.now
        tx.session.add(invitee)
        return {"person": person.name, "topic": session.topic}


class CloseSession(OnSession):
    """Sign the roll: who is invited and neither on it nor excused is absent; who is on it gets the certificate."""

    roles = HOLDERS
    rule = "W11"
    label = N_("close session")
    story = N_("{actor} closed the roll of “{topic}”; came: {came}, absent: {absent}, certificates: {certificates}.")
    signature = True

    def handle(self, tx: Tx) -> Outcome:
        """Close it; nobody gives himself a certificate."""
        session = self.row(tx)
        if tx.now < session.starts_at:
            raise Refused(NOT_STARTED_YET(time=session.starts_at))
        roll = tx.all(SessionAttendance, SessionAttendance.session_id == session.id)
        if session.training is not None and tx.actor.id in {one.person_id for one in roll}:
            raise Refused(OWN_CERTIFICATE())
        for one in roll:
            one.certificate_id = _certify(tx, session, one.person_id)
            tx.session.add(one)
        session.closed_at, session.closed_by_id = tx.now, tx.actor.id
        tx.session.add(session)
        invited = tx.all(SessionInvitee, SessionInvitee.session_id == session.id)
        came = {one.person_id for one in roll}
        absent = [one for one in invited if one.excused_at is None and one.person_id not in came]
        certificates = len(roll) if session.training else 0
        return {"topic": session.topic, "came": len(roll), "absent": len(absent), "certificates": certificates}


class CallOffSession(OnSession):
    """Call a session off, with the reason, so that nobody counts as absent."""

    roles = HOLDERS
    rule = "W11"
    label = N_("call session off")
    story = N_("{actor} called “{topic}” off: {reason}")

    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Close it without a roll; refused once somebody came."""
        session = self.row(tx)
        if tx.all(SessionAttendance, SessionAttendance.session_id == session.id):
            raise Refused(ROLL_CALLED())
        session.called_off, session.closed_at, session.closed_by_id = self.reason, tx.now, tx.actor.id
        tx.session.add(session)
        return {"topic": session.topic}


def _certify(tx: Tx, session: TrainingSession, person_id: int) -> int | None:
    if session.training is None or session.certificate_days is None:
        return None
    first = tx.day(session.starts_at)
    last = first + timedelta(days=session.certificate_days)
    given = Certificate(person_id=person_id, training=session.training, valid_from=first, valid_until=last)
    return tx.add(given).id
