"""日结: what the day brought, and the ledger's last line: on paper it cannot be rewritten with the database."""

from workshop.documents.blocks import Block, Column, Field, Heading, Prose, Signatures, Table
from workshop.documents.papers.making import AMOUNT, CUSTOMER, PLATE, TOTAL, VEHICLE, Desk, Made, grid
from workshop.domain.words import N_
from workshop.queries.closing import Closing

TITLE = N_("Day's closing report")
DAY, OPENED, RELEASED, DELIVERED, CANCELLED = (
    N_("day"),
    N_("orders opened"),
    N_("vehicles released"),
    N_("vehicles delivered"),
    N_("orders cancelled"),
)
ORDERS, ORDER, ADVISOR = N_("Delivered"), N_("order"), N_("service advisor")
FLOOR, STAGE, COUNT = N_("Open orders now"), N_("stage"), N_("count")
LEDGER, FIRST, LAST, AT = N_("The ledger"), N_("first line of the day"), N_("last line of the day"), N_("at")
HASH = N_("hash of the last line")
WITNESS = N_(
    "This sheet is a witness: while the line with this number has this hash, nothing before it was altered. "
    "Keep it signed: the check of the ledger tells the same number and hash."
)
MANAGER = N_("workshop manager, date")
NONE = N_("none")


def closing_report(desk: Desk, day: Closing) -> Made:
    """The closing report of a day."""
    voice = desk.voice
    fields = [
        Field(voice(DAY), voice.day(day.day)),
        Field(voice(OPENED), str(day.opened)),
        Field(voice(RELEASED), str(day.released)),
        Field(voice(DELIVERED), str(len(day.delivered))),
        Field(voice(CANCELLED), str(day.cancelled)),
        Field(voice(TOTAL), voice.money(day.total)),
    ]
    rows = tuple(
        (
            view.facts.number,
            view.plate or view.vin[-8:],
            view.vehicle,
            view.customer,
            view.advisor,
            voice.money(view.total),
        )
        for view in day.delivered
    )
    heads = (
        Column(voice(ORDER), 1.8),
        Column(voice(PLATE), 1.6),
        Column(voice(VEHICLE), 2.6),
        Column(voice(CUSTOMER), 2.6),
        Column(voice(ADVISOR), 1.6),
        Column(voice(AMOUNT), 1.8, right=True),
    )
    floor = tuple((voice.value(stage), str(count)) for stage, count in day.open_by_stage)
    ledger = [
        Field(voice(FIRST), str(day.first or "")),
        Field(voice(LAST), str(day.last or "")),
        Field(voice(AT), voice.moment(day.last_at)),
        Field(voice(HASH), " ".join(day.hash[place : place + 8] for place in range(0, len(day.hash), 8)), wide=True),
    ]
    return Made(
        voice.text(TITLE),
        "",
        (
            grid(fields),
            Heading(voice(ORDERS)),
            _listed(desk, Table(heads, rows)),
            Heading(voice(FLOOR)),
            _listed(desk, Table((Column(voice(STAGE), 3), Column(voice(COUNT), 1, right=True)), floor)),
            Heading(voice(LEDGER)),
            grid(ledger),
            Prose(voice.text(WITNESS), framed=True),
            Signatures(((voice(MANAGER), ""),)),
        ),
        voice.day(day.day),
    )


def _listed(desk: Desk, table: Table) -> Block:
    """The table; a head without rows could mean that something is missing."""
    return table if table.rows else Prose(desk.voice(NONE))
