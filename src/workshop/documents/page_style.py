"""Sizes of what stands on pages, and what must stand on one page together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workshop.documents.blocks import Block, CodeGrid, Options, Prose, Signatures
from workshop.documents.canvas import Canvas
from workshop.domain.papers import PaperSize

PAD: Final = 1.1  # millimetres between a frame and its text
SIGNATURE: Final = 15.0
_HEADING: Final = 12.0


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes for one size of paper: margin in millimetres, type in points."""

    margin: float
    text: float
    label: float
    title: float

    def prose(self, block: Prose) -> tuple[float, float]:
        """The size of a text's type, and how far from its frame it stands."""
        return self.label + 0.5 if block.small else self.text, 2 * PAD if block.framed else 0.0


STYLES: Final = {
    PaperSize.A4: Style(12, 9, 6.5, 16),
    PaperSize.A5: Style(9, 8, 6, 13),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """How codes stand beside each other: how many, with how many lines above, and millimetres."""

    in_row: int
    lines: int
    height: float
    module: float
    bars: float


GRIDS: Final = {False: Grid(3, 2, 30.0, 0.42, 12.0), True: Grid(4, 1, 20.0, 0.36, 9.0)}
"""By whether the codes are small."""


@dataclass(frozen=True, slots=True)
class Page:
    """The room for blocks on a page, in millimetres, and what measures them."""

    canvas: Canvas
    style: Style
    width: float
    height: float

    def kept_together(self, blocks: Sequence[Block]) -> float:
        """The height of what must stand on one page from the first of these blocks on; 0 where nothing must.

        Nobody signs on a page of its own: the text above a signature belongs to it, up to half a page. Codes are one
        picture with the heading above them.
        """
        codes = [self._height_of(one) for one in blocks[1:2] if isinstance(one, CodeGrid)]
        if codes:
            return min(codes[0] + _HEADING, self.height)
        height = 0.0
        for block in blocks:
            if not isinstance(block, Prose | Options | Signatures):
                break
            height += self._height_of(block)
            if isinstance(block, Signatures):
                return height if height <= self.height / 2 else 0.0
        return 0.0

    def _height_of(self, block: CodeGrid | Prose | Options | Signatures) -> float:
        canvas, style = self.canvas, self.style
        if isinstance(block, CodeGrid):
            grid = GRIDS[block.small]
            return -(-len(block.codes) // grid.in_row) * grid.height + 2
        if isinstance(block, Prose):
            size, inset = style.prose(block)
            return len(canvas.lines(block.text, self.width - 2 * inset, size)) * canvas.leading(size) + inset + 1.5
        return SIGNATURE + 2 if isinstance(block, Signatures) else 2 * canvas.leading(style.text) + 3
