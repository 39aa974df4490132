"""Tables as CSV files: which columns each kind has, and reading what spreadsheets write."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workshop.domain.words import N_, Labelled, Message
from workshop.doors.workbooks import INSTALL, MAGIC, NO_READER, NOT_EXCEL, NoReader, NotExcel, padded, read_workbook
from workshop.queries.spreadsheets import unguarded

NOT_TEXT = N_("This file is no text in UTF-8 or GB18030. Save it as CSV (UTF-8).")
NOT_CSV = N_("From here on this is not CSV: a quotation mark is open, or a cell is far too long.")
NOT_COMMAS = N_("The columns are not separated by commas. Save it as CSV (comma separated, UTF-8).")
NO_LINES = N_("The file has no lines under its header.")
UNKNOWN_COLUMN = N_("There is no such column here. Known are: {known}")
MISSING_COLUMN = N_("This column is missing in the header.")
COLUMN_TWICE = N_("This column stands in the header twice.")
ROW_TWICE = N_("This stands in the file twice, first in line {line}.")
CELLS = N_("Cells in this line: {found}; in its header: {expected}.")


_UNREAD = frozenset({NOT_TEXT, NO_READER, NOT_EXCEL})


class SheetKind(Labelled):
    """What a table can hold."""

    PEOPLE = "people", N_("people")
    OPERATIONS = "operations", N_("operations")
    CHECKLISTS = "checklists", N_("checklists")
    PARTS = "parts", N_("parts")
    FITS = "fits", N_("fitment")
    USUAL_PARTS = "usual-parts", N_("usual parts")
    STOCK = "stock", N_("stock")
    VEHICLES = "vehicles", N_("vehicles")
    CALENDAR = "calendar", N_("working calendar")
    CLEANING_PLANS = "cleaning-plans", N_("cleaning plans")
    TOOLS = "tools", N_("kinds of tool")
    PIECES = "pieces", N_("tools")
    AREAS = "areas", N_("areas")


class ExportKind(Labelled):
    """What can be written to a file."""

    ORDERS = "orders", N_("orders")
    OPERATIONS = "operations", N_("operations")
    PARTS = "parts", N_("parts")
    STOCK = "stock", N_("stock")


# The columns of each kind; * marks those that must be there.
COLUMNS: Final[Mapping[SheetKind, str]] = {
    SheetKind.PEOPLE: "name* roles* pin* team language",
    SheetKind.OPERATIONS: "code* name_zh* name_en* category* minutes* price* repair_class* checklist* gear drip_pan"
    " hoist_watcher outside_covers inside_covers training active",
    SheetKind.CHECKLISTS: "checklist* text_zh* text_en* position unit low high value_required",
    SheetKind.PARTS: "part_no* name_zh* name_en* old_part* price* waste unit opening_stock active",
    SheetKind.FITS: "part_no* make model year_from year_to engine vin_prefix",
    SheetKind.USUAL_PARTS: "operation* part_no* quantity",
    SheetKind.STOCK: "part_no* quantity* note",
    SheetKind.VEHICLES: "vin* make* model* customer* phone* plate plate_colour vehicle_class model_year engine weight",
    SheetKind.CALENDAR: "day* kind* name_zh name_en",
    SheetKind.CLEANING_PLANS: "plan* moment* text_zh* text_en*",
    SheetKind.TOOLS: "tool_code* name_zh* name_en* tool_class* price* service service_days rated_load active",
    SheetKind.PIECES: "tool_code* home serial_no serviced_on serviced_by",
    SheetKind.AREAS: "name* plan* team owner",
}
# What names a row; a file that names it twice is wrong in one of the two places.
_KEYS: Final[Mapping[SheetKind, tuple[str, ...]]] = {
    SheetKind.OPERATIONS: ("code",),
    SheetKind.PARTS: ("part_no",),
    SheetKind.USUAL_PARTS: ("operation", "part_no"),
    SheetKind.VEHICLES: ("vin",),
    SheetKind.CALENDAR: ("day",),
    SheetKind.TOOLS: ("tool_code",),
    SheetKind.AREAS: ("name",),
}


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong in one line of a file; `line` counts from 1, the header included. `rule` if a rule refuses it."""

    line: int
    column: str
    text: Message
    args: Mapping[str, object] = field(default_factory=dict)
    rule: str = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column. They are text, whatever they begin with."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read, with what is wrong with it as a table."""

    kind: SheetKind
    rows: tuple[Row, ...]
    problems: tuple[LineProblem, ...] = ()


def read_sheet(kind: SheetKind, data: bytes) -> Sheet:
    """Read an Excel file, or a CSV file in UTF-8, with or without its mark, or in GB18030."""
    lines, broken = _excel(data) if data.startswith(MAGIC) else _csv(data)
    if not lines:
        unread = any(one.text in _UNREAD for one in broken)
        return Sheet(kind, (), tuple(broken) if unread else (*broken, LineProblem(1, "", NO_LINES)))
    header = [cell.strip() for cell in lines[0][1]]
    if wrong := tuple(_header_problems(kind, lines[0][0], header)):
        return Sheet(kind, (), wrong)
    rows, found = [], list(broken)
    for number, cells in lines[1:]:
        if len(cells) == len(header):
            rows.append(Row(number, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}))
        else:
            found.append(LineProblem(number, "", CELLS, {"found": len(cells), "expected": len(header)}))
    found += _repeated(kind, rows)
    if not rows and not found:
        found.append(LineProblem(lines[0][0], "", NO_LINES))
    return Sheet(kind, tuple(rows), tuple(found))


def _excel(data: bytes) -> tuple[list[tuple[int, list[str]]], list[LineProblem]]:
    try:
        return padded(read_workbook(data)), []
    except NoReader:
        return [], [LineProblem(1, "", NO_READER, {"install": INSTALL})]
    except NotExcel:
        return [], [LineProblem(1, "", NOT_EXCEL)]


def _csv(data: bytes) -> tuple[list[tuple[int, list[str]]], list[LineProblem]]:
    text = _decode(data)
    return _lines(text) if text is not None else ([], [LineProblem(1, "", NOT_TEXT)])


def _decode(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _lines(text: str) -> tuple[list[tuple[int, list[str]]], list[LineProblem]]:
    """Every line that is not empty with the number it begins at; a problem where the file stops being CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, [unguarded(cell) for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error:
        return found, [LineProblem(begins, "", NOT_CSV)]
    return found, []


def _repeated(kind: SheetKind, rows: Sequence[Row]) -> Iterator[LineProblem]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows if kind in _KEYS else ():
        key = tuple(row.cells[column] for column in _KEYS[kind])
        if key in first:
            yield LineProblem(row.line, _KEYS[kind][-1], ROW_TWICE, {"line": first[key]})
        first.setdefault(key, row.line)


def _header_problems(kind: SheetKind, line: int, header: Sequence[str]) -> Iterator[LineProblem]:
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        yield LineProblem(line, "", NOT_COMMAS)
        return
    columns = COLUMNS[kind].split()
    known = [name.rstrip("*") for name in columns]
    for position, name in enumerate(header):
        if name not in known:
            yield LineProblem(line, name, UNKNOWN_COLUMN, {"known": tuple(known)})
        elif name in header[:position]:
            yield LineProblem(line, name, COLUMN_TWICE)
    for name in columns:
        if name.endswith("*") and name.rstrip("*") not in header:
            yield LineProblem(line, name.rstrip("*"), MISSING_COLUMN)
