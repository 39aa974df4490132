"""Floor 5: acting from the command line, by JSON lines and by tables."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from workshop.cli.given import Given, Json, Pin, end, print_json, readable
from workshop.cli.help import Said
from workshop.doors.sheets import COLUMNS, SheetKind

acts = Said()

IMPORT_HELP = (
    "Import a table: first a dry run, which shows what is wrong in which line; then with --go, all or nothing.\n\n"
    "The file is CSV with a header, in UTF-8 or GB18030. Rows of fits, checklists and usual-parts replace what was "
    "there for their part, list or operation. Opening stock counts for parts that never moved. "
    "Roles are separated by semicolons; marks are yes or no. Columns, those with * needed:\n\n\b\n"
    + "\n".join(f"{kind.value}: {names}" for kind, names in COLUMNS.items())
)


@acts.command()
def do(context: typer.Context) -> None:
    """Act by JSON lines on standard input, one answer each; status 1 if any was not done.

    A line is an object with command, id, badge, pin, terminal and the command's fields; where a field bears one of
    these names itself, the fields go into one called fields. A line sent again with the same id acts once.
    """
    from workshop.doors.do import Door
    from workshop.doors.lines import read_lines

    given: Given = context.obj
    with given.database() as (db, said):
        door = Door(
            db,
            given.settings.terminal,
            language=given.options.get("language"),
            fallback=given.settings.language,
            zone=said.zone.key,
        )
        end(well=door.serve(read_lines(sys.stdin.buffer), sys.stdout.buffer))


@acts.command("commands")
def list_commands(context: typer.Context, as_json: Json = False) -> None:
    """List every act with its fields, who may do it, in which stages, and the rule it serves."""
    from workshop.doors import listing

    said = context.obj.say()
    if as_json:
        print_json([listing.as_json(sheet, said) for sheet in listing.sheets()])
        return
    for sheet in listing.sheets():
        typer.echo("\n".join(listing.as_text(sheet, said)) + "\n")


@acts.command("import", help=IMPORT_HELP)
def import_table(
    context: typer.Context,
    kind: SheetKind,
    file: Annotated[Path, typer.Argument()],
    badge: Annotated[str, typer.Option(help="Badge of the person who answers for it.", prompt=True)],
    pin: Pin,
    go: Annotated[bool, typer.Option("--go/--dry-run", help="Keep it, if nothing is wrong.")] = False,
) -> None:
    """Import a table."""
    from workshop.commands.sign_in import sign_in
    from workshop.doors.importing import run_import, told_report

    given: Given = context.obj
    table = readable(file, given.say()).read_bytes()
    with given.database() as (db, said):
        actor = sign_in(db, badge, pin)
        report = run_import(db, kind, table, actor.id, given.settings.terminal, go=go)
        typer.echo("\n".join(told_report(report, said)))
        end(well=not report.problems)
