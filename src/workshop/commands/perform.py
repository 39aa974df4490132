"""The one function that performs every act: one transaction, every check, one ledger line."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import Session, col

from workshop.commands.base import Command, OrderAct, Outcome
from workshop.commands.tx import Actor, Tx
from workshop.db import ledger
from workshop.db.bundle import answers
from workshop.db.database import Database
from workshop.db.tables import Person, PersonRole
from workshop.domain.moves import wrong_stage
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.words import N_, JsonValue

Clock = Callable[[], datetime]
SIGNATURE_LIFE = timedelta(minutes=2)

ROLE_MISSING = ReasonKind("-", "role_missing", N_("Your roles do not allow this. It may be done by: {roles}"))
SIGNATURE_MISSING = ReasonKind("-", "signature_missing", N_("This is a signature: enter your own PIN again."))
PERSON_INACTIVE = ReasonKind("-", "person_inactive", N_("This person no longer works here. Ask the administrator."))
ID_USED = ReasonKind("-", "id_used", N_("This command id was already used for another act. Send it with a new id."))

_PERSON = (
    sa.select(
        col(Person.badge),
        col(Person.name),
        col(Person.language),
        col(Person.team_id),
        col(Person.active),
        col(PersonRole.role),
    )
    .outerjoin(PersonRole, col(PersonRole.person_id) == col(Person.id))
    .where(col(Person.id) == sa.bindparam("person_id"))
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Proof that a person has just entered the PIN again; made by `workshop.commands.sign_in.sign` only."""

    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command, and its line in the ledger. `repeated`: it was done before, and not again."""

    number: int
    outcome: Outcome
    repeated: bool = False


def utc_now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


def perform(
    db: Database,
    command: Command,
    person_id: int,
    terminal: str,
    *,
    signature: Signature | None = None,
    command_id: str | None = None,
    clock: Clock = utc_now,
) -> Done:
    """Do one act. `Refused` with the reasons if a rule forbids it; then nothing has changed."""
    with db.writing() as session:
        return perform_in(session, command, person_id, terminal, clock(), signature, command_id)


class _TakenBack(Exception):
    """Ends the transaction of a rehearsal."""


def rehearse(db: Database, command: Command, person_id: int, terminal: str, *, clock: Clock = utc_now) -> Outcome:
    """What would come of an act that is no signature; nothing is kept. `Refused` as if it were done."""
    outcome: Outcome = {}
    try:
        with db.writing() as session:
            outcome = perform_in(session, command, person_id, terminal, clock()).outcome
            raise _TakenBack
    except _TakenBack:
        return outcome


def perform_in(
    session: Session,
    command: Command,
    person_id: int,
    terminal: str,
    now: datetime,
    signature: Signature | None = None,
    command_id: str | None = None,
) -> Done:
    """The same within a writing transaction that the caller holds (imports do many at once)."""
    before = ledger.find(session, command_id) if command_id else None
    if before is not None:
        return _again(before, command, person_id)
    tx = Tx(session, now, load_actor(session, person_id), terminal)
    _require_leave(tx, command, signature)
    order = command.locate(tx)
    if isinstance(command, OrderAct) and order is not None:
        require(wrong_stage(order.stage, command.stages, command.rule))
    outcome = command.handle(tx)
    if order is None and isinstance(found := outcome.get("order"), str):
        order_number: str | None = found
    else:
        order_number = order.number if order is not None else None
    number = ledger.append(
        session,
        ledger.Entry(
            at=now,
            person_id=person_id,
            badge=tx.actor.badge,
            terminal=terminal,
            command=command.name,
            command_id=command_id or str(uuid4()),
            order_number=order_number,
            payload=payload_of(command),
            outcome=outcome,
        ),
    )
    return Done(number, outcome)


def payload_of(command: Command) -> dict[str, JsonValue]:
    """The fields as kept in the ledger; secrets are left out."""
    secret = {name for name in type(command).model_fields if isinstance(getattr(command, name), SecretStr)}
    payload: dict[str, JsonValue] = command.model_dump(mode="json", exclude=secret, exclude_defaults=True)
    return payload


def load_actor(session: Session, person_id: int) -> Actor:
    """The person as the database knows them now: a role taken away counts at once."""
    rows = list(answers(session, _PERSON, {"person_id": person_id}))
    if not rows or not rows[0].active:
        raise Refused(PERSON_INACTIVE())
    person, roles = rows[0], frozenset(row.role for row in rows if row.role is not None)
    return Actor(person_id, person.badge, person.name, roles, person.language, person.team_id)


def _require_leave(tx: Tx, command: Command, signature: Signature | None) -> None:
    if not command.roles & tx.actor.roles:
        raise Refused(ROLE_MISSING(roles=tuple(role.label for role in sorted(command.roles))))
    if not command.signature:
        return
    fresh = signature is not None and signature.person_id == tx.actor.id
    if signature is None or not fresh or abs(tx.now - signature.at) > SIGNATURE_LIFE:
        raise Refused(SIGNATURE_MISSING())


def _again(before: ledger.Earlier, command: Command, person_id: int) -> Done:
    same = before.command == command.name and before.person_id == person_id
    if not same or before.payload != ledger.canonical(payload_of(command)):
        raise Refused(ID_USED())
    return Done(before.number, json.loads(before.outcome), repeated=True)
