"""Floor 5: the database from the command line."""

from pathlib import Path

import typer

from workshop.cli.given import end
from workshop.cli.help import Said
from workshop.domain.words import N_

records = Said(name="db", help="Make, upgrade, check, save and restore the database.", no_args_is_help=True)

READY = N_("The database is ready: {place}")
SAVED = N_("{rows} rows and the ledger up to line {number} are saved in {file}.")
RESTORED = N_("{rows} rows and the ledger up to line {number} are restored.")


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
        end(well=not found and flaw is None)


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
        end(well=copied.flaw is None)


@records.command()
def restore(context: typer.Context, file: Path) -> None:
    """Bring a saved file into a new, empty database, of either kind."""
    from workshop.db.backup import restore as bring_back

    with context.obj.database() as (db, said):
        copied = bring_back(file, db)
        typer.echo(said(RESTORED, rows=copied.rows, number=copied.head.number))
