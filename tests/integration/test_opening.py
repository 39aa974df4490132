"""Opening a database: an empty one is made once, an older one upgraded after a backup, everything odd refused."""

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.catalog import catalog
from support.databases import LATER, NEXT, NOW
from support.opener import open_it
from support.processes import together

from workshop.db import ledger, schema
from workshop.db.database import Database
from workshop.db.files import network_file_system
from workshop.db.opening import CannotOpen, open_database
from workshop.i18n import translator


def refusal(url: str, **options: bool) -> str:
    """The code of the reason for which a database is not opened; its sentence is whole."""
    with pytest.raises(CannotOpen) as refused:
        open_database(url, **options)
    (reason,) = refused.value.reasons
    told = translator("en").reason(reason)
    assert "{" not in told
    assert all(str(value) in told for value in reason.args.values())
    return reason.code


def without_driver(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def test_an_empty_database_is_made_and_then_opened(database_url: str, database: Database) -> None:
    for _ in range(2):
        db = open_database(without_driver(database_url))
        assert schema.revision(db) == schema.HEAD
        assert catalog(db) == catalog(database)
        with db.reading() as session:
            assert ledger.verify(session) is None
        db.close()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there yet" / "车间.db"
    open_database(f"sqlite:///{path}").close()
    assert path.is_file()


def test_an_older_sqlite_file_is_copied_beside_itself_then_upgraded(tmp_path: Path, newer_program: Path) -> None:
    path = tmp_path / "shop" / "workshop.db"
    _make_old(f"sqlite:///{path}")
    db = open_database(f"sqlite:///{path}")
    assert schema.revision(db) == NEXT
    assert sa.inspect(db.engine).has_table("later")
    db.close()
    assert sorted(one.name for one in path.parent.iterdir()) == [f"workshop-{NOW}.db", "workshop.db"]
    copy = sqlite3.connect(path.with_name(f"workshop-{NOW}.db"))
    assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (NOW,)
    assert copy.execute("SELECT name FROM team").fetchall() == [("一组",)]
    copy.close()


def test_a_copy_from_an_earlier_try_is_kept(tmp_path: Path, newer_program: Path) -> None:
    path = tmp_path / "workshop.db"
    _make_old(f"sqlite:///{path}")
    path.with_name(f"workshop-{NOW}.db").write_text("an earlier copy")
    open_database(f"sqlite:///{path}").close()
    assert path.with_name(f"workshop-{NOW}.db").read_text() == "an earlier copy"
    assert path.with_name(f"workshop-{NOW}-2.db").is_file()


def test_an_older_postgresql_is_upgraded_only_when_asked(empty_postgres_url: str, newer_program: Path) -> None:
    _make_old(empty_postgres_url)
    assert refusal(empty_postgres_url) == "database_older"
    db = open_database(empty_postgres_url, allow_migration=True)
    assert schema.revision(db) == NEXT
    db.close()
    open_database(empty_postgres_url).close()


def test_of_terminals_that_open_an_older_sqlite_file_at_once_one_upgrades_it(
    tmp_path: Path, newer_program: Path
) -> None:
    path = tmp_path / "shop" / "workshop.db"
    _make_old(f"sqlite:///{path}")
    with ThreadPoolExecutor(4) as terminals:
        for db in terminals.map(open_database, [f"sqlite:///{path}"] * 4):
            assert schema.revision(db) == NEXT
            db.close()
    assert sorted(one.name for one in path.parent.iterdir()) == [f"workshop-{NOW}.db", "workshop.db"]


def test_an_upgrade_that_fails_leaves_everything_as_it_was(database_url: str, newer_program: Path) -> None:
    _make_old(database_url)
    (newer_program / f"{NEXT}_later.py").write_text(LATER + '    raise RuntimeError("a mistake")\n')
    with pytest.raises(RuntimeError, match="a mistake"):
        open_database(database_url, allow_migration=True)
    db = Database(database_url)
    assert schema.revision(db) == NOW
    assert not sa.inspect(db.engine).has_table("later")
    db.close()


def _make_old(url: str) -> None:
    """A database as the present program makes it, with a row in it."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(exist_ok=True)
    db = Database(url)
    schema.create(db)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO team (name) VALUES ('一组')")
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{NOW}'")
    db.close()


@pytest.mark.parametrize("revision", ["9999", "unknown"])
def test_a_newer_database_is_refused_and_not_touched(made_url: str, revision: str) -> None:
    db = Database(made_url)
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :found"), {"found": revision})
    before = catalog(db)
    assert refusal(made_url, allow_migration=True) == "database_newer"
    assert catalog(db) == before
    db.close()


def test_tables_of_another_program_are_refused(database_url: str) -> None:
    db = Database(database_url)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE wages (id INTEGER)")
    assert refusal(database_url) == "database_foreign"
    assert sa.inspect(db.engine).get_table_names() == ["wages"]
    db.close()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://a@b/c", "sqlite://", "postgresql://somebody@host"])
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refusal(url) == "database_address"


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 100)
    assert refusal(f"sqlite:///{path}") == "database_unreachable"
    assert path.read_text() == "Dear customer, " * 100


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert refusal(f"sqlite:///{tmp_path}") == "database_unreachable"


def test_a_server_that_does_not_answer_is_refused_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://somebody:secret@/workshop?host={tmp_path}"
    with pytest.raises(CannotOpen) as refused:
        open_database(url)
    (reason,) = refused.value.reasons
    assert reason.code == "database_unreachable"
    assert "secret" not in translator("en").reason(reason)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refusal("postgresql+psycopg://somebody@host/name") == "database_no_driver"


MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /srv/nas rw,relatime shared:2 - nfs4 nas:/export rw
31 22 0:41 / /srv/my\040share rw - cifs //server/share rw
32 30 0:42 / /srv/nas/local rw - xfs /dev/sdb rw
33 22 0:43 / /srv/over rw - fuse.sshfs me@host: rw
34 22 0:44 / /srv/over rw - tmpfs tmpfs rw
35 22 0:45 / /mnt/c rw master:3 propagate_from:2 - 9p C:\134 rw
""".strip()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/workshop.db", None),
        ("/srv/nas/workshop.db", "nfs4"),
        ("/srv/nas2/workshop.db", None),
        ("/srv/my share/deep/workshop.db", "cifs"),
        ("/srv/nas/local/workshop.db", None),
        ("/srv/over/workshop.db", None),
        ("/mnt/c/workshop.db", "9p"),
        ("/srv/nas/local/../workshop.db", "nfs4"),
    ],
)
def test_the_file_system_of_a_path_is_that_of_its_nearest_mount(path: str, kind: str | None) -> None:
    assert network_file_system(Path(path), MOUNTS) == kind


def test_a_machine_whose_root_is_a_shared_folder_has_it_for_itself_but_not_a_network_root() -> None:
    root = "22 1 0:1 / / rw - {} none rw"
    assert network_file_system(Path("/var/workshop.db"), root.format("9p")) is None
    assert network_file_system(Path("/var/workshop.db"), root.format("nfs")) == "nfs"


def test_a_link_to_a_network_file_system_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "nas").mkdir()
    (tmp_path / "shop.db").symlink_to(tmp_path / "nas" / "shop.db")
    mounts = f"22 1 0:1 / / rw - ext4 x rw\n23 22 0:2 / {tmp_path.resolve()}/nas rw - nfs x rw"
    assert network_file_system(tmp_path / "shop.db", mounts) == "nfs"


def test_a_sqlite_file_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 0:1 / / rw - ext4 x rw\n23 22 0:2 / {tmp_path.resolve()}/nas rw - smb3 x rw")
    monkeypatch.setattr("workshop.db.files._MOUNTS", mounts)
    assert refusal(f"sqlite:///{tmp_path / 'nas' / 'workshop.db'}") == "database_on_network"
    assert not (tmp_path / "nas").exists()
    open_database(f"sqlite:///{tmp_path / 'workshop.db'}").close()


MODULES = """
import json, sys
from workshop.db.opening import open_database
open_database(sys.argv[1]).close()
print(json.dumps(sorted(sys.modules)))
"""


def test_opening_does_not_import_alembic(database_url: str) -> None:
    for _ in ("making it", "opening it"):
        done = subprocess.run([sys.executable, "-c", MODULES, database_url], check=True, capture_output=True, text=True)
        modules = json.loads(done.stdout)
        assert "workshop.db.opening" in modules
        assert "alembic" not in modules
        if database_url.startswith("sqlite"):
            assert "psycopg" not in modules


def test_of_processes_that_open_an_empty_database_at_once_exactly_one_makes_it(database_url: str) -> None:
    with together(6) as processes:
        told = [each.result(timeout=120) for each in [processes.submit(open_it, database_url) for _ in range(6)]]
    assert sorted(told) == [*[(False, schema.HEAD)] * 5, (True, schema.HEAD)]
    db = Database(database_url)
    with db.reading() as session:
        assert ledger.verify(session) is None
    db.close()
