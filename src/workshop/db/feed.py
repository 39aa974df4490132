"""The change feed: tells a terminal that something was committed, by whichever terminal, and what it touched."""

import sqlite3
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.database import Database
from workshop.db.ledger import CHANNEL
from workshop.db.tables import LedgerLine

if TYPE_CHECKING:
    import psycopg

_POLL = 0.1  # seconds between two looks at a SQLite file; a look takes microseconds
_SLICE = 0.2  # seconds after which a wait on a server looks whether it was closed
_PAUSE = 1.0  # seconds between two tries to reach a lost server
_LOST = {"connect_timeout": 2, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""How soon a server that says nothing is given up, in seconds; the address may say otherwise."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the ledger's lines after a number touched: orders by number; and the number of the last line."""

    orders: frozenset[str]
    last: int


def changes_after(session: Session, number: int) -> Changes:
    """What was touched after that line of the ledger; `last` is that same number where nothing came after."""
    query = (
        sa.select(col(LedgerLine.order_number), sa.func.max(col(LedgerLine.number)))
        .where(col(LedgerLine.number) > number)
        .group_by(col(LedgerLine.order_number))
    )
    rows = session.execute(query).all()
    return Changes(
        frozenset(order for order, _ in rows if order is not None), max((last for _, last in rows), default=number)
    )


class Feed:
    """Waits for commits on a connection of its own. For one thread; `close` may come from another."""

    def __init__(self, db: Database) -> None:
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._source: _File | _Server = _File(db) if db.is_sqlite else _Server(db)

    def wait(self, timeout: float) -> bool:
        """Whether something may have been committed since the last call, or since the feed was made.

        Returns at once when so, else after `timeout` seconds or when the feed is closed. True also when a lost
        connection to the server has come back, since nobody knows what was missed; until then False, no error.
        """
        deadline = time.monotonic() + timeout
        while True:
            left = max(0.0, deadline - time.monotonic())
            with self._lock:
                if self._closed.is_set():
                    return False
                if self._source.news(min(_SLICE, left)):
                    return True
            if left == 0 or self._closed.wait(min(self._source.pause, left)):
                return False

    def close(self) -> None:
        """End a wait that is under way, and give back the connection."""
        self._closed.set()
        with self._lock:
            self._source.close()


class _File:
    """SQLite: `PRAGMA data_version` changes with every commit of another connection."""

    pause = _POLL

    def __init__(self, db: Database) -> None:
        self._connection = sqlite3.connect(db.url.database or "", isolation_level=None, check_same_thread=False)
        self._seen = self._version()

    def news(self, _patience: float) -> bool:
        """Whether somebody has committed; never waits."""
        before, self._seen = self._seen, self._version()
        return before != self._seen

    def _version(self) -> int:
        found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    def close(self) -> None:
        """Give back the connection."""
        self._connection.close()


class _Server:
    """PostgreSQL: the ledger notifies whoever listens."""

    def __init__(self, db: Database) -> None:
        self._args, options = db.engine.dialect.create_connect_args(db.url)
        self._options = {**_LOST, **options}
        self._connection: psycopg.Connection | None = None
        self.pause = 0.0
        self._connect()

    def news(self, patience: float) -> bool:
        """Whether somebody has committed within `patience` seconds, or the lost server has been found again."""
        from psycopg import InterfaceError, OperationalError

        if self._connection is None:
            return self._connect()
        try:
            return bool(list(self._connection.notifies(timeout=patience, stop_after=1)))
        except (OperationalError, InterfaceError):
            self.close()
            return False

    def _connect(self) -> bool:
        import psycopg

        try:
            self._connection = psycopg.connect(*self._args, **self._options, autocommit=True)
            self._connection.execute(f"LISTEN {CHANNEL}")
        except psycopg.OperationalError:
            self.close()
            return False
        self.pause = 0.0
        return True

    def close(self) -> None:
        """Give back the connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self.pause = None, _PAUSE
