"""What every screen must keep to, whatever it shows: widths, borders, headings, keys, and one language."""

import re
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from rich.cells import cell_len
from sqlmodel import Session, SQLModel
from textual.screen import Screen
from unit.test_languages import LATIN

from workshop.tui.bars import KeyBar
from workshop.tui.table import KeyedTable

CORNERS: Final = {"╭": ("╮", "╰", "╯"), "┌": ("┐", "└", "┘")}
_SIDE: Final = "│"
_NAMES: Final = frozenset({"Ctrl", "PgUp", "PgDn", "EN", "English"})
_SETTING: Final = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
# Columns that hold English on purpose, or words of the program's own.
_NOT_DATA: Final = re.compile(r"_en$|^(language|unit|command|payload|outcome|state|stage|role|kind|hash|pin.*)$")


def lines_of(screen: Screen[Any]) -> list[str]:
    """The screen line by line, as its reader sees it."""
    return ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]


def cropped(screen: Screen[Any], lines: list[str]) -> list[str]:
    """Of a dialog its own part of the screen; of any other screen all of it."""
    dialogs = list(screen.query(".dialog")) if screen.is_modal else []
    if not dialogs:
        return lines
    box = dialogs[0].region
    return ["".join(_cells(line)[box.x : box.right]) for line in lines[box.y : box.bottom]]


def faults(screen: Screen[Any], lines: list[str]) -> list[str]:
    """What is wrong with how a screen is laid out."""
    return [
        *_too_wide(screen, lines),
        *_bent(cropped(screen, lines)),
        *_cut_headings(screen),
        *_cut_keys(screen, lines),
    ]


def _too_wide(screen: Screen[Any], lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if cell_len(line) != screen.size.width:
            yield f"line {number} is {cell_len(line)} cells wide: {line}"


def _bent(lines: list[str]) -> Iterator[str]:
    """Frames that are no rectangles."""
    grid = [_cells(line) for line in lines]
    for top, row in enumerate(grid):
        for left, sign in enumerate(row):
            if sign not in CORNERS:
                continue
            upper_right, lower_left, lower_right = CORNERS[sign]
            right = next((place for place in range(left, len(row)) if row[place] == upper_right), 0)
            bottom = next((place for place in range(top, len(grid)) if grid[place][left] == lower_left), 0)
            if not right or not bottom or grid[bottom][right] != lower_right:
                yield f"the frame at line {top}, cell {left} is not closed"
            elif any(grid[place][edge] != _SIDE for place in range(top + 1, bottom) for edge in (left, right)):
                yield f"the frame at line {top}, cell {left} has a side that is bent"


def _cells(line: str) -> list[str]:
    """A line cell by cell; a wide character stands in its first one."""
    return [cell for sign in line for cell in (sign, "")[: max(cell_len(sign), 0)]]


def _cut_headings(screen: Screen[Any]) -> Iterator[str]:
    for table in screen.query(KeyedTable):
        if not table.is_on_screen or not table.size.width:
            continue
        for column in table.ordered_columns:
            if cell_len(str(column.label)) > column.width:
                yield f"the heading {column.label} has {column.width} cells"
        taken = sum(column.get_render_width(table) for column in table.ordered_columns)
        if taken > table.scrollable_content_region.width:
            yield f"{table.id}: columns of {taken} cells in {table.scrollable_content_region.width}"


def _cut_keys(screen: Screen[Any], lines: list[str]) -> Iterator[str]:
    for bar in screen.query(KeyBar):
        line = "".join(_cells(lines[bar.region.y])[bar.region.x : bar.region.right])
        for key in bar.shown:
            if f"{key.display} {key.description}" not in line or bar.region.height != 1:
                yield f"the key {key.display} {key.description} is cut"


def foreign(lines: list[str], known: frozenset[str]) -> list[str]:
    """The Latin words on a Chinese screen that are neither what a Chinese workshop writes so nor data."""
    return [
        word
        for line in lines
        for word in _WORD.findall(LATIN.sub(" ", _SETTING.sub(" ", line)))
        if word not in known | _NAMES
    ]


def latin_data(session: Session) -> frozenset[str]:
    """The Latin words among the records: codes, numbers, models, what people typed."""
    found: set[str] = set()
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, sa.Enum) or _NOT_DATA.search(column.name):
                continue
            for value in session.execute(sa.select(column).distinct()).scalars():
                found.update(_WORD.findall(LATIN.sub(" ", value)) if isinstance(value, str) else ())
    return frozenset(found)
