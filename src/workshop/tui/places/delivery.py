"""Delivery: released vehicles wait for their customers; what is handed over with each (W6b, W7c)."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import DataTable, Static

from workshop.commands.delivery import Deliver
from workshop.domain.states import OldPartsChoice, OldPartState, Stage
from workshop.domain.words import N_
from workshop.i18n import Translator, money
from workshop.queries.board import BoardRow, board
from workshop.queries.orders import ItemView, OrderView, order
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places.order_words import missing
from workshop.tui.prose import Prose
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

EMPTY = N_("No vehicle is ready for delivery. An order appears here once its final inspection is passed.")
DELIVER = N_("1 deliver   Enter: the order")
GUARANTEED = N_("{item}  {money}  guarantee until {date} or {odometer} km")
CERTIFICATE = N_("completion certificate {number}")
OLD_PARTS = N_("Old parts, to be shown or handed over:")
OLD_PART = N_("- {number}  {pieces} × {part}  {state}")
HAZARDOUS = N_("hazardous, stays here")
NO_OLD_PARTS = N_("No old part came off.")
WISH = N_("wish at reception: {wish}")
TOTAL = N_("total {money}")

COLUMNS = (
    Column("number", N_("order"), 10),
    Column("plate", N_("plate"), 9),
    Column("vehicle", N_("vehicle"), grow=True),
    Column("promised", N_("promised"), 11),
    Column("technician", N_("technician"), 10, from_width=110),
)


class Delivery(Workplace):
    """Released vehicles. 1 delivers the one under the cursor, which is a signature; Enter opens its order."""

    CSS_PATH = "delivery.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 — so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [Binding("1", "deliver", show=False, id="deliver")]
    place = N_("Delivery")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._ready: dict[str, BoardRow] = {}
        self._view: OrderView | None = None

    def body(self) -> ComposeResult:
        """The vehicles, and what goes with the one under the cursor."""
        with Horizontal(id="ready"):
            yield KeyedTable(COLUMNS, id="vehicles")
            with VerticalScroll(id="sheet"):
                yield Static(id="sheet-text", markup=False)

    async def load(self) -> None:
        """The released orders."""
        roles, now = self.gateway.person.roles, self.house.now()
        found = await self.gateway.query(board, now, roles, stages=[Stage.RELEASED])
        self._ready = {row.number: row for row in found}
        self.query_one(KeyedTable).show([self._row(row) for row in found])
        self.call_after_refresh(self._look)

    def _row(self, row: BoardRow) -> Row:
        promised = self.t.clock(row.promised_at, self.house.now())
        return Row(row.number, (row.number, row.plate or "-", row.vehicle, promised, row.technician))

    @on(DataTable.RowHighlighted)
    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        number = self.query_one(KeyedTable).current_key
        now, roles = self.house.now(), self.gateway.person.roles
        self._view = await self.gateway.query(order, number, now, roles) if number else None
        told = sheet(self._view, self.t) if self._view else Text(self.t(EMPTY))
        self.query_one("#sheet-text", Static).update(Prose(told))

    @work(exclusive=True, group=DOING)
    async def action_deliver(self) -> None:
        """Hand the vehicle under the cursor over."""
        view = self._view
        if view is None:
            return
        number = view.facts.number
        about = "  ".join((number, view.plate or view.vin[-8:], view.vehicle, view.customer, money(view.total)))
        await self.do(Deliver, known={"order": number}, given=_given(view), about=about)

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        event.stop()
        from workshop.tui.places import open_order

        open_order(self, str(event.row_key.value))

    def subject(self) -> Subject | None:
        """The order under the cursor."""
        view = self._view
        if view is None:
            return None
        title = f"{view.facts.number} {view.vehicle}"
        return Subject(title, {"order": view.facts.number}, stage=view.facts.stage, given=_given(view))


def _given(view: OrderView) -> dict[str, object]:
    """Who most likely fetches the car, and the customer's wish as far as there is something to wish for."""
    wish = view.old_parts_wish if view.old_parts else OldPartsChoice.NO_OLD_PARTS
    return {"received_by": view.brought_by or view.customer, "old_parts": wish.value}


def sheet(view: OrderView, t: Translator) -> Text:
    """What goes with the vehicle: items with their guarantee, the certificate, the old parts, what it comes to."""
    text = Text("  ".join((view.facts.number, view.plate or "-", view.vehicle, view.customer)), style="bold")
    for item in view.items:
        if item.facts.agreed:
            text.append(f"\n{_item(item, t)}", style="not bold")
    told = [t(CERTIFICATE, number=view.certificate_no)] if view.certificate_no else []
    told.append(t(OLD_PARTS if view.old_parts else NO_OLD_PARTS))
    for old in view.old_parts:
        state = t.value(old.state)
        if old.hazardous and old.state in {OldPartState.HELD, OldPartState.SHOWN}:
            state = f"{state} ({t(HAZARDOUS)})"
        told.append(t(OLD_PART, number=old.number, part=old.name, pieces=old.quantity, state=state))
    told.append(t(WISH, wish=view.old_parts_wish))
    text.append("\n" + "\n".join(told), style="not bold")
    text.append(f"\n{t(TOTAL, money=money(view.total))}   {t(DELIVER)}\n")
    return text.append_text(missing(view, t)) if view.step and view.step.missing else text


def _item(item: ItemView, t: Translator) -> str:
    name, cost = item.facts.name, money(item.total)
    if item.guarantee_until is None:
        return f"{t.name(name)}  {cost}"
    return t(GUARANTEED, item=name, money=cost, date=item.guarantee_until, odometer=item.guarantee_odometer)
