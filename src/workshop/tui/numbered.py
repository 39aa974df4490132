"""A list in which every entry has a number: arrows and Enter choose, or the digit at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text
from textual import events
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workshop.tui.prose import lines_in

_NUMBER: Final = 4
"""Cells before the words; what does not fit in one line goes on below them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: what it stands for, its words, and a second line that explains; `heading`s cannot be chosen."""

    key: str
    words: str
    detail: str = ""
    heading: bool = False


class ChosenByDigit:
    """A widget whose entries are chosen by their digits."""


class NumberedList(OptionList, ChosenByDigit):
    """Entries numbered from 1; the first nine are chosen by their digit.

    Where digits mean something else they are not `numbered`: only arrows and Enter choose.
    """

    # An entry whose last words fit only without the bar would lose them once the bar is there.
    DEFAULT_CSS = "NumberedList { scrollbar-gutter: stable; scrollbar-size-horizontal: 0; }"

    def __init__(self, *, id: str | None = None, numbered: bool = True) -> None:  # noqa: A002 — Textual's name
        super().__init__(id=id, compact=True, markup=False)
        self._keys: list[str] = []
        self._numbered = numbered

    def show(self, entries: Sequence[Entry]) -> None:
        """Replace the entries; the highlight stays on its entry, or goes to the first."""
        before = self.current_key
        self.clear_options()
        self._keys = [entry.key for entry in entries if not entry.heading]
        number = 0
        for entry in entries:
            number += self._numbered and not entry.heading
            self.add_option(Option(_prompt(entry, number), id=entry.key or None, disabled=entry.heading))
        places = [place for place, entry in enumerate(entries) if not entry.heading]
        same = [place for place in places if entries[place].key == before]
        self.highlighted = next(iter(same or places), None)

    @property
    def current_key(self) -> str | None:
        """The key of the highlighted entry."""
        if self.highlighted is None:
            return None
        return self.get_option_at_index(self.highlighted).id

    def on_key(self, event: events.Key) -> None:
        """A digit chooses its entry."""
        if not self._numbered or event.character is None or event.character not in "123456789":
            return
        place = int(event.character) - 1
        if place < len(self._keys):
            event.stop()
            self.highlighted = self.get_option_index(self._keys[place])
            self.action_select()


def _prompt(entry: Entry, number: int) -> "Text | _Numbered":
    if entry.heading:
        return Text(entry.words, style="bold underline", no_wrap=True, overflow="ellipsis")
    return _Numbered(entry, number) if number else Text.assemble(" ", entry.words)


class _Numbered:
    """An entry with its number before it.

    A table of two columns would say the same in more than twice the time, and a menu asks every entry for its height
    before it shows the first.
    """

    def __init__(self, entry: Entry, number: int) -> None:
        self._number = f"{number:>2}".ljust(_NUMBER)
        self._told = [Text(entry.words)] + [Text(entry.detail, style="dim")] * bool(entry.detail)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        before = self._number
        for told in self._told:
            for line in lines_in(told, options.max_width - _NUMBER):
                shown = Text(before, no_wrap=True, overflow="ignore").append_text(line)
                before = " " * _NUMBER
                yield shown

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(_NUMBER + 1, options.max_width)
