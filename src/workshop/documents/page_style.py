"""Sizes of what stands on pages."""

from dataclasses import dataclass, replace
from typing import Final, Self

from workshop.documents.blocks import Prose
from workshop.domain.papers import PaperSize

PAD: Final = 1.1  # millimetres between a frame and its text
SIGNATURE: Final = 15.0
_SMALLEST: Final = 6.0  # points of a label


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

    @property
    def cut(self) -> float:
        """The size of the title of a part that is cut off."""
        return self.text + 3

    def smaller(self, part: float) -> Self:
        """The same in smaller type; labels stay legible."""
        return replace(self, text=self.text * part, label=max(self.label * part, _SMALLEST))


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
