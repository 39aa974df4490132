"""How tall the blocks of a paper are, and what must stand on one page together. Millimetres, points for type."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from typing import Final

from workshop.documents.blocks import Block, CodeGrid, Cut, Field, Fields, Heading, Options, Prose, Signatures, Table
from workshop.documents.canvas import Canvas, code_width
from workshop.documents.page_style import GRIDS, PAD, SIGNATURE, Style

BOX: Final = 3.0  # the side of a box to tick
SMALL_MODULE: Final = 0.3
_CODED: Final = 11.5  # a heading with a number beside it
_SOME_ROWS: Final = 22.0  # a table's head with what must follow it at least
_SOME_OF_A_PART: Final = 70.0
_CELL: Final = 1.2
_SHORTER: Final = 0.94  # of the size of type; so often that the smallest is 7.5 points, 六号, as forms have it
_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class FieldRow:
    """Fields beside each other, wrapped: widths, the lines of the labels and of the values, room for the labels."""

    widths: list[float]
    labels: list[list[str]]
    values: list[list[str]]
    above: float


@dataclass(frozen=True, slots=True)
class Measure:
    """The room for blocks on a page, and what measures them."""

    canvas: Canvas
    style: Style
    width: float
    height: float

    # --- pieces ------------------------------------------------------------------------------------------------------

    def field_rows(self, block: Fields) -> Iterator[FieldRow]:
        """The fields in rows: those side by side, and those that have the whole width."""
        canvas, style = self.canvas, self.style
        for row in _rows_of(block):
            step = self.width / (1 if row[0].wide else block.columns)
            widths = [step] * (len(row) - 1) + [self.width - step * (len(row) - 1)]
            sized = list(zip(row, widths, strict=True))
            labels = [canvas.lines(field.label, wide - 2 * PAD, style.label) for field, wide in sized]
            values = [canvas.lines(field.value, wide - 2 * PAD, style.text) for field, wide in sized]
            yield FieldRow(widths, labels, values, max(map(len, labels)) * canvas.leading(style.label) + 0.6)

    def widths(self, block: Table) -> list[float]:
        """The widths of a table's columns."""
        whole = sum(column.share for column in block.columns)
        return [self.width * column.share / whole for column in block.columns]

    def heads(self, block: Table) -> list[list[str]]:
        """The wrapped heads of a table."""
        sized = zip(block.columns, self.widths(block), strict=True)
        return [self.canvas.lines(one.head, wide - 2 * PAD, self.style.label + 0.5, bold=True) for one, wide in sized]

    def cells(self, block: Table, row: Sequence[str]) -> list[list[str]]:
        """The wrapped cells of a table's row."""
        sized = zip(row, self.widths(block), strict=True)
        return [self.canvas.lines(cell, wide - 2 * PAD, self.style.text) for cell, wide in sized]

    def sum_lines(self, label: str, amount: str) -> list[str]:
        """The wrapped label of a sum."""
        canvas, size = self.canvas, self.style.text
        room = self.width - canvas.measure(canvas.clean(amount), size, bold=True) - 4 * PAD
        return canvas.lines(label, room, size, bold=True)

    def head_height(self, heads: Sequence[Sequence[str]]) -> float:
        """The height of a table's head."""
        return max(map(len, heads)) * self.canvas.leading(self.style.label + 0.5) + _CELL

    def row_height(self, lines: int) -> float:
        """The height of a row of a table or of a sum."""
        return lines * self.canvas.leading(self.style.text) + _CELL

    def sums_height(self, block: Table) -> float:
        """The height of the sums under a table."""
        return sum(self.row_height(len(self.sum_lines(*one))) for one in block.sums)

    def heading_lines(self, block: Heading) -> tuple[list[str], float]:
        """A heading's lines, and the height in which they and the code beside them stand."""
        size = self.style.text + 1
        code = code_width(block.number, SMALL_MODULE) if block.number else 0.0
        lines = self.canvas.lines(block.text, self.width - code - 2, size, bold=True)
        return lines, max(len(lines) * self.canvas.leading(size), _CODED if block.number else 0)

    def title_lines(self, title: str, room: float, size: float) -> list[str]:
        """A title in one line if it fits; else each of its languages begins a line."""
        lines = self.canvas.lines(title.replace("\n", " "), room, size, bold=True)
        return lines if len(lines) == 1 else self.canvas.lines(title, room, size, bold=True)

    def option_rows(self, block: Options) -> list[list[tuple[float, str, bool]]]:
        """The boxes in rows, each with its place from the left."""
        canvas, size = self.canvas, self.style.text
        x = canvas.measure(canvas.clean(block.label), size, bold=True) + 4
        rows: list[list[tuple[float, str, bool]]] = [[]]
        for text, chosen in block.options:
            clean = canvas.clean(text)
            wide = BOX + 1.2 + canvas.measure(clean, size)
            if x + wide > self.width:
                rows.append([])
                x = 4.0
            rows[-1].append((x, clean, chosen))
            x += wide + 6
        return rows

    # --- heights -----------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def height_of(self, block: Block) -> float:
        """The height of a block with the gap under it, on a page where all of it finds room."""
        raise TypeError(f"no way to measure {type(block).__name__}")

    @height_of.register
    def _(self, block: Fields) -> float:
        leading = self.canvas.leading(self.style.text)
        return sum(row.above + max(map(len, row.values)) * leading + 1 for row in self.field_rows(block)) + 2

    @height_of.register
    def _(self, block: Table) -> float:
        rows = sum(self.row_height(max(map(len, self.cells(block, row)))) for row in block.rows)
        return self.head_height(self.heads(block)) + rows + self.sums_height(block) + 2.5

    @height_of.register
    def _(self, block: Heading) -> float:
        return self.heading_lines(block)[1] + 0.8

    @height_of.register
    def _(self, block: Prose) -> float:
        size, inset = self.style.prose(block)
        lines = self.canvas.lines(block.text, self.width - 2 * inset, size)
        return len(lines) * self.canvas.leading(size) + inset + 1.5

    @height_of.register
    def _(self, block: Options) -> float:
        leading = self.canvas.leading(self.style.text)
        return len(self.option_rows(block)) * (leading + 1) + 1

    @height_of.register
    def _(self, _: Signatures) -> float:
        return SIGNATURE + 2

    @height_of.register
    def _(self, block: CodeGrid) -> float:
        grid = GRIDS[block.small]
        return -(-len(block.codes) // grid.in_row) * grid.height + 2

    @height_of.register
    def _(self, block: Cut) -> float:
        lines = self.title_lines(block.title, self.width, self.style.cut) if block.title else []
        return len(lines) * self.canvas.leading(self.style.cut) + 6

    # --- what belongs together ---------------------------------------------------------------------------------------

    def kept_together(self, blocks: Sequence[Block]) -> float:
        """The height of what must stand on one page from the first of these blocks on; 0 where nothing must.

        What stands under a heading belongs to it, up to half a page, and so does a part that is cut off. Nobody signs
        on a page of its own: what stands above a signature belongs to it, up to half a page too. Codes are one picture
        with the heading above them.
        """
        if blocks and isinstance(blocks[0], Cut):
            return self._part(blocks)
        if blocks and isinstance(blocks[0], Heading):
            return self._section(blocks)
        height = 0.0
        for block in blocks:
            if not isinstance(block, Prose | Options | Fields | Signatures):
                break
            height += self.height_of(block)
            if isinstance(block, Signatures):
                return height if height <= self.height / 2 else 0.0
        return 0.0

    def after_table(self, blocks: Sequence[Block]) -> float:
        """The room that a table's last row leaves under it: a signature right behind a table is for its rows."""
        return self.height_of(blocks[0]) if blocks and isinstance(blocks[0], Signatures) else 0.0

    def _part(self, blocks: Sequence[Block]) -> float:
        height = self.height_of(blocks[0])
        for block in blocks[1:]:
            if isinstance(block, Cut):
                break
            height += self.height_of(block)
        return height if height <= self.height / 2 else _SOME_OF_A_PART

    def _section(self, blocks: Sequence[Block]) -> float:
        height = self.height_of(blocks[0])
        for block in blocks[1:]:
            if isinstance(block, Heading | Cut):
                break
            if isinstance(block, CodeGrid):
                return min(height + self.height_of(block), self.height)
            tall = self.height_of(block)
            if isinstance(block, Table):
                return height + tall if height + tall <= self.height / 2 else height + min(tall, _SOME_ROWS)
            if height + tall > self.height / 2:
                return height + _SOME_ROWS
            height += tall
        return height

    def to_fit(self, blocks: Sequence[Block], used: float) -> Style:
        """The style in which all this stands on one page; the usual one where not even smaller type achieves that."""
        style = self.style
        for _ in range(_STEPS + 1):
            page = replace(self, style=style)
            if sum(map(page.height_of, blocks)) <= self.height - used:
                return style
            style = style.smaller(_SHORTER)
        return self.style


def _rows_of(block: Fields) -> Iterator[list[Field]]:
    row: list[Field] = []
    for field in block.fields:
        if row and (field.wide or len(row) == block.columns):
            yield row
            row = []
        row.append(field)
        if field.wide:
            yield row
            row = []
    if row:
        yield row
