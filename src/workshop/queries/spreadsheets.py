"""Tables written to files for spreadsheets: CSV, and Excel where the extra `excel` is installed.

Nothing that people typed is ever a formula: in Excel it is written as text, in CSV with an apostrophe before it,
because programs that open CSV take `=…` for a formula.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workshop.db.files import appearing
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

NO_EXCEL = ReasonKind(
    "-", "no_excel", N_("Excel files need one more part of the program: {install}. A CSV file needs nothing more.")
)
FILE_EXISTS = ReasonKind("-", "file_exists", N_("There is a file {file} already. Give another name, or move it away."))
FILE_UNWRITABLE = ReasonKind(
    "-", "file_unwritable", N_("The file {file} cannot be written: {detail}. Choose another folder.")
)

Cell = str | int | Decimal | datetime | None
"""Times are without zone, as the shop's clocks show them."""

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
"""What begins like a formula, or like one that has its apostrophe already."""
_LONGEST: Final = 32_767  # characters in a cell of Excel
_TITLE: Final = 31  # characters in the name of a sheet of Excel


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its title, the headings, the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_csv(sheet: Sheet, file: Path) -> None:
    """Write a table into a new file, in UTF-8 with the mark by which spreadsheets know it. `Refused` if that fails."""
    with _new(file) as partial, partial.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(sheet.head)
        writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)


def write_excel(sheets: Sequence[Sheet], file: Path) -> None:
    """Write tables into a new Excel file, one sheet each. `Refused` if that fails or the extra is not installed."""
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise Refused(NO_EXCEL(install='pip install "workshop[excel]"')) from error
    with (
        _new(file) as partial,
        Workbook(str(partial), {"strings_to_formulas": False, "strings_to_urls": False}) as book,
    ):
        for sheet in sheets:
            _add(book, sheet)


def _add(book: "Workbook", sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title[:_TITLE])
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for column, words in enumerate(sheet.head):
        page.write_string(0, column, words, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(number, column, cell, moment)
            elif isinstance(cell, str):
                page.write_string(number, column, cell[:_LONGEST])
            elif cell is not None:
                page.write_number(number, column, cell)
    page.freeze_panes(1, 0)
    page.autofit()


def unguarded(cell: str) -> str:
    """A cell of CSV without the apostrophe that `write_csv` set before what begins like a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _plain(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, str):
        return f"'{cell}" if _FORMULA.match(cell) else cell
    return "" if cell is None else str(cell)


@contextmanager
def _new(file: Path) -> Iterator[Path]:
    if file.exists():
        raise Refused(FILE_EXISTS(file=str(file)))
    try:
        with appearing(file) as partial:
            yield partial
    except OSError as error:
        raise Refused(FILE_UNWRITABLE(file=str(file), detail=error.strerror or str(error))) from error
