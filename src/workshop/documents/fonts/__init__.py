"""Noto Sans SC, cut to what papers need (see tests/support/fonts.py), under the SIL Open Font License beside it."""

from functools import cache
from pathlib import Path
from typing import Final

FAMILY: Final = "NotoSansSC"
REGULAR: Final = Path(__file__).parent / "NotoSansSC-Regular.ttf"
BOLD: Final = Path(__file__).parent / "NotoSansSC-Bold.ttf"
SUBSTITUTE: Final = "〓"
"""What stands for a character that the font lacks, as Chinese printers have always done."""


@cache
def characters(bold: bool = False) -> frozenset[int]:
    """The characters that a face has."""
    from fontTools.ttLib import TTFont

    with TTFont(BOLD if bold else REGULAR, lazy=True) as font:
        return frozenset(font.getBestCmap())
