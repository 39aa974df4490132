"""The items of a new order: typed by code, name or pinyin initials; each brings its hours, price and usual parts."""

from collections.abc import Mapping
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Static

from workshop.commands.shared import GivenItem
from workshop.domain.words import N_
from workshop.tui.forms.entry import FieldEntry, Surroundings
from workshop.tui.forms.parts import PartsEntry
from workshop.tui.forms.reference import ReferenceEntry
from workshop.tui.forms.spec import FieldSpec, spec
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import Entry, NumberedList
from workshop.tui.places.quote import Quote

UNKNOWN = N_("No operation has this code: {code}. Type a part of its name or its pinyin initials.")
HOW = N_("Enter adds it; Tab to the list: Enter changes hours, price and parts, Delete takes out")


class ItemsEntry(PartsEntry):
    """A line that adds operations, and the list of those added."""

    DEFAULT_CSS = """
    ItemsEntry NumberedList { display: none; }
    ItemsEntry.-filled NumberedList { display: block; }
    ItemsEntry .how { display: none; }
    ItemsEntry:focus-within .how { display: block; }
    ItemsEntry .unknown { display: none; }
    ItemsEntry.-unknown .unknown { display: block; }
    """

    def __init__(self, entry_spec: FieldSpec, around: Surroundings, quote: Quote) -> None:
        super().__init__(entry_spec, around)
        self._quote = quote
        self._line = ReferenceEntry(spec(GivenItem, "operation"), around)

    def compose(self) -> ComposeResult:
        """The line, how it works, what is wrong with it, the list."""
        yield self._line
        yield Static(classes="how hint", markup=False)
        yield Static(classes="unknown error", markup=False)
        yield NumberedList()

    def take_focus(self) -> None:
        """Put the cursor into the line."""
        self._line.take_focus()

    def put(self, value: Any) -> None:
        """Show these items, and look up what they are called."""
        super().put(value)
        self._look_up()

    def render_texts(self) -> None:
        """An entry an item, its parts below it."""
        t = self.t
        self.query_one(".how", Static).update(t(HOW))
        entries = [
            Entry(str(place), self._quote.told(one, t), self._quote.told_parts(one, t))
            for place, one in enumerate(self.draft())
        ]
        self._list.show(entries)
        self.set_class(bool(entries), "-filled")

    def edited(self) -> None:
        """Look up what the items are called now, then say that something changed."""
        self._look_up()
        super().edited()

    @work(exclusive=True, group="look-up")
    async def _look_up(self) -> None:
        await self._quote.learn(self.draft())
        self.render_texts()
        super().edited()

    async def _learn_names(self) -> None:
        await self._quote.learn(self.draft())

    @on(FieldEntry.Edited)
    def _typing(self, event: FieldEntry.Edited) -> None:
        if event.entry is self._line:
            event.stop()
            self.remove_class("-unknown")

    @on(FieldEntry.Finished)
    def _named(self, event: FieldEntry.Finished) -> None:
        if event.entry is not self._line:
            return
        event.stop()
        code = self._line.typed()
        if code:
            self._add(str(code))
        else:
            self.finished()

    @work(exclusive=True, group=DOING)
    async def _add(self, code: str) -> None:
        item: Mapping[str, Any] | None = await self._quote.item(code)
        if item is None:
            self.query_one(".unknown", Static).update(f"! {self.t(UNKNOWN, code=code)}")
            self.add_class("-unknown")
            return
        self._line.put("")
        super().put([*self.draft(), item])
        super().edited()
