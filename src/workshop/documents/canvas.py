"""A PDF page in millimetres that knows its font: measuring, wrapping, writing, frames and codes.

fpdf2 and the fonts are loaded with the first canvas, not with the program.
"""

import unicodedata
from pathlib import Path
from typing import Final, Literal, Self

from workshop.documents.codes import bars, modules
from workshop.documents.fonts import BOLD, FAMILY, REGULAR, SUBSTITUTE, characters
from workshop.domain.line_breaks import wrapped

POINT: Final = 25.4 / 72
_LEADING: Final = 1.32
BASELINE: Final = 0.77  # of a line's height, from its top
_PROBE: Final = 100.0
Align = Literal["left", "right", "centre"]


class Canvas:
    """Pages of one size. Characters that the font lacks become 〓 and are kept in `lacking`."""

    def __init__(self, width: float, height: float, *, title: str = "", author: str = "") -> None:
        """An empty document; the first page is added by the caller. Sizes in millimetres."""
        from fpdf import FPDF

        self.width, self.height = width, height
        self.lacking: dict[str, None] = {}
        self._pdf = FPDF(unit="mm", format=(width, height))
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.add_font(FAMILY, "", _path(REGULAR))
        self._pdf.add_font(FAMILY, "B", _path(BOLD))
        self._pdf.set_title(title)
        self._pdf.set_author(author)
        self._pdf.set_creator("Workshop")
        self._pdf.set_line_width(0.18)
        self._widths: dict[tuple[str, bool], float] = {}
        self._wrapped: dict[tuple[str, float, float, bool], list[str]] = {}  # papers say the same thing many times

    def __enter__(self) -> Self:
        """Its fonts are open files; where nothing is put out, only leaving closes them."""
        return self

    def __exit__(self, *_: object) -> None:
        for font in self._pdf.fonts.values():
            if hasattr(font, "close"):
                font.close()

    @property
    def page(self) -> int:
        """The number of the page that is written on."""
        return self._pdf.page

    def add_page(self) -> None:
        """Go on to a new page."""
        self._pdf.add_page()

    def turn_to(self, page: int) -> None:
        """Write on an earlier page again."""
        self._pdf.page = page
        self._pdf.set_font(FAMILY, "", 1)  # a page keeps its own font; a change makes the next one be named anew

    def clean(self, text: str) -> str:
        """The text as the font can show it: no controls and joiners, a mark for what it lacks."""
        shown = []
        for sign in unicodedata.normalize("NFC", text):
            if sign == "\n" or ord(sign) in characters():
                shown.append(sign)
            elif unicodedata.category(sign) in {"Cc", "Zs"}:
                shown.append(" ")
            elif unicodedata.category(sign) not in {"Cf", "Mn", "Me"}:
                self.lacking.setdefault(sign)
                shown.append(SUBSTITUTE)
        return "".join(shown)

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a clean text at a size in points."""
        bold = bold and self.is_in_bold(text)
        return sum(self._unit(sign, bold=bold) for sign in text) * size

    def lines(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """The text as clean lines that fit into the width."""
        asked = text, width, size, bold
        if asked not in self._wrapped:
            self._wrapped[asked] = wrapped(
                self.clean(text), width + 1e-6, lambda part: self.measure(part, size, bold=bold)
            )
        return list(self._wrapped[asked])

    @staticmethod
    def leading(size: float) -> float:
        """The height of a line."""
        return size * POINT * _LEADING

    def write(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, grey: int = 0, align: Align = "left"
    ) -> None:
        """Write one clean line; `x` is its left end, right end or middle, `y` its top."""
        if not text:
            return
        if align != "left":
            x -= self.measure(text, size, bold=bold) / (1 if align == "right" else 2)
        self._pdf.set_font(FAMILY, "B" if bold and self.is_in_bold(text) else "", size)
        self._pdf.set_text_color(grey)
        self._pdf.text(x, y + self.leading(size) * BASELINE, text)

    def write_lines(self, x: float, y: float, lines: list[str], size: float, *, bold: bool = False) -> float:
        """Write lines under each other; where the next would begin."""
        for line in lines:
            self.write(x, y, line, size, bold=bold)
            y += self.leading(size)
        return y

    def frame(self, x: float, y: float, width: float, height: float, *, fill: int | None = None) -> None:
        """A rectangle, filled with a grey where one is given."""
        if fill is not None:
            self._pdf.set_fill_color(fill)
        self._pdf.set_draw_color(90)
        self._pdf.rect(x, y, width, height, style="D" if fill is None else "DF")

    def line(self, x: float, y: float, to_x: float, *, dashed: bool = False) -> None:
        """A level line."""
        self._pdf.set_draw_color(90)
        if dashed:
            self._pdf.set_dash_pattern(dash=2, gap=1.5)
        self._pdf.line(x, y, to_x, y)
        if dashed:
            self._pdf.set_dash_pattern()

    def tick(self, x: float, y: float, size: float, *, ticked: bool) -> None:
        """A box, crossed where it is chosen."""
        self._pdf.set_draw_color(0)
        self._pdf.rect(x, y, size, size)
        if ticked:
            self._pdf.set_line_width(0.4)
            self._pdf.line(x + size * 0.2, y + size * 0.2, x + size * 0.8, y + size * 0.8)
            self._pdf.line(x + size * 0.2, y + size * 0.8, x + size * 0.8, y + size * 0.2)
            self._pdf.set_line_width(0.18)

    def code(self, x: float, y: float, number: str, module: float, height: float) -> float:
        """A number as Code 128 with its digits under it, from the left edge of its quiet zone; its width."""
        self._pdf.set_fill_color(0)
        for place, wide in bars(number):
            self._pdf.rect(x + place * module, y, wide * module, height, style="F")
        width = code_width(number, module)
        spaced = f"{number[:2]} {number[2:6]} {number[6:]}" if len(number) == 10 else number
        self.write(x + width / 2, y + height + 0.3, spaced, 7, align="centre")
        return width

    def done(self) -> bytes:
        """The finished PDF."""
        return bytes(self._pdf.output())

    def _unit(self, sign: str, *, bold: bool) -> float:
        """The width of a character in millimetres a point."""
        if (sign, bold) not in self._widths:
            self._pdf.set_font(FAMILY, "B" if bold else "", _PROBE)
            self._widths[sign, bold] = self._pdf.get_string_width(sign) / _PROBE
        return self._widths[sign, bold]

    @staticmethod
    def is_in_bold(text: str) -> bool:
        """Whether the bold face has every character; rarer ones are written in the regular one."""
        return all(ord(sign) in characters(bold=True) for sign in text)


def code_width(number: str, module: float) -> float:
    """The width of a code with its quiet zones."""
    return len(modules(number)) * module


def _path(font: Path) -> str:
    return str(font)
