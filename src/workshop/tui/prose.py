"""Text that breaks where its readers expect it: Chinese between any two characters, other words as wholes.

Rich and Textual break at spaces only, so that a Chinese sentence behind a short word moves to a line of its own.
"""

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_WIDE: Final = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_OPENING: Final = re.escape("（【《「『〈“‘([¥")
_CLOSING: Final = re.escape("）】》」』〉”’，。、：；！？…%℃)],.;:!?")
# What stays together: what opens, then a Chinese character or another word, what closes, and the spaces behind.
_PIECE: Final = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)?[{_CLOSING}]*\s*")
_LEAD: Final = re.compile(r"\s*(?:[-+!] )?")


class Prose:
    """A text to be shown in a `Static`. What goes on in a next line stands under the text, not under its bullet."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.split("\n", allow_blank=True):
            yield from _wrapped(line, options.max_width)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(cell_len(line) for line in self.text.plain.split("\n"))
        return Measurement(1, max(min(widest, options.max_width), 1))


def _wrapped(line: Text, width: int) -> Iterator[Text]:
    found = _LEAD.match(line.plain)
    lead = cell_len(found[0]) if found else 0
    indent = lead if lead < width // 2 else 0
    for number, part in enumerate(line.divide(breaks(line.plain, width, indent))):
        part.rstrip()
        shown = Text.assemble(" " * indent, part) if number else part
        shown.no_wrap, shown.overflow = True, "ignore"
        yield shown


def breaks(text: str, width: int, indent: int = 0) -> list[int]:
    """Where a line is broken, by character, to fit into so many cells; all lines but the first begin `indent` later."""
    found: list[int] = []
    used = start = 0
    for piece in _PIECE.finditer(text):
        words = piece[0].rstrip()
        if used > start and used + cell_len(words) > width:
            found.append(piece.start())
            used = start = indent
        for place, sign in enumerate(words, start=piece.start()):
            if used > start and used + cell_len(sign) > width:
                found.append(place)
                used = start = indent
            used += cell_len(sign)
        used += cell_len(piece[0][len(words) :])
    return found
