"""Finding anything: a number typed or scanned, a plate, a name or its pinyin initials, a telephone number."""

from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Footer, Input, OptionList, Static

from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.queries.search import Hit, find
from workshop.tui.numbered import Entry, NumberedList
from workshop.tui.spoken import Dialog

if TYPE_CHECKING:
    from workshop.tui.gateway import Gateway

TITLE = N_("Find")
HOW = N_("Number, plate, VIN, name, pinyin initials or telephone; Enter opens.")
NOTHING = N_("Nothing here is called that.")
_PATIENCE = 0.15


class Find(Dialog[Hit]):
    """Type or scan what you look for. Arrows choose among what was found, Enter opens it."""

    def __init__(self, gateway: "Gateway") -> None:
        super().__init__()
        self._gateway = gateway
        self._hits: list[Hit] = []
        self._asked = ""

    def compose(self) -> ComposeResult:
        """The line, and what was found."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            yield Input(compact=True, max_length=100)
            yield Static(classes="hint", markup=False)
            yield NumberedList(id="entries")
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Wait for the scanner."""
        self.query_one(Input).focus()

    def render_texts(self) -> None:
        """Title, hint and what was found."""
        self.query_one(".title", Static).update(self.t(TITLE))
        self._show()

    def _show(self) -> None:
        hint = NOTHING if self._asked and not self._hits else HOW
        self.query_one(".hint", Static).update(self.t(hint))
        self.query_one(NumberedList).show([self._entry(place, hit) for place, hit in enumerate(self._hits)])

    def _entry(self, place: int, hit: Hit) -> Entry:
        stage = f"  {self.t(hit.stage.label)}" if hit.stage else ""
        return Entry(str(place), f"{self.t(hit.found.label)}  {hit.key}  {hit.title}  {hit.detail}{stage}")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.set_timer(_PATIENCE, lambda: self._look() if event.value == self.query_one(Input).value else None)

    @work(exclusive=True)
    async def _look(self, *, and_open: bool = False) -> None:
        text = self.query_one(Input).value
        try:
            self._hits = await self._gateway.query(find, text, self._gateway.person.roles)
        except Refused as refused:
            self.query_one(".hint", Static).update("; ".join(self.t.reason(one) for one in refused.reasons))
            return
        self._asked = text
        self._show()
        if and_open and len(self._hits) == 1:
            self.close(self._hits[0])

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._asked == event.value and self._hits:
            self.close(self._hits[int(self.query_one(NumberedList).current_key or 0)])
        else:
            self._look(and_open=True)

    def on_key(self, event: events.Key) -> None:
        """Arrows in the line move in the list."""
        if event.key in {"up", "down"} and self.query_one(Input).has_focus:
            event.stop()
            entries = self.query_one(NumberedList)
            entries.action_cursor_down() if event.key == "down" else entries.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        event.stop()
        self.close(self._hits[int(event.option_id or 0)])
