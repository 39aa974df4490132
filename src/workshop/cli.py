"""Floor 5: the command line. Each command reads its options and calls its door; the doors do the work."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.doors.sheets import COLUMNS, SheetKind

if TYPE_CHECKING:
    from workshop.db.database import Database
    from workshop.doors.plates import Reader
    from workshop.i18n import Translator
    from workshop.settings import Settings

app = typer.Typer(name="workshop", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
records = typer.Typer(help="Make, upgrade, check, save and restore the database.", no_args_is_help=True)
app.add_typer(records, name="db")

GO_ON = N_("This is the board. For the terminal run workshop in a terminal window; workshop --help lists the rest.")
READY = N_("The database is ready: {place}")
SAVED = N_("{rows} rows and the ledger up to line {number} are saved in {file}.")
RESTORED = N_("{rows} rows and the ledger up to line {number} are restored.")
WRONG_ENDS, OPEN_FAILED = 1, 2

IMPORT_HELP = (
    "Import a table: first a dry run, which shows what is wrong in which line; then with --go, all or nothing.\n\n"
    "The file is CSV with a header, in UTF-8 or GB18030. Rows of fits, checklists and usual-parts replace what was "
    "there for their part, list or operation. Opening stock counts for parts that never moved. "
    "Roles are separated by semicolons; marks are yes or no. Columns, those with * needed:\n\n\b\n"
    + "\n".join(f"{kind.value}: {names}" for kind, names in COLUMNS.items())
)


@dataclass
class _Given:
    """The options that stand before the command, and what follows from them."""

    options: dict[str, str]

    @cached_property
    def settings(self) -> "Settings":
        from pydantic import ValidationError

        from workshop.settings import Settings, load

        try:
            return Settings.model_validate(load().model_dump() | self.options)
        except Refused as refused:
            _fail(refused, self._said("zh_CN"), OPEN_FAILED)
        except ValidationError as error:
            raise typer.BadParameter("; ".join(f"--{one['loc'][0]}: {one['msg']}" for one in error.errors())) from error

    def say(self, zone: str = "Asia/Shanghai") -> "Translator":
        return self._said(self.settings.language, zone)

    def _said(self, language: str, zone: str = "Asia/Shanghai") -> "Translator":
        from workshop.i18n import translator

        return translator(self.options.get("language", language), zone)

    @contextmanager
    def database(self, *, allow_migration: bool = False) -> "Iterator[tuple[Database, Translator]]":
        """The open database, and messages in the zone of its shop."""
        from workshop.db.opening import open_database
        from workshop.queries.shop import shop

        address = self.settings.database
        try:
            db = open_database(address, allow_migration=allow_migration)
        except Refused as refused:
            _fail(refused, self.say(), OPEN_FAILED)
        try:
            with db.reading() as session:
                here = shop(session)
            said = self.say(here.timezone) if here else self.say()
            try:
                yield db, said
            except Refused as refused:
                _fail(refused, said, WRONG_ENDS)
        finally:
            db.close()


def _fail(refused: Refused, said: "Translator", status: int) -> NoReturn:
    for reason in refused.reasons:
        typer.echo(said.reason(reason), err=True)
    raise typer.Exit(status)


def _end(*, well: bool) -> None:
    if not well:
        raise typer.Exit(WRONG_ENDS)


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"workshop {version('workshop')}")
        raise typer.Exit


Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    database: Annotated[str | None, typer.Option(help="Address of the database, or path of a SQLite file.")] = None,
    terminal: Annotated[str | None, typer.Option(help="Name of this terminal in the ledger.")] = None,
    language: Annotated[Literal["zh_CN", "en"] | None, typer.Option("--lang", help="Language of messages.")] = None,
    _version_wanted: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """The workshop floor of a 4S dealership. Without a command: its terminal."""
    options = {"database": database, "terminal": terminal, "language": language}
    context.obj = _Given({name: value for name, value in options.items() if value is not None})
    if context.invoked_subcommand is not None:
        return
    if not sys.stdout.isatty():
        show_board(context, once=True)
        typer.echo(f"\n{context.obj.say()(GO_ON)}")
        return
    from workshop.tui.app import run

    run(context.obj.settings)


@app.command()
def demo(
    context: typer.Context,
    reset: Annotated[bool, typer.Option("--reset", help="Start over: build the made-up shop anew.")] = False,
) -> None:
    """Open the terminal on a made-up shop in a database of its own."""
    from workshop.demo.home import start as open_demo

    given: _Given = context.obj
    try:
        open_demo(given.settings, reset=reset)
    except Refused as refused:
        _fail(refused, given.say(), OPEN_FAILED)


@app.command()
def do(context: typer.Context) -> None:
    """Act by JSON lines on standard input, one answer each; status 1 if any was not done.

    A line is {"command", "id", "badge", "pin", "terminal", and the command's fields}; where a field bears one of these
    names itself, the fields go into "fields". A line sent again with the same id acts once.
    """
    from workshop.doors.do import Door
    from workshop.doors.lines import read_lines

    given: _Given = context.obj
    with given.database() as (db, said):
        door = Door(
            db,
            given.settings.terminal,
            language=given.options.get("language"),
            fallback=given.settings.language,
            zone=said.zone.key,
        )
        _end(well=door.serve(read_lines(sys.stdin.buffer), sys.stdout.buffer))


@app.command("commands")
def list_commands(context: typer.Context, as_json: Json = False) -> None:
    """List every act with its fields, who may do it, in which stages, and the rule it serves."""
    from workshop.doors import listing

    said = context.obj.say()
    if as_json:
        _print_json([listing.as_json(sheet, said) for sheet in listing.sheets()])
        return
    for sheet in listing.sheets():
        typer.echo("\n".join(listing.as_text(sheet, said)) + "\n")


@app.command()
def plate(
    context: typer.Context, texts: Annotated[list[str] | None, typer.Argument()] = None, as_json: Json = False
) -> None:
    """Read plates, from the arguments or the lines of standard input; status 1 if any is none."""
    from workshop.doors.plates import read_plate

    _read_all(context, read_plate, texts, as_json=as_json)


@app.command()
def vin(
    context: typer.Context, texts: Annotated[list[str] | None, typer.Argument()] = None, as_json: Json = False
) -> None:
    """Read VINs, from the arguments or the lines of standard input; status 1 if any is none."""
    from workshop.doors.plates import read_vin

    _read_all(context, read_vin, texts, as_json=as_json)


def _read_all(context: typer.Context, read: "Reader", texts: list[str] | None, *, as_json: bool) -> None:
    from workshop.doors.lines import text_lines
    from workshop.doors.plates import as_json as told_in_json
    from workshop.doors.plates import as_text

    said = context.obj.say()
    well = True
    for text in texts or text_lines(sys.stdin.buffer):
        reading = read(text)
        well &= reading.valid
        typer.echo(
            json.dumps(told_in_json(reading, said), ensure_ascii=False)
            if as_json
            else "\n".join(as_text(reading, said))
        )
    _end(well=well)


@app.command()
def verify(
    context: typer.Context,
    witness: Annotated[list[Path] | None, typer.Option(help="File in which a terminal keeps what it saw.")] = None,
) -> None:
    """Walk the ledger; name the first line that does not hold. What this terminal itself saw is held against it too."""
    from workshop.doors.records import ledger_flaw, told_ledger, witnesses_of

    given: _Given = context.obj
    for file in witness or ():
        if not file.is_file():
            raise typer.BadParameter(f"there is no file {file}", param_hint="--witness")
    with given.database() as (db, said), db.reading() as session:
        flaw = ledger_flaw(session, witnesses_of([given.settings.witness_file, *(witness or ())]))
        typer.echo(told_ledger(session, flaw, said))
        _end(well=flaw is None)


@app.command("import", help=IMPORT_HELP)
def import_table(
    context: typer.Context,
    kind: SheetKind,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    badge: Annotated[str, typer.Option(help="Badge of the person who answers for it.", prompt=True)],
    pin: Annotated[str, typer.Option(help="That person's PIN.", envvar="WORKSHOP_PIN", prompt=True, hide_input=True)],
    go: Annotated[bool, typer.Option("--go/--dry-run", help="Keep it, if nothing is wrong.")] = False,
) -> None:
    """Import a table."""
    from workshop.commands.sign_in import sign_in
    from workshop.doors.importing import run_import, told_report

    given: _Given = context.obj
    with given.database() as (db, said):
        actor = sign_in(db, badge, pin)
        report = run_import(db, kind, file.read_bytes(), actor.id, given.settings.terminal, go=go)
        typer.echo("\n".join(told_report(report, said)))
        _end(well=not report.problems)


@app.command()
def show(context: typer.Context, order: str, as_json: Json = False) -> None:
    """Show an order by its number or its plate: items, what is missing, its story."""
    from workshop.commands.perform import utc_now
    from workshop.doors.show import as_json as told_in_json
    from workshop.doors.show import order_page, page_as_text

    with context.obj.database() as (db, said), db.reading() as session:
        page = order_page(session, order, utc_now())
        if as_json:
            _print_json(told_in_json(page, said))
        else:
            typer.echo("\n".join(page_as_text(page, said)))


@app.command("board")
def show_board(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Print it and end; else again at every change.")] = False,
) -> None:
    """Print the board of the floor: every open order, the earliest promise first."""
    from workshop.commands.perform import utc_now
    from workshop.db.feed import Feed
    from workshop.doors.show import board_as_text

    with context.obj.database() as (db, said):
        feed = Feed(db)
        try:
            while True:
                with db.reading() as session:
                    typer.echo("\n".join(board_as_text(session, utc_now(), said)))
                if once:
                    return
                feed.wait(60)
                typer.echo()
        finally:
            feed.close()


@records.command("init")
def make(context: typer.Context) -> None:
    """Make an empty database ready. One that is ready stays as it is."""
    with context.obj.database() as (db, said):
        typer.echo(said(READY, place=db.url.render_as_string()))


@records.command()
def upgrade(context: typer.Context) -> None:
    """Bring an older database to this program's revision."""
    with context.obj.database(allow_migration=True) as (db, said):
        typer.echo(said(READY, place=db.url.render_as_string()))


@records.command()
def check(context: typer.Context) -> None:
    """Look for anything that breaks a rule, and walk the ledger; status 1 if there is."""
    from workshop.doors.records import SOUND, breaches, ledger_flaw, told_ledger

    with context.obj.database() as (db, said), db.reading() as session:
        found = list(breaches(session, said))
        flaw = ledger_flaw(session)
        typer.echo("\n".join(found) or said(SOUND))
        typer.echo(told_ledger(session, flaw, said))
        _end(well=not found and flaw is None)


@records.command()
def backup(context: typer.Context, file: Path) -> None:
    """Save everything as it is now, while people work, in a new file."""
    from workshop.db.backup import backup as save
    from workshop.doors.records import told_ledger

    with context.obj.database() as (db, said):
        copied = save(db, file)
        typer.echo(said(SAVED, rows=copied.rows, number=copied.head.number, file=str(file)))
        if copied.flaw is not None:
            with db.reading() as session:
                typer.echo(told_ledger(session, copied.flaw, said), err=True)
        _end(well=copied.flaw is None)


@records.command()
def restore(context: typer.Context, file: Path) -> None:
    """Bring a saved file into a new, empty database, of either kind."""
    from workshop.db.backup import restore as bring_back

    with context.obj.database() as (db, said):
        copied = bring_back(file, db)
        typer.echo(said(RESTORED, rows=copied.rows, number=copied.head.number))


def main() -> None:
    """Run the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    app()
