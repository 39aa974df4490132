"""Where everything stands on a label: the type shrinks until it fits, and what still does not is shortened."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.documents.blocks import Label
from workshop.documents.canvas import Align, Canvas, code_width

MARGIN: Final = 3.0
_TITLES: Final = (12.0, 10.0, 8.0, 7.0, 6.5)
_THREE_LINES: Final = 7.0  # points from which on a title may have three lines
_SIZES: Final = (10.0, 9.0, 8.0, 7.0, 6.0, 5.5, 5.0)
_SMALL: Final = 6.5
CODE_HEIGHT: Final = 9.0  # millimetres of bars; the digits under them need three more


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text at its place in millimetres; the size is in points."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """The label's number: left end of its quiet zone, top, width of a module, in millimetres."""

    x: float
    y: float
    module: float


def place(canvas: Canvas, label: Label) -> tuple[list[Placed], PlacedCode]:
    """The label's texts and its code; the canvas measures."""
    module = min(0.45, (canvas.width - 2 * MARGIN) / code_width(label.number, 1))
    top = canvas.height - MARGIN - CODE_HEIGHT - 3
    code = PlacedCode((canvas.width - code_width(label.number, module)) / 2, top, module)
    return list(_texts(canvas, label, top - 0.5)), code


def _texts(canvas: Canvas, label: Label, bottom: float) -> Iterator[Placed]:
    room, y = canvas.width - 2 * MARGIN, MARGIN - 1
    copy = canvas.clean(label.copy)
    if copy:
        yield Placed(canvas.width - MARGIN, y, copy, _SMALL, bold=True, align="right")
    shop_room = room - canvas.measure(copy, _SMALL, bold=True) - 2
    yield Placed(MARGIN, y, canvas.lines(label.shop, shop_room, _SMALL)[0], _SMALL)
    y += canvas.leading(_SMALL)
    lines, size = _fitting(canvas, [label.title], _TITLES, lambda size: 2 if size > _THREE_LINES else 3, bold=True)
    for line in lines:
        yield Placed(MARGIN, y, line, size, bold=True)
        y += canvas.leading(size)
    y += 0.5
    texts = [f"{name}: {value}" if name else value for name, value in label.lines]
    lines, size = _fitting(canvas, texts, _SIZES, lambda size: int((bottom - y) / canvas.leading(size)))
    for line in lines:
        yield Placed(MARGIN, y, line, size)
        y += canvas.leading(size)


def _fitting(
    canvas: Canvas, texts: list[str], sizes: Sequence[float], most: Callable[[float], int], *, bold: bool = False
) -> tuple[list[str], float]:
    """The lines at the largest size at which no more than `most` are needed; shortened at the smallest."""
    lines: list[str] = []
    size = sizes[0]
    for size in sizes:
        lines = [line for text in texts for line in canvas.lines(text, canvas.width - 2 * MARGIN, size, bold=bold)]
        if len(lines) <= most(size):
            return lines, size
    kept = lines[: most(size)]
    return [*kept[:-1], kept[-1][:-1] + "…"], size
