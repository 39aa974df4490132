"""What a board tells of the floor: the stages with their counts, promises, bays, what waits, the lists due."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from rich.text import Text

from workshop.domain.figures import between
from workshop.domain.states import Stage
from workshop.domain.words import N_
from workshop.i18n import Translator
from workshop.queries.board import BoardRow
from workshop.queries.wall import FloorView
from workshop.tui.table import Column, Row

PROMISES, BAYS, WAITING, LISTS = (
    N_("Promised times"),
    N_("Bays"),
    N_("Waiting for the front desk"),
    N_("Cleaning lists"),
)
NO_ORDERS, NO_BAYS = N_("No open orders."), N_("No bays are entered.")
NOTHING_WAITS, NO_LISTS = N_("Nothing waits for the front desk."), N_("No cleaning list is open today.")
COUNT = N_("{stage} {count}")
LATE, WILL_BE_LATE, FREE, TO_GO = N_("LATE"), N_("will be late"), N_("free"), N_("{lines} to go")
NEW: Final = "*"
_MINUTE: Final = timedelta(minutes=1)

PROMISE_COLUMNS = (
    Column("new", N_("new"), 3),
    Column("promised", N_("promised"), 11),
    Column("late", N_("in time"), 12),
    Column("car", N_("plate"), 10),
    Column("vehicle", N_("vehicle"), 20, from_width=98),
    Column("stage", N_("stage"), 15),
    Column("held", N_("held up by"), grow=True),
)
BAY_COLUMNS = (
    Column("bay", N_("bay"), 14),
    Column("car", N_("plate"), 10),
    Column("stage", N_("stage"), 15),
    Column("technician", N_("technician"), grow=True),
)
WAITING_COLUMNS = (
    Column("car", N_("plate"), 10),
    Column("matter", N_("matter"), grow=True),
    Column("severity", N_("severity"), 8),
    Column("waits", N_("waits for"), 14, right=True),
)
LIST_COLUMNS = (
    Column("area", N_("area"), grow=True),
    Column("moment", N_("when"), 16),
    Column("lines", N_("lines to do"), 14),
)


def stages(counts: Mapping[Stage, int], t: Translator) -> list[Text]:
    """Each stage with the orders in it; those with none stand back."""
    return [
        Text(t(COUNT, stage=stage.label, count=count), style="bold" if count else "dim")
        for stage, count in counts.items()
    ]


def promise_rows(orders: Sequence[BoardRow], new: frozenset[str], t: Translator, now: datetime) -> list[Row]:
    """The orders, the earliest promise first; those that have just changed bear a mark."""
    return [
        Row(
            row.number,
            (
                NEW if row.number in new else "",
                t.clock(row.promised_at, now),
                t(LATE) if row.lateness.late else t(WILL_BE_LATE) if row.lateness.will_be else "",
                car(row),
                row.vehicle,
                t(row.stage.label),
                t.value(row.holds),
            ),
        )
        for row in orders
    ]


def bay_rows(view: FloorView, t: Translator) -> list[Row]:
    """The bays with what is in them."""
    return [
        Row(
            bay.number,
            (bay.name, car(bay.order), t(bay.order.stage.label), bay.order.technician)
            if bay.order
            else (bay.name, "", t(FREE), ""),
        )
        for bay in view.bays
    ]


def waiting_rows(view: FloorView, t: Translator, now: datetime) -> list[Row]:
    """What waits for the front desk and for how long, the longest first."""
    return [
        Row(
            one.key,
            (
                one.plate or one.order,
                t(one.matter.label),
                t.value(one.severity),
                t.minutes(between(one.since, now) // _MINUTE),
            ),
        )
        for one in view.waiting
    ]


def list_rows(view: FloorView, t: Translator) -> list[Row]:
    """The cleaning lists that are open today."""
    return [
        Row(f"{one.area}:{one.moment.value}", (one.area, t(one.moment.label), t(TO_GO, lines=one.open_lines)))
        for one in view.lists
    ]


def car(row: BoardRow) -> str:
    """How a car is called where everybody reads: by its plate, or by the order's number until that is proven (W1)."""
    return row.plate or row.number
