"""Floor 5: the commands that open a screen, and the callback before every command."""

import sys
from typing import Annotated, Literal

import typer

from workshop.cli.given import OPEN_FAILED, WRONG_ENDS, Given, fail
from workshop.cli.help import Said
from workshop.domain.reasons import Refused
from workshop.domain.words import N_

terminal = Said()

GO_ON = N_("This is the board. For the terminal run workshop in a terminal window; workshop --help lists the rest.")
NO_SUCH_KEY = N_("The settings name a key that there is not: {name}")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"workshop {version('workshop')}")
        raise typer.Exit


def start(
    context: typer.Context,
    database: Annotated[str | None, typer.Option(help="Address of the database, or path of a SQLite file.")] = None,
    terminal: Annotated[str | None, typer.Option(help="Name of this terminal in the ledger.")] = None,
    language: Annotated[
        Literal["zh_CN", "en"] | None, typer.Option("--lang", is_eager=True, help="Language of messages.")
    ] = None,
    _version_wanted: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """The workshop floor of a 4S dealership. Without a command: its terminal."""
    options = {"database": database, "terminal": terminal, "language": language}
    context.obj = Given({name: value for name, value in options.items() if value is not None})
    if context.invoked_subcommand is not None:
        return
    if not sys.stdout.isatty():
        _print_board(context, once=True)
        typer.echo(f"\n{context.obj.say()(GO_ON)}")
        return
    from workshop.tui.app import run

    run(context.obj.settings)


@terminal.command()
def demo(
    context: typer.Context,
    reset: Annotated[bool, typer.Option("--reset", help="Start over: build the made-up shop anew.")] = False,
) -> None:
    """Open the terminal on a made-up shop in a database of its own."""
    from workshop.demo.home import start as open_demo

    given: Given = context.obj
    try:
        open_demo(given.settings, reset=reset)
    except Refused as refused:
        fail(refused, given.say(), OPEN_FAILED)


@terminal.command()
def keys(context: typer.Context) -> None:
    """List every key by the name that the settings know it by; status 1 if the settings name one that is none."""
    from workshop.tui.keymap import key_uses, unknown_keys

    said, own = context.obj.say(), context.obj.settings.keys
    for use in key_uses():
        typer.echo(f"{use.id:<16} {own.get(use.id, use.key):<18} {said(use.words)}")
    for name in unknown_keys(own):
        typer.echo(f"! {said(NO_SUCH_KEY, name=name)}", err=True)
    if unknown_keys(own):
        raise typer.Exit(WRONG_ENDS)


@terminal.command("board")
def show_board(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Print it and end.")] = False,
    turn: Annotated[
        float, typer.Option(min=1, help="Seconds, at least 1, for which a page of the wall's screen stands.")
    ] = 12,
) -> None:
    """Show the floor on a screen on the wall, which nobody touches; into a pipe: print it again at every change."""
    if sys.stdout.isatty() and not once:
        from workshop.tui.wall import run

        run(context.obj.settings, turn)
        return
    _print_board(context, once=once)


def _print_board(context: typer.Context, *, once: bool) -> None:
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
