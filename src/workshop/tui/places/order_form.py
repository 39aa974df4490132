"""The new order at reception: the vehicle's card beside the form, and what it comes to below."""

from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static

from workshop.domain.states import Stage
from workshop.domain.words import N_, Message
from workshop.i18n import money
from workshop.queries.vehicles import VehicleCard
from workshop.tui.bars import KeyBar
from workshop.tui.forms.dialog import FormDialog, FormRequest
from workshop.tui.forms.entry import FieldEntry
from workshop.tui.forms.picks import OneOf
from workshop.tui.forms.rows import FieldRow
from workshop.tui.forms.spec import Option, Way
from workshop.tui.places.items_entry import ItemsEntry
from workshop.tui.places.quote import Quote
from workshop.tui.places.vehicle_words import card_text
from workshop.tui.prose import Prose

TOTAL = N_("items: {count}   {hours}   {money}   F12 opens the order")
_FIRST: Final = ("request", "odometer", "promised_at", "items", "deferred", "comeback_of", "brought_by", "phone")
_LAST: Final = "odometer_lower"


class OrderForm(FormDialog):
    """The new order of a vehicle. Enter goes on, F12 opens the order from anywhere; Esc keeps what was typed."""

    CSS_PATH: ClassVar[list[str]] = ["../forms/dialog.tcss", "order_form.tcss"]  # type: ignore[assignment]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 — so declared by Textual

    def __init__(self, request: FormRequest, card: VehicleCard, quote: Quote, zone: ZoneInfo) -> None:
        super().__init__(request)
        self._card = card
        self._quote = quote
        for row in self._rows:
            self._shape(row, zone)
        self._rows.sort(key=lambda row: _place(row.spec.name))

    def _shape(self, row: FieldRow, zone: ZoneInfo) -> None:
        around = row.entry.around
        if row.spec.name == "items":
            row.entry = ItemsEntry(row.spec, around, self._quote)
        elif row.spec.name == "comeback_of":
            visits = [visit for visit in self._card.visits if visit.stage is Stage.DELIVERED]
            options = tuple(
                Option(one.order_number, Message(f"{one.order_number} {one.opened_at.astimezone(zone).date()}"))
                for one in visits
            )
            row.spec = replace(row.spec, way=Way.ONE, options=options, reference="")
            row.entry = OneOf(row.spec, around)

    def compose(self) -> ComposeResult:
        """The card and the rows, beside each other where there is room; what it comes to; the keys."""
        with Vertical(classes="dialog form"):
            yield Static(classes="title", markup=False)
            yield Static(classes="hint form-help", markup=False)
            with Container(classes="columns"):
                with VerticalScroll(classes="card", can_focus=False):
                    yield Static(classes="about", markup=False)
                with VerticalScroll(classes="rows", can_focus=False):
                    yield from self._rows
            yield Static(classes="refusal error", markup=False)
            yield Static(classes="changed hint", markup=False)
            yield Static(classes="total", markup=False)
            yield KeyBar()

    def fit(self, _screen: object = None) -> None:
        """The rows fill what the card and the lines around them leave."""

    def render_texts(self) -> None:
        """The card and the total too."""
        super().render_texts()
        about = self.query_one(".about", Static)
        about.update(Prose(card_text(self._card, self.t)))
        about.display = True
        self.query_one(".form-help").display = False
        self._show_total()

    @on(FieldEntry.Edited)
    def _count(self) -> None:
        self._show_total()

    def _show_total(self) -> None:
        values = self.draft()
        items, taken = values.get("items") or [], values.get("deferred") or []
        lines = [line for line in self._card.waiting if line.item_number in taken]
        minutes = sum(map(self._quote.minutes, items)) + sum(line.minutes for line in lines)
        sums = [*map(self._quote.money, items), *(line.price + line.parts for line in lines)]
        told = money(sum(sums, start=Decimal(0)))
        total = self.t(TOTAL, count=len(sums), hours=self.t.minutes(minutes), money=told)
        self.query_one(".total", Static).update(total)


def _place(name: str) -> int:
    if name in _FIRST:
        return _FIRST.index(name)
    return len(_FIRST) + (name == _LAST)
