"""The ledger: append, walk, verify. Also the feed by which terminals learn what changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workshop.db.tables import LedgerHead, LedgerLine
from workshop.domain.words import JsonValue

CHANNEL = "workshop"
GENESIS = "0" * 64
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """What a command leaves in the ledger."""

    at: datetime
    person_id: int
    badge: str
    terminal: str
    command: str
    command_id: str
    order_number: str | None
    payload: Mapping[str, JsonValue]
    outcome: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Witness:
    """The number and hash of a ledger line, as kept outside the database."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first line that does not hold, and why (`code`)."""

    number: int
    code: str


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def append(session: Session, entry: Entry) -> LedgerLine:
    """Add a line within the writing transaction, chained to the one before."""
    head = session.exec(select(LedgerHead)).one()
    line = LedgerLine(
        number=head.number + 1,
        at=entry.at,
        person_id=entry.person_id,
        badge=entry.badge,
        terminal=entry.terminal,
        command=entry.command,
        command_id=entry.command_id,
        order_number=entry.order_number,
        payload=canonical(entry.payload),
        outcome=canonical(entry.outcome),
        previous=head.hash,
        hash="",
    )
    line.hash = line_hash(line)
    head.number, head.hash = line.number, line.hash
    session.add(line)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_notify(CHANNEL, str(line.number))))
    return line


def line_hash(line: LedgerLine) -> str:
    """SHA-256 over the canonical JSON of the line's content and the hash of the line before."""
    content = [
        line.number,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.person_id,
        line.badge,
        line.terminal,
        line.command,
        line.command_id,
        line.order_number,
        line.payload,
        line.outcome,
        line.previous,
    ]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def find(session: Session, command_id: str) -> LedgerLine | None:
    """The line that a command left, if it was done before."""
    return session.exec(select(LedgerLine).where(LedgerLine.command_id == command_id)).one_or_none()


def head(session: Session) -> Witness:
    """The last line's number and hash."""
    row = session.exec(select(LedgerHead)).one()
    return Witness(row.number, row.hash)


def after(session: Session, number: int, most: int = _BATCH) -> Sequence[LedgerLine]:
    """The lines after a number, oldest first."""
    query = select(LedgerLine).where(col(LedgerLine.number) > number).order_by(col(LedgerLine.number)).limit(most)
    return session.exec(query).all()


def verify(session: Session, witnesses: Sequence[Witness] = ()) -> Flaw | None:
    """Walk the chain from its beginning and hold it against the witnesses; the first flaw, or None."""
    expected: dict[int, set[str]] = {}
    for witness in witnesses:
        expected.setdefault(witness.number, set()).add(witness.hash)
    number, previous = 0, GENESIS
    for line in _walk(session):
        number += 1
        if line.number != number:
            return Flaw(number, "missing")
        if line.previous != previous:
            return Flaw(number, "broken_chain")
        if line_hash(line) != line.hash:
            return Flaw(number, "altered")
        if expected.pop(number, {line.hash}) != {line.hash}:
            return Flaw(number, "contradicts_witness")
        previous = line.hash
        session.expunge(line)
    if expected:
        return Flaw(min(expected), "missing")
    row = head(session)
    return None if (row.number, row.hash) == (number, previous) else Flaw(number + 1, "cut_off")


def _walk(session: Session) -> Iterator[LedgerLine]:
    number = 0
    while lines := after(session, number):
        yield from lines
        number = lines[-1].number
