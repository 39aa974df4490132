"""Keeps screens of real terminals under docs/screens, in both languages.

    WORKSHOP_KEEP_SCREENS=1 uv run pytest -n0 tests/e2e/test_terminal_order.py

Without the variable nothing is written.
"""

import os
import re
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from support.terminal import F8, Terminal

FOLDER: Final = Path(__file__).parents[2] / "docs" / "screens"
BOTH: Final = ((160, 45), (80, 24))
_CHINESE: Final = re.compile("帮助")
_HEX: Final = re.compile("[0-9a-f]{6}")


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
        for column in range(glass.columns):
            cell = glass.buffer[row][column]
            line.append(cell.data, _style(cell.fg, cell.bg, bold=cell.bold, reverse=cell.reverse))
        console.print(line, soft_wrap=True)
    return console.export_svg(title=title)


def _style(foreground: str, background: str, *, bold: bool, reverse: bool) -> Style:
    colours = [f"#{one}" if _HEX.fullmatch(one) else None for one in (foreground, background)]
    return Style(color=colours[0], bgcolor=colours[1], bold=bold, reverse=reverse)
