"""A value that names something of the shop: typed, scanned, or chosen from what a few letters find."""

from typing import Any

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from workshop.tui.forms.choices import PROVIDERS, Suggestion
from workshop.tui.forms.texts import TextEntry
from workshop.tui.keystrokes import DOING


class ReferenceEntry(TextEntry):
    """A number or code. While a few letters are typed, what they find is listed below: arrows and Enter take one."""

    DEFAULT_CSS = """
    ReferenceEntry OptionList { max-height: 6; background: $panel; display: none; }
    ReferenceEntry.-open OptionList { display: block; }
    """

    _found: tuple[Suggestion, ...] = ()
    _asked = ""  # what was looked for; by now something else may have been typed

    def compose(self) -> ComposeResult:
        """The line, and the list of what was found."""
        yield Input(compact=True, max_length=200)
        listed = OptionList(compact=True, markup=False)
        listed.can_focus = False
        yield listed

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _open(self) -> bool:
        return self.has_class("-open")

    def typed(self) -> Any:
        """The number; a name that only one thing bears counts as its number."""
        text = self.draft().strip()
        if len(self._found) == 1 and text and self._asked == self.draft():
            return self._found[0].value
        return text or None

    def edited(self) -> None:
        """Look for what the letters could mean."""
        super().edited()
        if self.spec.reference in PROVIDERS:
            self._look(self.draft())

    def take_scan(self, text: str) -> None:
        """Let a scanned number stand here and go on; a part's has to be looked up first, for its part number."""
        self.put(text)
        self.take_focus()
        if self.spec.reference == "part":
            self._settle(text)
        else:
            super().edited()
            super().finished()

    @work(exclusive=True, group=DOING)
    async def _settle(self, text: str) -> None:
        found = tuple(await self.around.suggest(self.spec.reference, text))
        if len(found) == 1:
            self.put(found[0].value)
        super().edited()
        super().finished()

    @work(exclusive=True, group=DOING)
    async def _look(self, text: str) -> None:
        self._found = tuple(await self.around.suggest(self.spec.reference, text))
        self._asked = text
        exact = any(one.value == text.strip() for one in self._found)
        self._list.clear_options()
        for one in self._found:
            self._list.add_option(Option(Text(one.label(self.t), no_wrap=True, overflow="ellipsis")))
        self.set_class(bool(self._found) and not exact and self._input.has_focus, "-open")
        if self._found:
            self._list.highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """While the list is open, arrows and Enter belong to it; Down opens it."""
        if self._open and event.key in {"up", "down"}:
            self._list.action_cursor_up() if event.key == "up" else self._list.action_cursor_down()
        elif self._open and event.key == "escape":
            self.remove_class("-open")
        elif not self._open and event.key == "down" and self.spec.reference in PROVIDERS and not self.draft():
            self._look("")
        else:
            return
        event.stop()
        event.prevent_default()

    def on_descendant_blur(self) -> None:
        """Close the list when the cursor leaves."""
        self.remove_class("-open")

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option_index)

    def finished(self) -> None:
        """Enter takes the highlighted one, or goes on; not one that was found for other letters."""
        if self._open and self._asked == self.draft() and self._list.highlighted is not None:
            self._take(self._list.highlighted)
        super().finished()

    def _take(self, place: int) -> None:
        self.put(self._found[place].value)
        self.remove_class("-open")
        super().edited()
