"""Where a text breaks into lines as its readers expect it: Chinese between any two characters, other words as wholes.

No line begins with a sign that closes, none ends with one that opens. A word longer than a line, such as the number of
a part, is broken behind a hyphen where it has one. Widths are whatever `measure` counts: cells of a
terminal, millimetres on paper.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

_WIDE: Final = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_OPENING: Final = re.escape("（【《「『〈“‘([¥")
_CLOSING: Final = re.escape("）】》」』〉”’，。、：；！？…%℃)],.;:!?")
# What stays together: what opens, then a Chinese character or another word, what closes, and the spaces behind.
_PIECE: Final = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)?[{_CLOSING}]*\s*")

Measure = Callable[[str], float]


def breaks(text: str, width: float, measure: Measure, indent: float = 0) -> list[int]:
    """Where a line is broken, by character, to fit into the width; all lines but the first begin `indent` later."""
    found: list[int] = []
    used = start = 0.0
    for piece in _PIECE.finditer(text):
        words = piece[0].rstrip()
        if used > start and used + measure(words) > width:
            found.append(piece.start())
            used = start = indent
        begun = piece.start()  # where this line's part of the word begins
        for place, sign in enumerate(words, start=piece.start()):
            if used > start and used + measure(sign) > width:
                begun = _behind_hyphen(text, begun, place)
                moved = sum(measure(one) for one in text[begun:place])
                if indent + moved + measure(sign) > width:
                    begun, moved = place, 0.0
                found.append(begun)
                start, used = indent, indent + moved
            used += measure(sign)
        used += measure(piece[0][len(words) :])
    return found


def _behind_hyphen(text: str, begun: int, end: int) -> int:
    """Where a word is broken of which so much fits: behind its last hyphen, or at the end."""
    return max((place + 1 for place in range(begun + 1, end) if text[place] == "-"), default=end)


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text, its own line ends kept; an empty text is one empty line."""
    lines = []
    for line in text.split("\n"):
        edges = [0, *breaks(line, width, measure), len(line)]
        lines += [line[begin:end].rstrip() for begin, end in pairwise(edges)]
    return lines
