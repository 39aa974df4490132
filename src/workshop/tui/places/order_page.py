"""The order's page: everything about one order, what is missing until its next stage, and its story."""

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, DataTable, Static

from workshop.domain.words import N_, Message
from workshop.queries.consent import ConsentEntry, consent
from workshop.queries.orders import OrderView, order
from workshop.queries.story import story
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.places import order_rows as rows
from workshop.tui.places import order_words as words
from workshop.tui.prose import Prose
from workshop.tui.table import KeyedTable
from workshop.tui.tabs import tab_line
from workshop.tui.workplace import Workplace

NO_ORDER = N_("There is no order with this number: {number}")
NO_ITEMS = N_("No items yet. F4 adds one.")
NO_PARTS = N_("No part was asked for, and no old part came off.")
NO_CONSENTS = N_("Nothing was found and nothing asked of the customer.")
TABS: Mapping[str, Message] = {
    "overview": N_("Overview"),
    "items": N_("Items"),
    "parts": N_("Parts"),
    "consent": N_("Consent"),
    "story": N_("Story"),
}
_EMPTY = {"items": NO_ITEMS, "parts": NO_PARTS, "consent": NO_CONSENTS}


class OrderPage(Workplace):
    """One order. 1 to 5, or left and right, turn to its sheets; Enter or F4: what to do with what the cursor is on."""

    CSS_PATH = "order_page.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 — so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(place), f"turn_to('{tab}')", show=False, id=tab) for place, tab in enumerate(TABS, start=1)),
        Binding("left", "turn(-1)", show=False, priority=True, id="sheet_before"),
        Binding("right", "turn(1)", show=False, priority=True, id="sheet_after"),
    ]
    place = N_("Order")

    def __init__(self, gateway: Gateway, number: str) -> None:
        super().__init__(gateway)
        self.number = number
        self._view: OrderView | None = None
        self._consents: dict[str, ConsentEntry] = {}
        self._tab = "overview"

    def body(self) -> ComposeResult:
        """The head, and the sheets: one at a time, and the story beside them where there is room."""
        yield Static(id="head", markup=False)
        yield Static(id="sheets", markup=False)
        with Horizontal(id="page"):
            with Vertical(id="left"):
                with ContentSwitcher(initial="overview", id="sheet"):
                    with VerticalScroll(id="overview"):
                        yield Static(id="overview-text", markup=False)
                    yield KeyedTable(rows.ITEMS, id="items")
                    yield KeyedTable(rows.PARTS, id="parts")
                    yield KeyedTable(rows.CONSENTS, id="consent")
                yield Static(id="detail", markup=False)
            with VerticalScroll(id="story"):
                yield Static(id="story-text", markup=False)

    def concerns(self, orders: frozenset[str]) -> bool:
        """This order, or something that belongs to none, such as the stock."""
        return not orders or self.number in orders

    async def load(self) -> None:
        """The order, what was asked of the customer, and the story."""
        roles, now = self.gateway.person.roles, self.house.now()
        view = await self.gateway.query(order, self.number, now, roles)
        self._view = view
        if view is None:
            self.query_one("#head", Static).update(self.t(NO_ORDER, number=self.number))
            return
        found = await self.gateway.query(consent, self.number)
        told = await self.gateway.query(story, self.number, hide_plate=view.plate_hidden)
        self._consents = {rows.consent_key(one): one for one in found}
        self.query_one("#head", Static).update(words.head(view, self.t, now))
        self.query_one("#overview-text", Static).update(Prose(words.overview(view, self.t)))
        self.query_one("#items", KeyedTable).show(rows.item_rows(view, self.t))
        self.query_one("#parts", KeyedTable).show(rows.part_rows(view, self.t))
        self.query_one("#consent", KeyedTable).show(rows.consent_rows(found, self.t))
        self.query_one("#story-text", Static).update(Prose(words.story_text(told, self.t, now)))
        self.call_after_refresh(self._show_detail)

    # --- the sheets --------------------------------------------------------------------------------------------------

    def render_texts(self) -> None:
        """The names of the sheets."""
        super().render_texts()
        self._show_tabs()
        self._show_detail()

    def _show_tabs(self) -> None:
        self.query_one("#sheets", Static).update(tab_line(TABS, self._tab, self.t))

    def action_turn_to(self, tab: str) -> None:
        """Show a sheet."""
        self._tab = tab
        self.set_class(tab == "story", "-story")
        if tab != "story":
            self.query_one(ContentSwitcher).current = tab
        self._show_tabs()
        self.query_one(f"#{tab}").focus()
        self.call_after_refresh(self._show_detail)

    def action_turn(self, step: int) -> None:
        """The sheet before or after this one."""
        tabs = list(TABS)
        self.action_turn_to(tabs[(tabs.index(self._tab) + step) % len(tabs)])

    # --- what the cursor is on ---------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        if self._tab not in _EMPTY:
            return ""
        return self.query_one(f"#{self._tab}", KeyedTable).current_key or ""

    def _show_detail(self) -> None:
        detail = self.query_one("#detail", Static)
        text = self._detail()
        detail.update(Prose(Text(text)))
        detail.display = bool(text)

    def _detail(self) -> str:
        key, view = self._key, self._view
        if view is None or self._tab not in _EMPTY:
            return ""
        if not key:
            return self.t(_EMPTY[self._tab])
        if self._tab == "items":
            return next((rows.item_detail(one, self.t) for one in view.items if one.facts.number == key), "")
        if self._tab == "consent":
            return rows.consent_detail(self._consents[key], self.t) if key in self._consents else ""
        return rows.part_detail(view, key, self.t)

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_detail()

    @on(DataTable.RowSelected)
    def _chosen(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.action_acts()

    def subject(self) -> Subject | None:
        """The item, part, issue, old part or entry under the cursor; else the order."""
        view = self._view
        if view is None:
            return None
        title, values = self._chosen_thing(view)
        given = {"consented_by": view.customer, "received_by": view.brought_by or view.customer}
        given |= view.dispatched_to
        values = {"order": self.number, **values}
        return Subject(f"{self.number}  {title or view.vehicle}", values, stage=view.facts.stage, given=given)

    def _chosen_thing(self, view: OrderView) -> tuple[str, dict[str, object]]:
        kind, _, number = self._key.partition(":")
        if self._tab == "items":
            item = next((one.facts for one in view.items if one.facts.number == self._key), None)
            return (self.t.name(item.name), {"item": item.number}) if item else ("", {})
        if self._tab == "consent":
            entry = self._consents.get(self._key)
            if entry is None:
                return "", {}
            item_value: dict[str, object] = {"item": entry.item_number} if entry.item_number else {}
            return self.t.value(entry.item) or entry.text, item_value | ({kind: entry.id} if entry.open else {})
        if kind == "old_part":
            return number, {"old_part": number}
        return self._chosen_part(view, kind, number)

    def _chosen_part(self, view: OrderView, kind: str, number: str) -> tuple[str, dict[str, object]]:
        for item in view.items:
            for line in (one.facts for one in item.lines):
                issues = [str(issue.id) for issue in line.issues]
                if (kind == "part_line" and number == str(line.id)) or (kind == "issue" and number in issues):
                    values: dict[str, object] = {"item": item.facts.number, "part_line": line.id}
                    return self.t.name(line.name), values | ({"issue": int(number)} if kind == "issue" else {})
        return "", {}
