"""Engine and transactions. One writer at a time on both databases, so that no rule has to think about races."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlmodel import Session, select

from workshop.db.tables import LedgerHead

_PATIENCE = 30.0  # seconds that a writer waits for its turn
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA busy_timeout = 5000",
)


class DatabaseBusy(Exception):
    """No turn to write came up within half a minute; nothing was changed."""


class Database:
    """A shop's database: SQLite (embedded) or PostgreSQL, by its URL."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.engine = _engine(self.url)
        self._writer = self.engine.execution_options(writing=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view for queries; nothing is written."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The one writing transaction: commits at the end, rolls everything back on any exception."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            if not self.is_sqlite:
                session.execute(select(LedgerHead.number).with_for_update())
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_size=4, max_overflow=8)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 5})
    sa.event.listen(engine, "connect", _configure_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("writing"):
        connection.exec_driver_sql("BEGIN")
        return
    _take_turn(connection)


def _take_turn(connection: Connection) -> None:
    """BEGIN IMMEDIATE with a short random wait between tries: SQLite's own busy handler is unfair under load."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise DatabaseBusy
    deadline = time.monotonic() + _PATIENCE
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise DatabaseBusy from error
                time.sleep(random.uniform(0.0005, 0.004))  # noqa: S311
            else:
                return
    finally:
        driver.execute("PRAGMA busy_timeout = 5000")
