"""The test run's one PostgreSQL server, shared by all xdist workers, and fresh databases on it.

The pytest process (xdist's controller, or the only process) holds a lock for as long as it lives. The first test that
needs PostgreSQL starts a keeper, apart from pytest; the keeper runs the server and stops it when it gets that lock: at
the run's end, after Ctrl+C and after `kill -9` alike. If the keeper itself is killed, Linux ends the server too.
"""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from support.postgres import READY, RUN_LOCK, SERVER, Server, ServerError, locked
from workshop.db import migrations, schema
from workshop.db.database import Database

FOLDER = pytest.StashKey[Path]()
LOCK = pytest.StashKey[contextlib.ExitStack]()
WORKER_KEY = "postgres_folder"
NOW = schema.HEAD
NEXT = f"{int(NOW) + 1:04d}"
"""The present revision, and the one that a newer program will bring."""
LATER = f"""
from alembic import op

revision = "{NEXT}"
down_revision = "{NOW}"


def upgrade():
    op.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")
"""
KINDS = ("sqlite", "postgresql")
ONE_DATABASE = "one_database"
"""Marks, with the reason, tests of what Python alone decides, where others ask the same of both kinds of database.

Every act is done on both in every run (`test_every_act_is_done_by_whoever_may` in test_permissions.py), the random
walks try them all on both, and what asks the database something of its own (queries, guards, figures, backups) runs on
both. `grep -rn one_database tests` lists what does not, each with its reason.
"""


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder, outside pytest's own, which only its owner may enter, and hold the run's lock in it."""
    config.addinivalue_line("markers", f"{ONE_DATABASE}(why): runs on SQLite alone, but for --nightly")
    given = getattr(config, "workerinput", {}).get(WORKER_KEY)
    if given is not None:
        config.stash[FOLDER] = Path(given)
        return
    folder = config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="workshop-pg-"))
    folder.chmod(0o711)
    lock = config.stash[LOCK] = contextlib.ExitStack()
    lock.enter_context(locked(folder / RUN_LOCK))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what is shown on SQLite alone, and insist on the reason."""
    kept, left = [], []
    for item in items:
        for mark in item.iter_markers(ONE_DATABASE):
            if len(mark.args) != 1 or len(str(mark.args[0])) < 20 or mark.kwargs:
                raise pytest.UsageError(f"{item.nodeid}: {ONE_DATABASE} asks for the reason why one is enough")
        of = getattr(item, "callspec", None)
        spared = of is not None and of.params.get("kind") == "postgresql" and item.get_closest_marker(ONE_DATABASE)
        (left if spared and not config.getoption("--nightly") else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each xdist worker the run's folder."""
    node.workerinput[WORKER_KEY] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let the run's lock go and see the server out, so that nothing is left behind."""
    if LOCK not in config.stash:
        return
    folder = config.stash[FOLDER]
    config.stash[LOCK].close()
    end = time.monotonic() + 15
    while (folder / SERVER).exists() and time.monotonic() < end:
        time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


def server_of_the_run(folder: Path) -> Server:
    """The run's server, started now if no worker did before; `ServerError` when it cannot run."""
    with locked(folder / "start.lock"):
        if not (folder / READY).exists():
            (folder / SERVER).mkdir(mode=0o700, exist_ok=True)  # the run's end waits while it is there
            done = subprocess.run(
                [sys.executable, "-m", "support.postgres", str(folder)],
                cwd=Path(__file__).parents[1],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=120,
                start_new_session=True,  # Ctrl+C is for pytest, not for the keeper
            )
            if not (folder / READY).exists():
                raise ServerError(f"The tests' PostgreSQL did not start.\n{done.stdout}")
    return Server(folder / SERVER)


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Server:
    """The run's PostgreSQL server. A test that asks for it fails where it cannot run; it is never skipped."""
    try:
        return server_of_the_run(pytestconfig.stash[FOLDER])
    except ServerError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


@pytest.fixture
def empty_postgres_url(postgres: Server) -> Iterator[str]:
    """The address of a new, empty database, removed after the test."""
    with postgres.database("empty") as name:
        yield postgres.url(name)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test that asks for it, or for one of the next three, runs once on each."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a new, empty database: of a file that is not there yet, or on the server."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'workshop.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


class Once:
    """What is made once per run, by whichever worker needs it first; the others wait for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def shop_file(self, name: str, fill: Callable[[str], object], of: Path | None = None) -> Path:
        """A SQLite file, begun as a copy of `of`, that `fill`, given its address, has filled: to look at or to copy."""

        def make(target: Path) -> None:
            building = target.with_suffix(".building")
            if of is not None:
                shutil.copyfile(of, building)
            fill(f"sqlite:///{building}")
            with closing(sqlite3.connect(building)) as whole, closing(sqlite3.connect(target)) as one:
                whole.backup(one)
                one.execute("PRAGMA journal_mode = WAL")  # as the program wants it: whoever only looks changes nothing

        return self.file(f"{name}.db", make)

    def file(self, name: str, make: Callable[[Path], object]) -> Path:
        """A file that `make` has written."""
        path = self.folder / name
        with locked(self.folder / f"{name}.lock"):
            if not path.exists():
                unfinished = self.folder / f"{name}.unfinished"
                make(unfinished)
                unfinished.rename(path)
        return path

    def template(self, server: Server, name: str, fill: Callable[[str], object], of: str | None = None) -> str:
        """The name of a PostgreSQL database, begun as a copy of `of`, that `fill` has filled."""

        def make(sign: Path) -> None:
            server.drop_database(name)
            server.create_database(name, of)
            fill(server.url(name))
            sign.touch()

        self.file(f"{name}.made", make)
        return name


@pytest.fixture(scope="session")
def once(pytestconfig: pytest.Config) -> Once:
    """Makes things once per run."""
    return Once(pytestconfig.stash[FOLDER])


@pytest.fixture(scope="session")
def prepared_file(once: Once) -> Path:
    """A SQLite file with the schema, to be copied."""
    return once.shop_file("prepared", _make_schema)


@pytest.fixture(scope="session")
def prepared_template(postgres: Server, once: Once) -> str:
    """The name of a PostgreSQL database with the schema, to be copied; nobody is connected to it."""
    return once.template(postgres, "prepared", _make_schema)


def _make_schema(url: str) -> None:
    db = Database(url)
    schema.create(db)
    db.close()


@contextlib.contextmanager
def copied(kind: str, what: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a copy of what the fixtures `what`_file and `what`_template hold ready."""
    if kind == "sqlite":
        path = folder / f"{what}.db"
        shutil.copyfile(request.getfixturevalue(f"{what}_file"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database(what, request.getfixturevalue(f"{what}_template")) as name:
        yield server.url(name)


@pytest.fixture
def made_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a new database with the schema and nothing in it."""
    with copied(kind, "prepared", tmp_path, request) as url:
        yield url


@pytest.fixture
def database(made_url: str) -> Iterator[Database]:
    """An open database with the schema and nothing in it."""
    db = Database(made_url)
    yield db
    db.close()


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program as it will be one revision later; the folder of that revision."""
    folder = tmp_path / "later"
    folder.mkdir()
    (folder / f"{NEXT}_later.py").write_text(LATER)
    monkeypatch.setattr(migrations, "VERSIONS", (*migrations.VERSIONS, folder))
    monkeypatch.setattr(schema, "HEAD", NEXT)
    return folder
