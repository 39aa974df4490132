"""The ledger: append, walk, verify. Also the feed by which terminals learn what changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workshop.db.bundle import answers
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
class Earlier:
    """What a command left that was done before, as far as it tells whether this is the same one."""

    number: int
    person_id: int
    command: str
    payload: str
    outcome: str


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


def append(session: Session, entry: Entry) -> int:
    """Add a line within the writing transaction, chained to the one before; its number."""
    before = head(session)
    line = {
        "number": before.number + 1,
        "at": entry.at,
        "person_id": entry.person_id,
        "badge": entry.badge,
        "terminal": entry.terminal,
        "command": entry.command,
        "command_id": entry.command_id,
        "order_number": entry.order_number,
        "payload": canonical(entry.payload),
        "outcome": canonical(entry.outcome),
        "previous": before.hash,
    }
    hashed = _hash(line)
    connection = session.connection()
    connection.execute(_ADD, line | {"hash": hashed})
    connection.execute(_MOVE, {"to_number": line["number"], "to_hash": hashed})
    if connection.dialect.name == "postgresql":
        connection.execute(_TELL, {"channel": CHANNEL, "number": str(line["number"])})
    return before.number + 1


# As plain statements: no object has to be made and kept in step for what every act leaves behind.
_ADD = sa.insert(LedgerLine.__table__)  # type: ignore[attr-defined]
_MOVE = sa.update(LedgerHead.__table__).values(  # type: ignore[attr-defined]
    number=sa.bindparam("to_number"), hash=sa.bindparam("to_hash")
)
_TELL = sa.select(sa.func.pg_notify(sa.bindparam("channel"), sa.bindparam("number")))
_HEAD = sa.select(col(LedgerHead.number), col(LedgerHead.hash))
_BY_ID = sa.select(
    col(LedgerLine.number),
    col(LedgerLine.person_id),
    col(LedgerLine.command),
    col(LedgerLine.payload),
    col(LedgerLine.outcome),
).where(col(LedgerLine.command_id) == sa.bindparam("command_id"))
_HASHED: Final = (
    *("number", "at", "person_id", "badge", "terminal", "command", "command_id", "order_number"),
    *("payload", "outcome", "previous"),
)
"""What of a line its hash is made of, in this order: any other would break every chain there is."""


def line_hash(line: LedgerLine) -> str:
    """SHA-256 over the canonical JSON of the line's content and the hash of the line before."""
    return _hash({name: getattr(line, name) for name in _HASHED})


def _hash(line: Mapping[str, Any]) -> str:
    at = line["at"].astimezone(UTC).isoformat(timespec="microseconds")
    content = [at if name == "at" else line[name] for name in _HASHED]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def find(session: Session, command_id: str) -> Earlier | None:
    """What a command left, if it was done before."""
    return next((Earlier(*row) for row in answers(session, _BY_ID, {"command_id": command_id})), None)


def head(session: Session) -> Witness:
    """The last line's number and hash."""
    (row,) = answers(session, _HEAD, {})
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
