"""Bars in the terminal: one line each, with its words and its value, right with wide characters and without colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.widget import Widget

_GAP: Final = " "
_LEAST: Final = 4  # cells that are left for the bars, however long the words


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a plot: its words, its length (in any unit, not negative), how far its tail goes on, its value told."""

    label: str
    length: float
    told: str
    tail: float = 0.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What bars are drawn with; both take one cell."""

    bar: str
    tail: str


BLOCKS: Final = Signs("█", "░")
ASCII: Final = Signs("#", "-")
"""For consoles that draw blocks two cells wide."""


def drawn(bars: Sequence[Bar], width: int, signs: Signs = BLOCKS) -> list[str]:
    """The bars as lines of exactly so many cells. The longest takes all the room; what is not nothing takes a cell."""
    if not bars or width < 1:
        return []
    labels = min(max(cell_len(bar.label) for bar in bars), max(width // 2 - 1, 1))
    values = max(cell_len(bar.told) for bar in bars)
    room = max(width - labels - values - 2 * len(_GAP), _LEAST)
    longest = max(max(bar.length, bar.tail) for bar in bars)
    return [set_cell_size(_line(bar, labels, room, longest, signs), width) for bar in bars]


def _line(bar: Bar, labels: int, room: int, longest: float, signs: Signs) -> str:
    whole = _cells(bar.length, longest, room)
    tail = max(_cells(bar.tail, longest, room) - whole, 0)
    label = set_cell_size(bar.label, labels) if cell_len(bar.label) <= labels else _cut(bar.label, labels)
    return _GAP.join((label, signs.bar * whole + signs.tail * tail, bar.told)) if whole else f"{label}{_GAP}{bar.told}"


def _cells(length: float, longest: float, room: int) -> int:
    if length <= 0 or longest <= 0:
        return 0
    return max(round(length / longest * room), 1)


def _cut(text: str, cells: int) -> str:
    line = Text(text)
    line.truncate(cells, overflow="ellipsis")
    return set_cell_size(line.plain, cells)


class Plot(Widget):
    """Bars under a title."""

    DEFAULT_CSS = "Plot { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 — Textual's name
        super().__init__(id=id)
        self._title = ""
        self._bars: tuple[Bar, ...] = ()

    def show(self, title: str, bars: Sequence[Bar]) -> None:
        """Draw other bars."""
        shown = (title, tuple(bars))
        if shown != (self._title, self._bars):
            self._title, self._bars = shown
            self.refresh(layout=True)

    def get_content_height(self, *_: object) -> int:
        """A line for the title and one for each bar."""
        return 1 + len(self._bars) if self._bars else 0

    def render(self) -> Text:
        """The title and the bars."""
        if not self._bars:
            return Text()
        signs = ASCII if self.app.has_class("-ascii") else BLOCKS
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(self._title, style="bold")
        for line in drawn(self._bars, self.size.width, signs):
            text.append(f"\n{line}", style="not bold")
        return text
