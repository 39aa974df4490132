"""The schema: made on an empty database, known by its revision, changed by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workshop.db import triggers
from workshop.db.database import Database
from workshop.db.ledger import GENESIS
from workshop.db.tables import LedgerHead, metadata

HEAD = "0002"
"""The revision this program works with. Revisions are four digits, so that their order can be told without Alembic."""

_LOCK = 0x776F726B  # any number will do, if nobody else on the server uses it
_VERSION_TABLE = """
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )
"""


def revision(db: Database) -> str | None:
    """The revision that the database is at; None where it was never made."""
    with db.engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The revision that a connected database is at; None where it was never made."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return found


@contextmanager
def alone(db: Database, *, foreign_keys: bool = True) -> Iterator[Connection]:
    """The transaction in which the schema may be changed; whoever else asks for it waits until it ends.

    Without `foreign_keys` SQLite does not hold them meanwhile, as rebuilding a table needs; they are checked before
    the commit, and a row without its parent undoes everything with `IntegrityError`.
    """
    with db.engine.execution_options(writing=True).connect() as connection:
        if not db.is_sqlite:
            with connection.begin():
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection
            return
        _hold_foreign_keys(connection, foreign_keys)
        try:
            with connection.begin():
                yield connection
                _check_foreign_keys(connection)
        finally:
            _hold_foreign_keys(connection, True)


def _hold_foreign_keys(connection: Connection, on: bool) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:  # past SQLAlchemy, which would begin a transaction, where this has no effect
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _check_foreign_keys(connection: Connection) -> None:
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        raise sa.exc.IntegrityError("PRAGMA foreign_key_check", tuple(orphan), Exception(f"no parent: {orphan}"))


def create(db: Database) -> bool:
    """Make every table and trigger on an empty database and note the revision; False where somebody was faster."""
    with alone(db) as connection:
        if revision_of(connection) is not None:
            return False
        make_tables(connection)
        connection.execute(sa.insert(LedgerHead).values(id=1, number=0, hash=GENESIS))
        triggers.install(connection)
    return True


def make_tables(connection: Connection) -> None:
    """Every table, empty and without the triggers, and the note of the revision."""
    metadata.create_all(connection)
    connection.execute(sa.text(_VERSION_TABLE))
    connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
