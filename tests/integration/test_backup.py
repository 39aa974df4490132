"""Backups are whole, consistent and move between SQLite and PostgreSQL; restoring is all or nothing."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.catalog import catalog
from support.databases import NEXT, Once
from support.shop import SmallShop

from workshop.db import backup, ledger, schema
from workshop.db.backup import restore
from workshop.db.database import Database
from workshop.db.ledger import Witness
from workshop.db.tables import LedgerHead, metadata
from workshop.domain.reasons import Refused


@pytest.fixture
def target(database_url: str) -> Iterator[Database]:
    """A database without anything, on each kind."""
    db = Database(database_url)
    yield db
    db.close()


@pytest.fixture(scope="session")
def saved(delivered_file: Path, once: Once) -> Path:
    """A backup of a SQLite shop in which an order was driven to its end."""

    def make(target: Path) -> None:
        db = Database(f"sqlite:///{delivered_file}")
        backup.backup(db, target)
        db.close()

    return once.file("saved.db", make)


def content(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with db.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(sa.select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


def opened(saved: Path, folder: Path) -> Database:
    """A copy of a backup, opened: the backup itself stays as it is for the next test."""
    return Database(f"sqlite:///{shutil.copy(saved, folder / 'opened.db')}")


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def damaged(saved: Path, target: Path, statement: str) -> Path:
    """A copy of a backup that somebody has tampered with."""
    target.write_bytes(saved.read_bytes())
    connection = sqlite3.connect(target)
    connection.executescript(statement)
    connection.close()
    return target


def test_a_backup_holds_every_row_and_nothing_else_is_left(delivered_shop: SmallShop, tmp_path: Path) -> None:
    shop = delivered_shop
    folder = tmp_path / "backups"
    folder.mkdir()
    copied = backup.backup(shop.db, folder / "today.db")
    assert [path.name for path in folder.iterdir()] == ["today.db"]
    copy = Database(f"sqlite:///{folder / 'today.db'}")
    assert content(copy) == content(shop.db)
    assert copied.rows == sum(map(len, content(copy).values()))
    copy.close()
    with shop.db.reading() as session:
        assert copied.head == ledger.head(session)
    assert copied.flaw is None
    if os.name == "posix":
        assert (folder / "today.db").stat().st_mode & 0o077 == 0


def test_a_restored_shop_is_the_same_and_goes_on(saved: Path, target: Database, tmp_path: Path) -> None:
    copied = restore(saved, target)
    source = opened(saved, tmp_path)
    before = content(source)
    source.close()
    assert content(target) == before
    with target.reading() as session:
        assert ledger.verify(session, [copied.head]) is None
    shop = SmallShop(target.url.render_as_string(hide_password=False))
    taken = {row[1] for row in before["repair_order"]}
    assert shop.do("clerk", "receive-stock", part_no="FILTER", quantity=3) is not None
    shop.do("clerk", "put-part", part_no="NEW", name_zh="新", name_en="new", old_part="consumable", price="1")
    after = content(target)
    assert len(after["part"]) == len(before["part"]) + 1
    assert len(after["stock_movement"]) == len(before["stock_movement"]) + 1
    assert taken == {row[1] for row in after["repair_order"]}
    shop.close()


def test_a_restored_database_has_the_schema_of_a_fresh_one(saved: Path, target: Database, database: Database) -> None:
    restore(saved, target)
    assert catalog(target) == catalog(database)
    with pytest.raises(sa.exc.DBAPIError), target.writing() as session:
        session.execute(sa.text("DELETE FROM ledger_line"))


def test_a_backup_goes_through_both_databases_unchanged(saved: Path, target: Database, tmp_path: Path) -> None:
    restore(saved, target)
    backup.backup(target, tmp_path / "again.db")
    one, other = opened(saved, tmp_path), Database(f"sqlite:///{tmp_path / 'again.db'}")
    assert content(one) == content(other)
    assert catalog(one) == catalog(other)
    one.close()
    other.close()


def test_a_database_that_was_made_but_never_used_can_be_restored_into(saved: Path, database: Database) -> None:
    copied = restore(saved, database)
    with database.reading() as session:
        assert ledger.head(session) == copied.head


def test_a_database_in_use_is_not_restored_into(saved: Path, shop: SmallShop) -> None:
    before = content(shop.db)
    with pytest.raises(Refused) as refused:
        restore(saved, shop.db)
    assert codes(refused) == ["restore_not_empty"]
    assert content(shop.db) == before


def test_the_tables_of_another_program_are_left_alone(saved: Path, target: Database) -> None:
    with target.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE wages (id INTEGER)")
    with pytest.raises(Refused) as refused:
        restore(saved, target)
    assert codes(refused) == ["restore_not_empty"]


TAMPERED = (
    "DROP TRIGGER ledger_line_no_update; UPDATE ledger_line SET badge = 'x' WHERE number = 5",
    "DROP TRIGGER ledger_line_no_delete; PRAGMA foreign_keys = OFF; DELETE FROM ledger_line WHERE number = 5",
    "UPDATE ledger_head SET number = number - 1",
)


@pytest.mark.parametrize("statement", TAMPERED)
def test_a_backup_whose_ledger_was_tampered_with_is_refused_and_nothing_stays(
    saved: Path, target: Database, tmp_path: Path, statement: str
) -> None:
    with pytest.raises(Refused) as refused:
        restore(damaged(saved, tmp_path / "tampered.db", statement), target)
    assert codes(refused) == ["restore_unsound"]
    assert sa.inspect(target.engine).get_table_names() == []


def test_a_backup_that_contradicts_a_witness_is_refused(saved: Path, target: Database) -> None:
    with pytest.raises(Refused) as refused:
        restore(saved, target, [Witness(7, "0" * 64)])
    assert codes(refused) == ["restore_unsound"]


def test_a_row_without_its_parent_is_refused(saved: Path, target: Database, tmp_path: Path) -> None:
    source = damaged(saved, tmp_path / "orphan.db", "PRAGMA foreign_keys = OFF; DELETE FROM customer WHERE id = 1")
    with pytest.raises(Refused) as refused:
        restore(source, target)
    assert codes(refused) == ["backup_damaged"]


def test_what_is_no_backup_is_refused(target: Database, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database, but long enough to look like one " * 20)
    sqlite3.connect(tmp_path / "empty").close()
    for name in ("text", "empty", "missing"):
        with pytest.raises(Refused) as refused:
            restore(tmp_path / name, target)
        assert codes(refused) == ["no_backup"]


def test_a_file_cut_short_is_refused(saved: Path, target: Database, tmp_path: Path) -> None:
    cut = tmp_path / "cut.db"
    cut.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    with pytest.raises(Refused) as refused:
        restore(cut, target)
    assert codes(refused)[0] in {"backup_damaged", "no_backup"}
    assert sa.inspect(target.engine).get_table_names() == []


def test_a_backup_of_an_older_program_is_upgraded_on_the_way(
    saved: Path, target: Database, newer_program: Path
) -> None:
    before = saved.read_bytes()
    copied = restore(saved, target)
    assert schema.revision(target) == NEXT
    with target.reading() as session:
        assert ledger.verify(session, [copied.head]) is None
    assert saved.read_bytes() == before


def test_a_backup_of_a_newer_program_is_refused(saved: Path, target: Database, tmp_path: Path) -> None:
    newer = damaged(saved, tmp_path / "newer.db", "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused) as refused:
        restore(newer, target)
    assert codes(refused) == ["backup_newer"]


def test_restoring_leaves_the_backup_as_it_was(saved: Path, target: Database, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    kept = folder / "kept.db"
    kept.write_bytes(saved.read_bytes())
    looked_at = Database(f"sqlite:///{kept}")
    content(looked_at)
    looked_at.close()
    before = kept.read_bytes()
    kept.chmod(0o400)
    restore(kept, target)
    assert kept.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["kept.db"]


def test_a_backup_never_overwrites(database: Database, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("keep me")
    with pytest.raises(Refused) as refused:
        backup.backup(database, tmp_path / "there")
    assert codes(refused) == ["backup_exists"]
    assert (tmp_path / "there").read_text() == "keep me"


def test_a_place_that_cannot_be_written_is_told(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        backup.backup(database, tmp_path / "no such folder" / "backup.db")
    assert codes(refused) == ["backup_unwritable"]


def test_a_backup_that_fails_midway_leaves_no_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(backup, "_inspect", fail)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(RuntimeError, match="power cut"):
        backup.backup(database, folder / "backup.db")
    assert list(folder.iterdir()) == []


def test_a_database_of_another_revision_is_not_backed_up_as_if_it_were_this_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "HEAD", NEXT)
    with pytest.raises(Refused) as refused:
        backup.backup(database, tmp_path / "backup.db")
    assert codes(refused) == ["backup_old_schema"]


def test_a_flawed_ledger_is_backed_up_and_told(shop: SmallShop, tmp_path: Path) -> None:
    with shop.db.writing() as session:
        session.execute(sa.update(LedgerHead).values(hash="f" * 64))
    copied = backup.backup(shop.db, tmp_path / "evidence.db")
    assert copied.flaw is not None
    assert copied.flaw.code == "cut_off"


def test_backups_taken_while_people_work_are_each_of_one_moment(shop: SmallShop, tmp_path: Path) -> None:
    stop = threading.Event()
    acts = 0

    def work() -> None:
        nonlocal acts
        while not stop.is_set():
            shop.do("clerk", "receive-stock", part_no="FILTER", quantity=1)
            acts += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        taken = [backup.backup(shop.db, tmp_path / f"{turn}.db") for turn in range(3)]
    finally:
        stop.set()
        worker.join()
    assert acts > 0
    assert all(copied.flaw is None for copied in taken)
    assert [copied.head.number for copied in taken] == sorted(copied.head.number for copied in taken)


KILLED = """
import os, sys
from pathlib import Path
from workshop.db import backup
from workshop.db.database import Database
backup._inspect = lambda *_: os.kill(os.getpid(), 9)
backup.backup(Database(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_killed_backup_has_no_file_under_its_name(made_url: str, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    done = subprocess.run([sys.executable, "-c", KILLED, made_url, str(target)], check=False, capture_output=True)
    assert done.returncode == -9
    assert not target.exists()
