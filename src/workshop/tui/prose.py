"""Text that breaks where its readers expect it: Chinese between any two characters, other words as wholes.

Rich and Textual break at spaces only, so that a Chinese sentence behind a short word moves to a line of its own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from workshop.domain.line_breaks import breaks

_LEAD: Final = re.compile(r"\s*(?:[-+!*] )?")


class Prose:
    """A text to be shown in a `Static`. What goes on in a next line stands under the text, not under its bullet."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from lines_in(self.text, options.max_width)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(cell_len(line) for line in self.text.plain.split("\n"))
        return Measurement(1, max(min(widest, options.max_width), 1))


class Flow:
    """Pieces side by side, two spaces apart, as many on a line as fit; none is broken while a line has room for it."""

    def __init__(self, pieces: Sequence[Text]) -> None:
        self.pieces = tuple(pieces)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line, used = Text(), 0
        for piece in self.pieces:
            if used and used + piece.cell_len > options.max_width:
                yield line
                line, used = Text(), 0
            line.append_text(piece).append("  ")
            used += piece.cell_len + 2
        line.rstrip()
        yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = sum(piece.cell_len + 2 for piece in self.pieces)
        return Measurement(1, max(min(widest, options.max_width), 1))


def lines_in(text: Text, width: int) -> Iterator[Text]:
    """A text's lines in so many cells, each to be shown as it is."""
    for line in text.split("\n", allow_blank=True):
        yield from _wrapped(line, width)


def _wrapped(line: Text, width: int) -> Iterator[Text]:
    found = _LEAD.match(line.plain)
    lead = cell_len(found[0]) if found else 0
    indent = lead if lead < width // 2 else 0
    for number, part in enumerate(line.divide(breaks(line.plain, width, cell_len, indent))):
        part.rstrip()
        shown = Text.assemble(" " * indent, part) if number else part
        shown.no_wrap, shown.overflow = True, "ignore"
        yield shown
