"""Finding anything: a number typed or scanned, a plate, a name or its pinyin initials, a telephone number."""

from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Input, OptionList, Static

from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.queries.search import Hit, find
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import Entry
from workshop.tui.scanner import Scan
from workshop.tui.seek import Seek

if TYPE_CHECKING:
    from workshop.tui.gateway import Gateway

TITLE = N_("Find")
HOW = N_("Number, plate, VIN, name, pinyin initials or telephone; Enter opens.")
NOTHING = N_("Nothing found. Try a number, plate, VIN, name, pinyin initials or telephone.")
_PATIENCE = 0.15


class Find(Seek[Hit]):
    """Type or scan what you look for. Arrows choose among what was found, Enter opens it."""

    CSS = "Find > .dialog { width: 100; }"

    def __init__(self, gateway: "Gateway") -> None:
        super().__init__()
        self._gateway = gateway
        self._hits: list[Hit] = []
        self._asked = ""

    def render_texts(self) -> None:
        """Title, hint and what was found."""
        self.query_one(".title", Static).update(self.t(TITLE))
        self._show()

    def _show(self) -> None:
        hint = NOTHING if self._asked and not self._hits else HOW
        self.query_one(".hint", Static).update(self.t(hint))
        self.entries.show([self._entry(place, hit) for place, hit in enumerate(self._hits)])

    def _entry(self, place: int, hit: Hit) -> Entry:
        stage = f"  {self.t(hit.stage.label)}" if hit.stage else ""
        return Entry(str(place), f"{self.t(hit.found.label)}  {hit.key}  {hit.title}  {hit.detail}{stage}")

    def typed(self, text: str) -> None:
        """Look once the typing pauses."""
        self.set_timer(_PATIENCE, lambda: self._look() if text == self.line.value else None)

    def scanned(self, scan: Scan) -> None:
        """Open what was scanned."""
        self.line.value = scan.text
        self._look(and_open=True)

    @work(exclusive=True, group=DOING)
    async def _look(self, *, and_open: bool = False) -> None:
        text = self.line.value
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
            self.close(self._hits[int(self.entries.current_key or 0)])
        else:
            self._look(and_open=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        event.stop()
        self.close(self._hits[int(event.option_id or 0)])
