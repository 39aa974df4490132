"""`workshop demo`: the made-up shop in a database of its own, built when it is missing, and the terminal on it."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from platformdirs import user_data_path

from workshop.domain.demo import DEMO_PIN
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_, Message
from workshop.i18n import Translator, translator

if TYPE_CHECKING:
    from workshop.settings import Settings

NOT_A_DEMO = ReasonKind("-", "not_a_demo", N_("{file} is no demo shop; nothing was changed. Move it elsewhere first."))
DEMO_IN_USE = ReasonKind(
    "-", "demo_in_use", N_("Another terminal is working in the demo. Leave it there first, then start over.")
)
WHO = N_("Everybody signs in with the PIN {pin}. Badges:")
GO_ON = N_(
    "This is the demo's board. In a terminal window workshop demo opens its terminal; "
    "workshop demo --reset starts over."
)

_NAME: Final = "demo.db"
_BESIDE: Final = ("-wal", "-shm", "-journal", ".witness")


class _BuiltMeanwhile(Exception):
    """Another process built the demo at the same time, and was faster."""


def demo_file() -> Path:
    """Where the demo's database lies: in the user's data folder, beside and never instead of the shop's own."""
    return user_data_path("workshop") / _NAME


def start(settings: "Settings", *, reset: bool = False, out: TextIO | None = None) -> None:
    """Open the terminal on the demo, building it first if it is missing or `reset`.

    Where `out` (standard output) is no terminal, prints the board and how to go on instead. Refused with a reason if
    the file is not a demo's, or if it is to be reset while others work in it.
    """
    out = sys.stdout if out is None else out
    file = demo_file()
    settings = settings.model_copy(update={"database": f"sqlite:///{file}", "witness": _witness(file)})
    said = translator(settings.language)
    make_ready(file, lambda message: print(said(message), file=out, flush=True), reset=reset)
    if out.isatty():
        from workshop.tui.app import run

        run(settings)
    else:
        _print_board(settings, said, out)


def make_ready(file: Path, tell: Callable[[Message], None], *, reset: bool = False) -> None:
    """See to it that there is a demo shop in the file. `tell` hears what is being done. Refused as `start`."""
    if file.exists():
        require_demo(file)
        if not reset:
            return
        _remove(file)
    from workshop.commands.perform import utc_now
    from workshop.db.files import appearing
    from workshop.db.opening import open_database
    from workshop.demo.building import build

    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(_BuiltMeanwhile), appearing(file) as partial:
        db = open_database(f"sqlite:///{partial}")
        try:
            build(db, utc_now(), tell)
        finally:
            db.close()
        if file.exists():  # somebody may be working in it already
            raise _BuiltMeanwhile


def require_demo(file: Path) -> None:
    """Refuse a file that does not hold a demo shop. It is only read."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            row = connection.execute("SELECT demo FROM shop").fetchone()
    except sqlite3.DatabaseError as error:
        raise Refused(NOT_A_DEMO(file=str(file))) from error
    if row is None or not row[0]:
        raise Refused(NOT_A_DEMO(file=str(file)))


def _remove(file: Path) -> None:
    """Delete a demo's database with what belongs to it, unless somebody works in it."""
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # needs to be the only connection
        except sqlite3.OperationalError as error:
            raise Refused(DEMO_IN_USE()) from error
    for name in (*(f"{file.name}{end}" for end in _BESIDE), file.name):
        file.with_name(name).unlink(missing_ok=True)


def _witness(file: Path) -> Path:
    return file.with_name(f"{file.name}.witness")


def _print_board(settings: "Settings", said: Translator, out: TextIO) -> None:
    from workshop.commands.perform import utc_now
    from workshop.db.opening import open_database
    from workshop.doors.lines import columns
    from workshop.doors.show import board_as_text
    from workshop.queries.shop import shop, staff

    db = open_database(settings.database)
    try:
        with db.reading() as session:
            here = shop(session)
            zone = said if here is None else translator(settings.language, here.timezone)
            lines = [*board_as_text(session, utc_now(), zone), "", zone(WHO, pin=DEMO_PIN)]
            people = [(f"  {one.badge}", one.name, one.team, zone.value(one.roles)) for one in staff(session)]
    finally:
        db.close()
    print(*lines, *columns(people), "", zone(GO_ON), sep="\n", file=out)
