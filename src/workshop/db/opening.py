"""Opens a shop's database: makes an empty one, upgrades an older one after a backup, refuses what it must not touch."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from workshop.db import schema
from workshop.db.database import Database
from workshop.db.files import appearing, network_file_system
from workshop.domain.reasons import Reason, ReasonKind, Refused
from workshop.domain.words import N_

NEWER = ReasonKind(
    "-",
    "database_newer",
    N_("The database is at revision {found}, newer than {head}, which this program knows. Install a newer Workshop."),
)
UPGRADE = ReasonKind(
    "-",
    "database_older",
    N_(
        "The database is at revision {found}; this program needs {head}. "
        "End all terminals, make a backup of the server, then run: workshop db upgrade"
    ),
)
FOREIGN = ReasonKind(
    "-", "database_foreign", N_("{place} holds tables of another program. Give Workshop a database of its own.")
)
NETWORK = ReasonKind(
    "-",
    "database_on_network",
    N_(
        "{place} lies on a network file system ({kind}), where SQLite loses data. "
        "Use a local folder, or PostgreSQL for several machines."
    ),
)
UNREACHABLE = ReasonKind(
    "-", "database_unreachable", N_("{place} cannot be opened: {detail}. Check the address, the server and the rights.")
)
NO_DRIVER = ReasonKind(
    "-", "database_no_driver", N_("PostgreSQL needs a driver that is not installed: pip install 'workshop[postgres]'")
)
BAD_ADDRESS = ReasonKind(
    "-",
    "database_address",
    N_("This is not the address of a database. Write sqlite:////folder/file.db or postgresql://user@host/name."),
)


class CannotOpen(Refused):
    """The database cannot be opened; it was not changed."""


def open_database(url: str, *, allow_migration: bool = False) -> Database:
    """The database at that address, ready for work. Refused with `CannotOpen`.

    An older SQLite file is copied beside itself and upgraded; an older PostgreSQL only with `allow_migration`, since
    other machines may be working on it.
    """
    address = _address(url)
    place = address.render_as_string(hide_password=True)
    db = _connect(address, place)
    try:
        _bring_to_head(db, place, allow_migration=allow_migration or db.is_sqlite)
    except sa.exc.DBAPIError as error:
        db.close()
        raise _unreachable(place, error.orig or error) from error
    except BaseException:
        db.close()
        raise
    return db


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except sa.exc.ArgumentError as error:
        raise CannotOpen(BAD_ADDRESS()) from error
    if address.get_backend_name() not in ("sqlite", "postgresql") or not address.database:
        raise CannotOpen(BAD_ADDRESS())
    return address


def _connect(address: URL, place: str) -> Database:
    if address.get_backend_name() == "sqlite":
        path = Path(address.database or "")
        kind = network_file_system(path)
        if kind is not None:
            raise CannotOpen(NETWORK(place=str(path), kind=kind))
        try:
            path.absolute().parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unreachable(place, error) from error
    try:
        return Database(address)
    except ModuleNotFoundError as error:
        raise CannotOpen(NO_DRIVER()) from error
    except sa.exc.ArgumentError as error:  # no such driver
        raise CannotOpen(BAD_ADDRESS()) from error


def _unreachable(place: str, error: BaseException) -> CannotOpen:
    detail = " ".join(str(error).split()).rstrip(".")
    return CannotOpen(UNREACHABLE(place=place, detail=detail))


def _bring_to_head(db: Database, place: str, *, allow_migration: bool) -> None:
    found = schema.revision(db)
    if found is None:
        _refuse_foreign(db, place)
        schema.create(db)
        found = schema.revision(db)  # where another process was faster, that one's
    if found == schema.HEAD:
        return
    reason = _reason_against(found or "-", allow_migration=allow_migration)
    if reason is not None:
        raise CannotOpen(reason)
    _upgrade(db)


def _reason_against(found: str, *, allow_migration: bool) -> Reason | None:
    if found > schema.HEAD or not found.isdigit():
        return NEWER(found=found, head=schema.HEAD)
    return None if allow_migration else UPGRADE(found=found, head=schema.HEAD)


def _refuse_foreign(db: Database, place: str) -> None:
    if sa.inspect(db.engine).get_table_names() and schema.revision(db) is None:  # in this order: others may be creating
        raise CannotOpen(FOREIGN(place=place))


def _upgrade(db: Database) -> None:
    """Upgrade unless another process did while this one waited. A SQLite file is first copied beside itself."""
    from workshop.db import backup, migrations

    with schema.alone(db, foreign_keys=False) as connection:
        found = schema.revision_of(connection)
        if found == schema.HEAD:
            return
        if db.is_sqlite:
            with appearing(_beside(Path(db.url.database or ""), str(found))) as partial:
                backup.copy_file(db, partial)
        migrations.upgrade(connection)


def _beside(path: Path, revision: str) -> Path:
    """A free name beside a database for its copy at a revision: `workshop-0001.db`, `workshop-0001-2.db`, …"""
    target, count = path.with_stem(f"{path.stem}-{revision}"), 1
    while target.exists():
        count += 1
        target = path.with_stem(f"{path.stem}-{revision}-{count}")
    return target
