"""Excel files as tables of text, as `workshop import` reads them: the first sheet, its cells as people see them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Final

from workshop.domain.words import N_
from workshop.queries.spreadsheets import NO_EXCEL

MAGIC: Final = b"PK\x03\x04"
NO_READER: Final = NO_EXCEL.text
NOT_EXCEL = N_("This is no Excel file that can be read. Save it as .xlsx again, or as CSV (UTF-8).")
INSTALL: Final = 'pip install "workshop[excel]"'


class NoReader(Exception):
    """The part of the program that reads Excel is not installed."""


class NotExcel(Exception):
    """The file is none, or damaged."""


def read_workbook(data: bytes) -> list[tuple[int, list[str]]]:
    """Every line of the first sheet that is not empty, with its number as Excel shows it."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise NoReader from error
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        begin = (sheet.start or (0, 0))[0]
        rows = sheet.to_python(skip_empty_area=True)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise NotExcel from error
    lines = ((number, [_text(cell) for cell in row]) for number, row in enumerate(rows, begin + 1))
    return [(number, _cut(cells)) for number, cells in lines if any(cell.strip() for cell in cells)]


def padded(lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The lines filled up to the width of the head: Excel ends a line with its last cell."""
    wide = len(lines[0][1]) if lines else 0
    return [(number, cells + [""] * (wide - len(cells))) for number, cells in lines]


def _cut(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _text(value: object) -> str:
    return next((tell(value) for kind, tell in _KINDS if isinstance(value, kind)), str(value))


def _number(value: object) -> str:
    """Excel keeps every number as a float: 45.0 was written as 45."""
    exact = Decimal(str(value))
    return f"{exact:f}" if exact != exact.to_integral_value() else str(int(exact))


_KINDS: Final[tuple[tuple[type, Callable[[object], str]], ...]] = (
    (bool, lambda value: "yes" if value else "no"),
    (float, _number),
    (datetime, lambda value: f"{value:%Y-%m-%d %H:%M}"),
    (date, lambda value: f"{value:%Y-%m-%d}"),
)
