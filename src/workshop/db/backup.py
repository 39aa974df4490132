"""Backup and restore, for both kinds of database alike: a backup is a SQLite file that holds every table.

So it can be opened as it is, and moves a shop from SQLite to PostgreSQL or back. It is taken while people work.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from workshop.db import ledger, migrations, schema, triggers
from workshop.db.database import Database
from workshop.db.files import appearing
from workshop.db.ledger import Flaw, Witness
from workshop.db.tables import LedgerHead, metadata
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_

TARGET_EXISTS = ReasonKind("-", "backup_exists", N_("{path} is already there. Choose another name for the backup."))
UNWRITABLE = ReasonKind("-", "backup_unwritable", N_("{path} cannot be written: {detail}. Choose another place."))
OLD_SCHEMA = ReasonKind(
    "-",
    "backup_old_schema",
    N_("The database is at revision {found}, not {head}. Back it up with the version that it belongs to."),
)
NO_BACKUP = ReasonKind("-", "no_backup", N_("{path} is not a backup of Workshop. Choose another file."))
DAMAGED = ReasonKind("-", "backup_damaged", N_("{path} is damaged: {detail}. Choose another backup."))
NEWER_BACKUP = ReasonKind(
    "-", "backup_newer", N_("The backup is at revision {found}, newer than {head}. Install a newer Workshop first.")
)
NOT_EMPTY = ReasonKind("-", "restore_not_empty", N_("The database is not empty. Restore into a new, empty one."))
UNSOUND = ReasonKind(
    "-", "restore_unsound", N_("The ledger in {path} does not hold at line {number} ({code}). Choose another backup.")
)

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: the rows of all tables, the ledger's head, and the ledger's first flaw if it has one."""

    rows: int
    head: Witness
    flaw: Flaw | None


def backup(db: Database, target: Path) -> Copied:
    """Copy everything, as it is at one moment, to a new file. Refused where it cannot be; then no file is left.

    A ledger that does not hold is copied nevertheless, as evidence, and told.
    """
    found = schema.revision(db)
    if found != schema.HEAD:
        raise Refused(OLD_SCHEMA(found=found or "-", head=schema.HEAD))
    if target.exists():
        raise Refused(TARGET_EXISTS(path=str(target)))
    try:
        with appearing(target) as partial:
            if db.is_sqlite:
                copy_file(db, partial)
            else:
                _copy_server(db, partial)
            return _inspect(partial, target)
    except OSError as error:
        raise Refused(UNWRITABLE(path=str(target), detail=error.strerror or str(error))) from error


def copy_file(db: Database, target: Path) -> None:
    """Copy a SQLite database, whatever its revision, while others read and write it; `target` may be there, empty."""
    with db.engine.connect() as connection:
        source = connection.connection.driver_connection
        copy = sqlite3.connect(target)
        try:
            if source is not None:
                source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
        finally:
            copy.close()


def _copy_server(db: Database, target: Path) -> None:
    with _file(target, "rwc") as engine, engine.begin() as copy:
        schema.make_tables(copy)
        with db.engine.connect() as connection:
            reading = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            _copy_rows(reading, copy)
        triggers.install(copy)


def restore(source: Path, db: Database, witnesses: Sequence[Witness] = ()) -> Copied:
    """Bring a backup into an empty database of either kind: all of it, with its ledger verified, or nothing.

    A backup of an older revision is upgraded on the way. The file itself is only read.
    """
    found = _revision_of_backup(source)
    if found == schema.HEAD:
        return _restore(source, source, db, witnesses)
    with tempfile.TemporaryDirectory(prefix="workshop-restore-") as folder:
        upgraded = Path(folder) / "backup.db"
        shutil.copyfile(source, upgraded)
        old = Database(f"sqlite:///{upgraded}")
        with schema.alone(old, foreign_keys=False) as connection:
            migrations.upgrade(connection)
        old.close()
        return _restore(upgraded, source, db, witnesses)


def _restore(file: Path, source: Path, db: Database, witnesses: Sequence[Witness]) -> Copied:
    with _file(file, "ro") as engine, engine.connect() as saved, schema.alone(db) as connection:
        _clear(connection)
        schema.make_tables(connection)
        if db.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        rows = _copy_rows(saved, connection)  # before the triggers: an order comes before its inspection
        triggers.install(connection)
        if not db.is_sqlite:
            _continue_sequences(connection)
        copied = _copied(connection, rows, witnesses)
        if copied.flaw is not None:
            raise Refused(UNSOUND(path=str(source), number=copied.flaw.number, code=copied.flaw.code))
        return copied


def _clear(connection: Connection) -> None:
    """Take away the tables of a database in which nothing was ever done; refuse any other that has tables."""
    if not sa.inspect(connection).get_table_names():
        return
    if schema.revision_of(connection) != schema.HEAD:
        raise Refused(NOT_EMPTY())
    for table in metadata.sorted_tables:
        untouched = sa.false() if table.name != LedgerHead.__tablename__ else table.c.number == 0
        if connection.execute(sa.select(sa.exists().select_from(table).where(~untouched))).scalar_one():
            raise Refused(NOT_EMPTY())
    metadata.drop_all(connection)
    connection.exec_driver_sql("DROP TABLE alembic_version")


def _copy_rows(source: Connection, target: Connection) -> int:
    """Copy every row, parents before children and elder before younger, and count them."""
    copied = 0
    for table in metadata.sorted_tables:
        query = sa.select(table).order_by(*table.primary_key)
        with source.execution_options(yield_per=_BATCH).execute(query) as result:
            for batch in result.mappings().partitions():
                target.execute(sa.insert(table), [dict(row) for row in batch])
                copied += len(batch)
    return copied


def _continue_sequences(connection: Connection) -> None:
    """Let every serial number go on after the highest that is taken."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
        highest = sa.select(sa.func.max(column)).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1), highest.is_not(None))))


def _inspect(file: Path, target: Path) -> Copied:
    """Look at a fresh backup as a restore would; refused when the file is damaged."""
    with _file(file, "ro") as engine, engine.connect() as saved:
        _check_whole(saved, target)
        rows = sum(
            saved.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        )
        return _copied(saved, rows, ())


def _copied(connection: Connection, rows: int, witnesses: Sequence[Witness]) -> Copied:
    with Session(connection) as session:
        return Copied(rows, ledger.head(session), ledger.verify(session, witnesses))


def _revision_of_backup(source: Path) -> str:
    if not source.is_file():
        raise Refused(NO_BACKUP(path=str(source)))
    try:
        with _file(source, "ro") as engine, engine.connect() as saved:
            found = schema.revision_of(saved)
            if found is None:
                raise Refused(NO_BACKUP(path=str(source)))
            if found > schema.HEAD:
                raise Refused(NEWER_BACKUP(found=found, head=schema.HEAD))
            _check_whole(saved, source)
            return found
    except sa.exc.DatabaseError as error:
        raise Refused(NO_BACKUP(path=str(source))) from error


def _check_whole(connection: Connection, path: Path) -> None:
    """SQLite's own check of a file, and that no row lacks its parent."""
    try:
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    except sa.exc.DatabaseError as error:
        raise Refused(DAMAGED(path=str(path), detail=str(error.orig))) from error
    if said != "ok" or orphan is not None:
        raise Refused(DAMAGED(path=str(path), detail=str(said) if orphan is None else f"{orphan[0]} {orphan[1]}"))


@contextmanager
def _file(path: Path, mode: str) -> Iterator[Engine]:
    """A SQLite file as it is: nothing appears beside one that is finished when it is only read."""

    def connect() -> sqlite3.Connection:
        log = Path(f"{path}-wal")
        finished = mode == "ro" and not (log.exists() and log.stat().st_size)
        address = f"file:{quote(str(path.absolute()))}?mode={mode}&immutable={int(finished)}"
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        yield engine
    finally:
        engine.dispose()
