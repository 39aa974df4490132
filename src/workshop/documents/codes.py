"""A number as Code 128: its modules, and those as SVG, as PNG and as cells of a terminal.

Ten digits, set C: start, five pairs, check, stop are 90 modules; with the quiet zones 110.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Final

QUIET: Final = 10
"""Modules of white that a scanner wants on either side."""
_DARK, _LIGHT = "40", "107"  # the background colours black and bright white, as terminals number them
_HALF: Final = "▌"


def modules(number: str) -> str:
    """The modules of a number, quiet zones included: `1` is a bar, `0` is white. Only an even count of digits."""
    from barcode.codex import Code128

    if not (number.isascii() and number.isdigit() and len(number) % 2 == 0):
        raise ValueError(f"{number!r} is not an even count of digits")
    white = "0" * QUIET
    return white + str(Code128(number).build()[0]) + white


def bars(number: str) -> Iterator[tuple[int, int]]:
    """Each bar as its first module, counted from the edge of the quiet zone, and its width."""
    place = 0
    for sign, run in groupby(modules(number)):
        width = len(list(run))
        if sign == "1":
            yield place, width
        place += width


def svg(number: str, module: float = 2, height: float = 60) -> str:
    """The code with the number under it as an SVG picture; sizes in pixels."""
    width, tall = len(modules(number)) * module, height + 20
    rects = "".join(
        f'<rect x="{place * module:g}" y="4" width="{wide * module:g}" height="{height:g}"/>'
        for place, wide in bars(number)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{tall:g}">'
        f'<rect width="100%" height="100%" fill="#fff"/>{rects}'
        f'<text x="{width / 2:g}" y="{tall - 3:g}" font-family="monospace" font-size="13" letter-spacing="2" '
        f'text-anchor="middle">{number}</text></svg>\n'
    )


def png(number: str, module: int = 3, height: int = 80) -> bytes:
    """The code as a PNG picture in black and white; sizes in pixels."""
    from PIL import Image, ImageDraw

    picture = Image.new("1", (len(modules(number)) * module, height + 2 * module), 1)
    draw = ImageDraw.Draw(picture)
    for place, wide in bars(number):
        left = place * module
        draw.rectangle((left, module, left + wide * module - 1, module + height - 1), fill=0)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def width_in_cells(number: str, columns: int) -> int:
    """How many columns of a terminal the code takes there: one module a cell, or two where it is too narrow."""
    whole = len(modules(number))
    return whole if whole <= columns else (whole + 1) // 2


def cells(number: str, columns: int) -> list[tuple[str, bool, bool]]:
    """One row of the code for a terminal: each cell's character, and whether its foreground and background are dark.

    Where there is room each module is a space with a background; narrower terminals get two modules in a half block.
    """
    found = modules(number)
    if len(found) <= columns:
        return [(" ", False, sign == "1") for sign in found]
    pairs = zip(found[::2], found[1::2] + "0" * (len(found) % 2), strict=True)
    return [(_HALF if left != right else " ", left == "1", right == "1") for left, right in pairs]


def ansi(number: str, columns: int, rows: int = 6) -> list[str]:
    """The code as lines for a terminal that understands ANSI colours; the number stands under it."""
    row = ""
    for (sign, dark, ground), run in groupby(cells(number, columns)):
        colour = f"\x1b[{'30' if dark else '97'};{_DARK if ground else _LIGHT}m"
        row += colour + sign * len(list(run))
    wide = width_in_cells(number, columns)
    return [row + "\x1b[0m"] * rows + [number.center(wide).rstrip()]
