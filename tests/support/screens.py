"""Keeps screens of real terminals under docs/screens, in both languages.

    WORKSHOP_KEEP_SCREENS=1 uv run pytest -n0 tests/e2e/test_terminal_order.py

Without the variable nothing is written.
"""

import html
import os
import re
from collections.abc import Sequence
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Final

from pyte.screens import Char
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from support.terminal import F8, Terminal

FOLDER: Final = Path(__file__).parents[2] / "docs" / "screens"
BOTH: Final = ((160, 45), (80, 24))
_CHINESE: Final = re.compile("帮助")
_HEX: Final = re.compile("[0-9a-f]{6}")
_TEXT: Final = re.compile(
    r'<text class="(?P<look>[^"]+)" x="(?P<x>[\d.]+)" (?P<y>y="[\d.]+") '
    r'textLength="(?P<length>[\d.]+)" (?P<clip>clip-path="[^"]+")>(?P<text>[^<]*)</text>'
)


class Keeper:
    """Writes screens down, if the environment asks for it."""

    def __init__(self) -> None:
        self.wanted = os.environ.get("WORKSHOP_KEEP_SCREENS") == "1"

    def keep(self, terminal: Terminal, name: str, *, sizes: Sequence[tuple[int, int]] = (), svg: bool = False) -> None:
        """Keep what the terminal shows, in both languages and at the other sizes too; it is left as it was."""
        if not self.wanted:
            return
        usual = (terminal.glass.columns, terminal.glass.lines)
        for size in (usual, *sizes):
            if size != usual:
                terminal.resize(*size)
            for _ in ("one language", "the other"):
                terminal.settle()
                ending = "" if size == usual else f"-{size[0]}x{size[1]}"
                self._write(terminal, f"{name}{ending}", svg=svg and size == usual)
                _switch_language(terminal)
        if sizes:
            terminal.resize(*usual).settle()

    def _write(self, terminal: Terminal, name: str, *, svg: bool) -> None:
        folder = FOLDER / ("zh_CN" if _CHINESE.search(terminal.text) else "en")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text("\n".join(terminal.screen()) + "\n", encoding="utf-8")
        if svg:
            (folder / f"{name}.svg").write_text(_drawn(terminal, f"Workshop: {name}"), encoding="utf-8")


def _switch_language(terminal: Terminal) -> None:
    chinese = bool(_CHINESE.search(terminal.text))
    terminal.keys(F8).wait(lambda: bool(_CHINESE.search(terminal.text)) is not chinese, "in the other language")


def _drawn(terminal: Terminal, title: str) -> str:
    glass = terminal.glass
    console = Console(record=True, width=glass.columns, file=StringIO(), force_terminal=True, color_system="truecolor")
    for row in range(glass.lines):
        line = Text(no_wrap=True, end="")
        cells = [glass.buffer[row][column] for column in range(glass.columns)]
        for style, run in groupby(cells, _style):
            line.append("".join(cell.data for cell in run), style)
        console.print(line, soft_wrap=True)
    return in_cells(console.export_svg(title=title))


def _style(cell: Char) -> Style:
    colours = [f"#{one}" if _HEX.fullmatch(one) else None for one in (cell.fg, cell.bg)]
    look = {"bold": cell.bold, "reverse": cell.reverse, "underline": cell.underscore}
    return Style(color=colours[0], bgcolor=colours[1], **look)


def in_cells(svg: str) -> str:
    """The picture with every character in its cells: Rich counts characters, and Chinese ones are two cells wide."""
    return _TEXT.sub(_spread, svg)


def _spread(found: re.Match[str]) -> str:
    text = html.unescape(found["text"])
    if not text.strip():
        return ""
    cell = float(found["length"]) / len(text)
    before, parts = 0, []
    for cells, signs in groupby(text, cell_len):
        run = "".join(signs)
        places = [float(found["x"]) + cell * (before + cells * number) for number in range(len(run))]
        before += cells * len(run)
        shown = html.escape(run, quote=False).replace(" ", "&#160;")
        at = " ".join(f"{place:.1f}" for place in (places if cells > 1 else places[:1]))
        length = "" if cells > 1 else f'textLength="{cell * len(run):.1f}" '
        parts.append(f'<text class="{found["look"]}" x="{at}" {found["y"]} {length}{found["clip"]}>{shown}</text>')
    return "".join(parts)
