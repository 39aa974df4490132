"""The story of an order in plain sentences, read from the ledger."""

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session, col

from workshop.commands.base import commands
from workshop.db.tables import LedgerLine, Person
from workshop.domain.words import N_, JsonValue, Message

UNKNOWN = N_("{actor} did: {command}.")
FIRST_START = N_("{actor} set the shop up.")
HIDDEN = "●●●"
_TELL_PLATES = frozenset({"open-order", "correct-plate"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One act, ready for translation: `text` with `args`, by whom, when, at which terminal, under which rule."""

    number: int
    at: datetime
    actor: str
    terminal: str
    rule: str
    command: str
    text: Message
    args: dict[str, object]


def story(session: Session, order_number: str, *, hide_plate: bool = False, most: int = 500) -> list[Sentence]:
    """What happened to the order, oldest first. `hide_plate` for those who must prove it first (W1)."""
    query = _lines().where(col(LedgerLine.order_number) == order_number)
    return [_sentence(row, hide_plate=hide_plate) for row in session.execute(query.limit(most))]


def latest(session: Session, most: int = 50) -> list[Sentence]:
    """The last acts in the whole shop, newest first."""
    query = _lines().order_by(None).order_by(col(LedgerLine.number).desc()).limit(most)
    return [_sentence(row, hide_plate=False) for row in session.execute(query)]


def sentence_of(
    command_name: str, payload: dict[str, JsonValue], outcome: dict[str, JsonValue], actor: str
) -> tuple[Message, dict[str, object]]:
    """The sentence that tells an act, from its fields and what came of it."""
    command = commands().get(command_name)
    if command is None:
        first = command_name == "first-start"
        return (FIRST_START if first else UNKNOWN), {"actor": actor, "command": command_name}
    fields: dict[str, object] = {
        name: one.default for name, one in command.model_fields.items() if not one.is_required()
    }
    return command.story, {**fields, **_typed(command_name, payload), **outcome, "actor": actor}


def _lines() -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(
            col(LedgerLine.number),
            col(LedgerLine.at),
            col(LedgerLine.terminal),
            col(LedgerLine.command),
            col(LedgerLine.payload),
            col(LedgerLine.outcome),
            col(Person.name).label("actor"),
        )
        .join(Person, col(Person.id) == col(LedgerLine.person_id))
        .order_by(col(LedgerLine.number))
    )


def _sentence(row: sa.Row[*tuple[object, ...]], *, hide_plate: bool) -> Sentence:
    text, args = sentence_of(row.command, json.loads(row.payload), json.loads(row.outcome), row.actor)
    if hide_plate and row.command in _TELL_PLATES:
        args |= {"plate": HIDDEN, "before": HIDDEN, "after": HIDDEN}
    known = commands().get(row.command)
    return Sentence(row.number, row.at, row.actor, row.terminal, known.rule if known else "-", row.command, text, args)


def _typed(command_name: str, payload: dict[str, JsonValue]) -> dict[str, object]:
    """The payload with its enumerations and times; as it is if the command has changed since."""
    command = commands()[command_name]
    try:
        given = command.model_validate(payload)
    except ValidationError:
        return dict(payload)
    return {name: getattr(given, name) for name in payload}
