"""Floor 5: looking from the command line: plates and VINs, an order, the ledger, the figures."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from workshop.cli.given import Given, Json, Pin, end, print_json, readable
from workshop.cli.help import Said

if TYPE_CHECKING:
    from workshop.doors.plates import Reader

reading = Said()

Named = Literal["this-week", "last-week", "this-month", "last-month"]
DAYS = ["%Y-%m-%d"]


@reading.command()
def plate(
    context: typer.Context, texts: Annotated[list[str] | None, typer.Argument()] = None, as_json: Json = False
) -> None:
    """Read plates, from the arguments or the lines of standard input; status 1 if any is none."""
    from workshop.doors.plates import read_plate

    _read_all(context, read_plate, texts, as_json=as_json)


@reading.command()
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
    end(well=well)


@reading.command()
def show(context: typer.Context, order: str, as_json: Json = False) -> None:
    """Show an order by its number or its plate: items, what is missing, its story."""
    from workshop.commands.perform import utc_now
    from workshop.doors.show import as_json as told_in_json
    from workshop.doors.show import order_page, page_as_text

    with context.obj.database() as (db, said), db.reading() as session:
        page = order_page(session, order, utc_now())
        if as_json:
            print_json(told_in_json(page, said))
        else:
            typer.echo("\n".join(page_as_text(page, said)))


@reading.command()
def verify(
    context: typer.Context,
    witness: Annotated[list[Path] | None, typer.Option(help="File in which a terminal keeps what it saw.")] = None,
) -> None:
    """Walk the ledger; name the first line that does not hold. What this terminal itself saw is held against it too."""
    from workshop.doors.records import ledger_flaw, told_ledger, witnesses_of

    given: Given = context.obj
    for file in witness or ():
        readable(file, given.say())
    with given.database() as (db, said), db.reading() as session:
        flaw = ledger_flaw(session, witnesses_of([given.settings.witness_file, *(witness or ())]))
        typer.echo(told_ledger(session, flaw, said))
        end(well=flaw is None)


@reading.command("figures")
def show_figures(
    context: typer.Context,
    badge: Annotated[str, typer.Option(help="Badge of the manager who looks at them.", prompt=True)],
    pin: Pin,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAYS, help="First day; then until --to, or today.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DAYS, help="Last day.")] = None,
    period: Annotated[Named, typer.Option(help="A period by its name, where no days are given.")] = "last-week",
    csv: Annotated[Path | None, typer.Option(help="New CSV file for the figures.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="New Excel file for the figures and the cases behind them.")] = None,
    cases: Annotated[bool, typer.Option("--cases", help="The cases behind the figures go into the CSV file.")] = False,
    as_json: Json = False,
) -> None:
    """The manager's figures of a period: what was delivered, how well and how fast, and what is owed."""
    from workshop.commands.sign_in import sign_in
    from workshop.doors import figures as door

    with context.obj.database() as (db, said):
        reader = sign_in(db, badge, pin)
        days = door.asked_period(period, first and first.date(), last and last.date(), said)
        with db.reading() as session:
            report = door.report_for(session, reader, days, said.zone.key)
        written = list(door.write(report, said, csv=csv, excel=xlsx, cases=cases))
        if as_json:
            print_json(door.as_json(report, said))
        else:
            typer.echo("\n".join(written or door.as_text(report, said)))
