"""Floor 5: the part of the command line that is about papers, codes and exchange."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from workshop.cli.given import Given, Pin, fail
from workshop.cli.help import Said
from workshop.domain.papers import Paper
from workshop.domain.reasons import Refused
from workshop.doors.sheets import ExportKind

papers = Said()


@papers.command("print")
def print_paper(
    context: typer.Context,
    paper: Paper,
    badge: Annotated[str, typer.Option(help="Badge of the person who prints it.", prompt=True)],
    pin: Pin,
    number: Annotated[str, typer.Argument(help="Number, plate, VIN or day that it is about.")] = "",
    language: Annotated[
        Literal["zh_CN", "en", "both"], typer.Option("--lang", help="Language of the paper.")
    ] = "zh_CN",
    to: Annotated[Path | None, typer.Option(help="File to save it in; else where papers are kept.")] = None,
    printer: Annotated[str, typer.Option(help="A printer of the settings, instead of a file.")] = "",
    look: Annotated[bool, typer.Option("--look", help="Only show it here; nothing is recorded.")] = False,
) -> None:
    """Print a paper or label: the first is the original, every later one is marked and recorded as a copy."""
    from workshop.commands.sign_in import sign_in
    from workshop.documents.desk import desk_of
    from workshop.doors.printing import Wanted, shown
    from workshop.doors.printing import print_paper as print_it

    given: Given = context.obj
    wanted = Wanted(paper, number, language)
    with given.database() as (db, said):
        actor, terminal = sign_in(db, badge, pin), given.settings.terminal
        if look:
            told = shown(db, wanted, actor, terminal, 78)
        else:
            told = print_it(db, desk_of(given.settings), wanted, actor, terminal, said, file=to, printer=printer)
        typer.echo("\n".join(told))


@papers.command()
def exchange(
    context: typer.Context,
    badge: Annotated[str, typer.Option(help="Badge of the person who answers for it.", prompt=True)],
    pin: Pin,
) -> None:
    """Send the vehicle health records of delivered orders that no receiver has accepted yet."""
    from workshop.commands.sign_in import sign_in
    from workshop.documents.receivers import receiver_of
    from workshop.doors.exchange import send_all

    given: Given = context.obj
    with given.database() as (db, said):
        receiver = receiver_of(given.settings)
        actor = sign_in(db, badge, pin)
        for line in send_all(db, receiver, actor, given.settings.terminal, said):
            typer.echo(line)


@papers.command()
def export(
    context: typer.Context,
    kind: ExportKind,
    file: Annotated[Path, typer.Argument(help="A new file: .csv, or .xlsx for Excel.")],
    badge: Annotated[str, typer.Option(help="Badge of the person who takes it.", prompt=True)],
    pin: Pin,
) -> None:
    """Write orders, catalogue or stock to a file; operations and parts as import reads them."""
    from workshop.commands.perform import utc_now
    from workshop.commands.sign_in import sign_in
    from workshop.doors.exporting import export as write

    given: Given = context.obj
    with given.database() as (db, said):
        actor = sign_in(db, badge, pin)
        with db.reading() as session:
            typer.echo(write(session, kind, actor, file, said, utc_now()))


@papers.command("print-queue")
def print_queue(
    context: typer.Context,
    again: Annotated[str, typer.Option(help="Send this job once more, although it may be on paper.")] = "",
    drop: Annotated[str, typer.Option(help="Give this job up.")] = "",
) -> None:
    """Send what waits for a printer, and list what is left."""
    from workshop.documents.desk import desk_of, told
    from workshop.doors.printing import queue_told

    given: Given = context.obj
    said = given.say()
    desk = desk_of(given.settings)
    try:
        if again:
            desk.spool.again(again)
        if drop:
            desk.spool.drop(drop)
        typer.echo("\n".join([*told(desk.flush(said), said), *queue_told(desk, said)]))
    except Refused as refused:
        fail(refused, said)


@papers.command()
def code(
    context: typer.Context,
    number: str,
    to: Annotated[Path | None, typer.Option(help="File for it: .svg or .png.")] = None,
) -> None:
    """Show any number as a bar code, to be scanned from the glass; or save it as a picture."""
    from workshop.doors.codes import code_lines, save_code

    given: Given = context.obj
    try:
        if to is None:
            typer.echo("\n".join(code_lines(number)), color=True)
        else:
            typer.echo(given.say()(save_code(number, to), file=str(to)))
    except Refused as refused:
        fail(refused, given.say())
