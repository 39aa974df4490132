"""People: who works here, in which roles and team, with which certificates."""

from typing import Literal, Self

from pydantic import Field, model_validator
from sqlmodel import col

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import Badge, Day, Pin, Short, ShortFilled, problem
from workshop.commands.pins import hash_pin
from workshop.commands.tx import Tx, key
from workshop.db.tables import Certificate, LabourEntry, Person, PersonRole, SignInGuard, Team
from workshop.domain.initials import initials
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import PauseReason, Training
from workshop.domain.words import N_
from workshop.i18n import LANGUAGES

LAST_ADMINISTRATOR = ReasonKind(
    "-", "last_administrator", N_("This is the last administrator. Name another one before changing this.")
)
OWN_PIN = ReasonKind("-", "own_pin", N_("Your own PIN is changed under “change PIN”."))
OWN_CERTIFICATE = ReasonKind(
    "W11",
    "own_certificate_granted",
    N_("Nobody records a certificate of his own; somebody else must."),
    (Role.MANAGER, Role.ADMINISTRATOR),
)
DATES_CROSSED = N_("The last day lies before the first.")
Language = Literal["zh_CN", "en"]
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


class AddPerson(Command):
    """Enter a person; the badge number is given here."""

    roles = _ADMINISTRATOR
    label = N_("add person")
    story = N_("{actor} added {name} with the badge {badge}.")

    person: ShortFilled = Field(title=N_("name"))
    has_roles: tuple[Role, ...] = Field(min_length=1, title=N_("roles"))
    team: Short = Field(default="", title=N_("team"))
    pin: Pin = Field(title=N_("first PIN"))
    language: Language = Field(default="zh_CN", title=N_("language"))

    def handle(self, tx: Tx) -> Outcome:
        """Create the person."""
        person = new_person(tx, self.person, self.has_roles, self.pin.get_secret_value(), self.language, self.team)
        return {"badge": person.badge, "name": person.name}


class RevisePerson(Command):
    """Change a person's name, roles or team, or end the employment. Nobody is ever deleted."""

    roles = _ADMINISTRATOR
    label = N_("change person")
    story = N_("{actor} changed the record of {name}.")
    signature = True

    badge: Badge = Field(title=N_("badge"))
    person: ShortFilled = Field(title=N_("name"))
    has_roles: tuple[Role, ...] = Field(min_length=1, title=N_("roles"))
    team: Short = Field(default="", title=N_("team"))
    active: bool = Field(default=True, title=N_("works here"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace roles and team; one active administrator must remain."""
        row = tx.one(Person, Person.badge == self.badge, what=self.badge)
        row.name, row.initials, row.active = self.person, initials(self.person), self.active
        row.team_id = team_id(tx, self.team)
        for old in tx.all(PersonRole, PersonRole.person_id == row.id):
            tx.session.delete(old)
        tx.session.flush()
        for role in set(self.has_roles):
            tx.session.add(PersonRole(person_id=key(row.id), role=role))
        tx.add(row)
        if not self.active or Role.TECHNICIAN not in self.has_roles:
            _stop_clock(tx, row)
        _require_administrator(tx)
        return {"name": row.name}


class ResetPin(Command):
    """Give somebody a new PIN, and lift the lockout of the badge."""

    roles = _ADMINISTRATOR
    label = N_("reset PIN")
    story = N_("{actor} reset the PIN of {name}.")
    signature = True

    badge: Badge = Field(title=N_("badge"))
    pin: Pin = Field(title=N_("new PIN"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace the PIN of somebody else."""
        row = tx.one(Person, Person.badge == self.badge, what=self.badge)
        if row.id == tx.actor.id:
            raise Refused(OWN_PIN())
        row.pin_hash = hash_pin(self.pin.get_secret_value())
        tx.session.add(row)
        guard = tx.session.get(SignInGuard, self.badge)
        if guard is not None:
            tx.session.delete(guard)
        return {"name": row.name}


class ChangePin(Command):
    """Change your own PIN."""

    roles = EVERYONE
    label = N_("change PIN")
    story = N_("{actor} changed the own PIN.")
    signature = True

    pin: Pin = Field(title=N_("new PIN"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace it; the old one was just entered as the signature."""
        row = tx.get(Person, tx.actor.id)
        row.pin_hash = hash_pin(self.pin.get_secret_value())
        tx.session.add(row)
        return {}


class ChooseLanguage(Command):
    """Choose the language of your screens."""

    roles = EVERYONE
    label = N_("choose language")
    story = N_("{actor} chose the language {chosen}.")

    language: Language = Field(title=N_("language"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep the choice with the person."""
        row = tx.get(Person, tx.actor.id)
        row.language = self.language
        tx.session.add(row)
        return {"chosen": LANGUAGES[self.language]}


class GrantCertificate(Command):
    """Record a certificate of training with its validity (W11)."""

    roles = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
    rule = "W11"
    label = N_("grant certificate")
    story = N_("{actor} recorded the certificate {training} of {name}, valid {valid_from} to {valid_until}.")

    badge: Badge = Field(title=N_("badge"))
    training: Training = Field(title=N_("training"))
    valid_from: Day = Field(title=N_("first day"))
    valid_until: Day = Field(title=N_("last day"))

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.valid_until < self.valid_from:
            raise problem(DATES_CROSSED)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Add it beside those that the person already holds."""
        row = tx.one(Person, Person.badge == self.badge, what=self.badge)
        if row.id == tx.actor.id:
            raise Refused(OWN_CERTIFICATE())
        tx.session.add(
            Certificate(
                person_id=key(row.id),
                training=self.training,
                valid_from=self.valid_from,
                valid_until=self.valid_until,
            )
        )
        return {"name": row.name}


def new_person(tx: Tx, name: str, roles: tuple[Role, ...], pin: str, language: str, team: str = "") -> Person:
    """Create a person with a new badge."""
    person = tx.add(
        Person(
            badge=tx.number(Kind.BADGE),
            name=name,
            initials=initials(name),
            pin_hash=hash_pin(pin),
            language=language,
            team_id=team_id(tx, team),
        )
    )
    for role in set(roles):
        tx.session.add(PersonRole(person_id=key(person.id), role=role))
    tx.session.flush()
    return person


def team_id(tx: Tx, name: str) -> int | None:
    """The team's id; none for an empty name."""
    return tx.one(Team, Team.name == name, what=name).id if name else None


def _stop_clock(tx: Tx, person: Person) -> None:
    """W3: whoever can no longer stop his own clock must not hold up the colleagues on the item."""
    for entry in tx.all(LabourEntry, LabourEntry.technician_id == person.id, col(LabourEntry.ended_at).is_(None)):
        entry.ended_at, entry.paused = max(tx.now, entry.started_at), PauseReason.SHIFT_END
        tx.session.add(entry)


def _require_administrator(tx: Tx) -> None:
    tx.session.flush()
    holders = tx.all(PersonRole, PersonRole.role == Role.ADMINISTRATOR)
    if not any(tx.get(Person, holder.person_id).active for holder in holders):
        raise Refused(LAST_ADMINISTRATOR())
