"""A table that changes by key: what is new is added, what changed is updated, what went is removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from rich.cells import cell_len
from rich.text import Text
from textual.coordinate import Coordinate
from textual.message import Message as TextualMessage
from textual.widgets import DataTable

from workshop.domain.words import Message

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `width` in cells, up to `most` where its content asks for it; `grow` takes what is left; numbers stand
    `right`.

    A column with `from_width` is shown only where the table is at least that many cells wide.
    """

    key: str
    label: Message
    width: int = 0
    most: int = 0
    right: bool = False
    grow: bool = False
    from_width: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the key it is known by and one cell per column (also for those that are not shown now)."""

    key: str
    cells: tuple[str | Text, ...]


class _Lead(Text):
    """The first cell of a row; it knows where the row belongs."""

    rank = 0


class KeyedTable(DataTable[Text]):
    """A table of rows by key. Cursor and scroll stay where the reader's eyes are; at most 200 rows are shown."""

    class LaidOut(TextualMessage):
        """The columns have got other widths: other cells may be too narrow now."""

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002 — Textual's name
        super().__init__(id=id, cursor_type="row", zebra_stripes=False, cell_padding=1)
        self._all = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._shown: tuple[tuple[str, int, str], ...] = ()
        self._tell: Callable[[Message], str] = str

    @property
    def current_key(self) -> str | None:
        """The key of the row under the cursor."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(Coordinate(self.cursor_row, 0)).row_key.value

    @property
    def cut(self) -> str:
        """What the row under the cursor says in cells that are too narrow for it."""
        key = self.current_key
        row = next((one for one in self._rows if one.key == key), None)
        if row is None:
            return ""
        said = [str(row.cells[self._all.index(self._column(name))]).strip() for name, _, _ in self._shown]
        return "  ".join(one for one, (_, width, _) in zip(said, self._shown, strict=True) if cell_len(one) > width)

    @property
    def row_keys(self) -> frozenset[str]:
        """The keys of the rows that are shown."""
        return frozenset(row.key for row in self._rows)

    def render_texts(self, tell: Callable[[Message], str]) -> None:
        """Put the headings in a language."""
        self._tell = tell
        self._lay_out()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows in this order; the cursor stays on its row, or near where the row was."""
        self._rows = tuple(rows[:MOST_ROWS])
        if self._shown and self._shown == self._layout_for(self.size.width):
            self._update()
        elif self._shown:
            self._lay_out()

    def point_at(self, key: str) -> None:
        """Put the cursor on a row, if it is there."""
        if key in self.row_keys:
            self.move_cursor(row=self.get_row_index(key))

    def on_resize(self) -> None:
        """Fit the columns to the width."""
        self._lay_out()

    def watch_virtual_size(self) -> None:
        """Take the bar away when all rows have come to fit: left to Textual, it stays until something else moves."""
        self._refresh_scrollbars()

    def _lay_out(self) -> None:
        wanted = self._layout_for(self.size.width)
        if not self.size.width or wanted == self._shown:
            return
        key, top = self.current_key, self.scroll_y
        with self.prevent(DataTable.RowHighlighted):
            self.clear(columns=True)
            self._shown = wanted
            for name, width, label in wanted:
                self.add_column(
                    Text(label, justify="right" if self._column(name).right else "left"), width=width, key=name
                )
            self._update()
            if key is not None:
                self.point_at(key)
        if self.row_count and self.current_key != key:  # as for rows that came before there was room for them
            row_key = self.coordinate_to_cell_key(Coordinate(self.cursor_row, 0)).row_key
            self.post_message(DataTable.RowHighlighted(self, self.cursor_row, row_key))
        self.scroll_to(y=top, animate=False)
        self.post_message(self.LaidOut())

    def _layout_for(self, width: int) -> tuple[tuple[str, int, str], ...]:
        columns = [one for one in self._all if width >= one.from_width]
        padding, fixed = 2 * self.cell_padding, {one.key: self._width(one) for one in columns if not one.grow}
        growing = [one for one in columns if one.grow]
        left = width - sum(fixed.values()) - padding * len(columns) - self.scrollbar_size_vertical
        share = max(left // len(growing), 6) if growing else 0
        return tuple((one.key, fixed.get(one.key, share), self._tell(one.label)) for one in columns)

    def _width(self, column: Column) -> int:
        content = 0
        if column.most:
            place = self._all.index(column)
            content = max((cell_len(str(row.cells[place])) for row in self._rows), default=0)
        return max(column.width, cell_len(self._tell(column.label)), min(content, column.most))

    def _column(self, key: str) -> Column:
        return next(one for one in self._all if one.key == key)

    def _update(self) -> None:
        key, row, top = self.current_key, self.cursor_row, self.scroll_y
        wanted = {one.key: one for one in self._rows}
        stays = key in wanted
        with self.prevent(*((DataTable.RowHighlighted,) if stays else ())):
            for gone in [one for one in map(_value, self.rows) if one not in wanted]:
                self.remove_row(gone)
            present = set(map(_value, self.rows))
            for one in self._rows:
                self._change(one) if one.key in present else self._add(one)
            self._order()
            if self.row_count:
                self._restore(key if stays else None, row, top)

    def _add(self, row: Row) -> None:
        self.add_row(*self._cells(row), key=row.key)

    def _change(self, row: Row) -> None:
        for (name, _, _), cell in zip(self._shown, self._cells(row), strict=True):
            if self.get_cell(row.key, name) != cell:
                self.update_cell(row.key, name, cell)

    def _cells(self, row: Row) -> list[Text]:
        found = []
        for position, (name, _, _) in enumerate(self._shown):
            column = self._column(name)
            given = row.cells[self._all.index(column)]
            cell = (_Lead if position == 0 else Text)("", no_wrap=True, overflow="ellipsis", end="")
            cell.append_text(given if isinstance(given, Text) else Text(given.replace("\n", " ")))
            cell.justify = "right" if column.right else "left"
            found.append(cell)
        return found

    def _order(self) -> None:
        if [_value(key) for key in self._by_place()] == [row.key for row in self._rows]:
            return
        first = self._shown[0][0]
        for rank, row in enumerate(self._rows):
            cast("_Lead", self.get_cell(row.key, first)).rank = rank
        self.sort(first, key=lambda lead: lead.rank)

    def _by_place(self) -> list[object]:
        return [self.coordinate_to_cell_key(Coordinate(place, 0)).row_key for place in range(self.row_count)]

    def _restore(self, key: str | None, row: int, top: float) -> None:
        place = self.get_row_index(key) if key is not None else min(row, self.row_count - 1)
        if place != self.cursor_row:
            self.move_cursor(row=place, scroll=False)
        moved = place - row if key is not None else 0
        self.scroll_to(y=max(top + moved, 0) if top else top, animate=False)


def _value(key: object) -> str:
    return str(getattr(key, "value", key))
