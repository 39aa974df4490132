"""清扫记录表: the month of an area, day by day, with what became of every list (W9, W10)."""

from workshop.documents.blocks import Column, Field, Signatures, Table
from workshop.documents.papers.making import Desk, Made, grid
from workshop.domain.cleaning import SCHEDULED
from workshop.domain.words import N_
from workshop.queries.cleaning_watch import DayCell, MonthView

TITLE = N_("Cleaning record of the month")
AREA, WHOSE, MONTH, DAY = N_("area"), N_("kept clean by"), N_("month"), N_("day")
DAY_OFF = N_("day off")
TEAM_LEADER, MANAGER = N_("team leader"), N_("workshop manager, date")


def cleaning_month(desk: Desk, month: MonthView) -> Made:
    """One row for each day, one column for each kind of list."""
    voice = desk.voice
    fields = [
        Field(voice(AREA), month.area.name),
        Field(voice(WHOSE), month.area.whose),
        Field(voice(MONTH), f"{month.first:%Y-%m}"),
    ]
    heads = (Column(voice(DAY), 1.6), *(Column(voice(moment.label), 1.5) for moment in SCHEDULED))
    rows = tuple(_row(desk, cell) for cell in month.cells)
    signers = ((voice(TEAM_LEADER), ""), (voice(MANAGER), ""))
    return Made(voice.text(TITLE), month.area.number, (grid(fields), Table(heads, rows), Signatures(signers)))


def _row(desk: Desk, cell: DayCell) -> tuple[str, ...]:
    voice = desk.voice
    states = dict(cell.lists)
    name = voice.value(cell.name) if cell.name else "" if cell.working else voice(DAY_OFF)
    day = f"{cell.day:%m-%d} {name.replace(chr(10), ' ')}".strip()
    return day, *(voice.value(states[moment]) if moment in states else "" for moment in SCHEDULED)
