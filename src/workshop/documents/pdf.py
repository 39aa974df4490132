"""Papers and labels as PDF, laid out block by block; what does not fit on a page goes on on the next."""

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatchmethod
from typing import Final

from workshop.documents.blocks import (
    Block,
    CodeGrid,
    Column,
    Cut,
    Document,
    Fields,
    Heading,
    Labels,
    Options,
    Prose,
    Sheet,
    Signatures,
    Table,
)
from workshop.documents.canvas import Align, Canvas, code_width
from workshop.documents.label_pdf import labels_pdf
from workshop.documents.measure import BOX, SMALL_MODULE, FieldRow, Measure
from workshop.documents.page_style import GRIDS, PAD, SIGNATURE, STYLES

_CODE_MODULE: Final = 0.36  # millimetres
_HEAD: Final = 6.0  # above what a page goes on with
_TOGETHER: Final = 10  # lines of a row of a table or of fields that are not parted
_HAIR: Final = 1e-6  # what sums of heights may be off


def pdf(document: Document) -> bytes:
    """The document as a PDF file."""
    return labels_pdf(document) if isinstance(document, Labels) else _Layout(document).run()


class _Layout:
    """One sheet on its way onto pages; `y` is where the next block begins."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.style = STYLES[sheet.size]
        width, height = sheet.size.value
        title = f"{_in_one_line(sheet.title)} {sheet.number}".strip()
        self.canvas = Canvas(width, height, title=title, author=sheet.shop[0])
        self.left = self.style.margin
        self.right = width - self.style.margin
        self.bottom = height - self.style.margin - 6
        self.y = 0.0
        self.after_table = 0.0  # that must find room on the page of a table's last row
        self.measure = Measure(self.canvas, self.style, self.width, self.bottom - self.style.margin - _HEAD)

    @property
    def width(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    def run(self) -> bytes:
        """Lay everything out."""
        self._first_page()
        self._choose_type()
        blocks = self.sheet.blocks
        for place, block in enumerate(blocks):
            self._make_room(self.measure.kept_together(blocks[place:]))
            self.after_table = self.measure.after_table(blocks[place + 1 :])
            self.draw(block)
        for note in self._notes():
            self._draw_prose(note)
        last = self.canvas.page
        for number in range(1, last + 1):
            self._draw_foot(number, last)
        return self.canvas.done()

    def _choose_type(self) -> None:
        """Smaller type where that brings the whole sheet onto its first page."""
        used = self.y - self.style.margin - _HEAD
        self.measure.to_fit(self.sheet.blocks, used)  # tells which characters are lacking
        self.style = self.measure.to_fit((*self.sheet.blocks, *self._notes()), used)
        self.measure = replace(self.measure, style=self.style)

    def _notes(self) -> list[Prose]:
        """What is said under everything: the characters that the font lacks."""
        if not (self.canvas.lacking and self.sheet.missing):
            return []
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in self.canvas.lacking)
        return [Prose(f"{self.sheet.missing} {codes}", small=True)]

    # --- pages -------------------------------------------------------------------------------------------------------

    def _first_page(self) -> None:
        self._new_page()
        canvas, style, top = self.canvas, self.style, self.style.margin
        code = code_width(self.sheet.number, _CODE_MODULE) if self.sheet.number else 0.0
        room = self.width - code - 4
        shop, *rest = self.sheet.shop
        y = canvas.write_lines(self.left, top, canvas.lines(shop, room, 11, bold=True), 11, bold=True)
        y = canvas.write_lines(self.left, y, canvas.lines("   ".join(filter(None, rest)), room, 7.5), 7.5)
        if self.sheet.number:
            canvas.code(self.right - code, top, self.sheet.number, _CODE_MODULE, 9)
        y = max(y + 3, top + (16 if self.sheet.number else 0))
        for line in self.measure.title_lines(self.sheet.title, self.width - 50, style.title):
            canvas.write((self.left + self.right) / 2, y, line, style.title, bold=True, align="centre")
            y += canvas.leading(style.title)
        self._mark_copy(y - canvas.leading(style.title))
        self.y = y + 1.5

    def _mark_copy(self, y: float) -> None:
        if not self.sheet.copy:
            return
        text = self.canvas.clean(self.sheet.copy)
        wide = self.canvas.measure(text, 9, bold=True) + 4
        self.canvas.frame(self.right - wide, y + 0.8, wide, 5.4)
        self.canvas.write(self.right - wide / 2, y + 1.3, text, 9, bold=True, align="centre")

    def _new_page(self) -> None:
        """A page; from the second on, a line at its top says what it belongs to."""
        canvas = self.canvas
        canvas.add_page()
        self.y = self.style.margin
        if canvas.page > 1:
            head = "  ".join(
                filter(None, (_in_one_line(self.sheet.title), self.sheet.number, self.sheet.about, self.sheet.copy))
            )
            canvas.write(self.left, self.y, canvas.clean(head), self.style.label + 1, bold=True)
            canvas.line(self.left, self.y + 4.6, self.right)
            self.y += _HEAD

    def _draw_foot(self, page: int, last: int) -> None:
        canvas, size = self.canvas, self.style.label
        canvas.turn_to(page)
        y = self.bottom + 2
        canvas.line(self.left, y, self.right)
        said = canvas.clean(self.sheet.page.format(page=page, pages=last))
        canvas.write(self.right, y + 0.8, said, size, grey=70, align="right")
        for line in canvas.lines(self.sheet.footer, self.width - 30, size)[:2]:
            canvas.write(self.left, y + 0.8, line, size, grey=70)
            y += canvas.leading(size)

    def _make_room(self, height: float) -> None:
        if self.y + height > self.bottom + _HAIR:
            self._new_page()

    # --- blocks ------------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def draw(self, block: Block) -> None:
        """Draw a block and move on."""
        raise TypeError(f"no way to draw {type(block).__name__}")

    @draw.register
    def _draw_fields(self, block: Fields) -> None:
        for row in self.measure.field_rows(block):
            self._draw_field_row(row)
        self.y += 2

    def _draw_field_row(self, row: FieldRow) -> None:
        canvas, style, values = self.canvas, self.style, row.values
        leading = canvas.leading(style.text)
        while any(values):
            longest = max(map(len, values))
            self._make_room(row.above + (longest if longest <= _TOGETHER else 1) * leading + 1)
            fit = max(1, int((self.bottom - self.y - row.above - 1 + _HAIR) / leading))
            height = row.above + min(fit, longest) * leading + 1
            x = self.left
            for label, value, wide in zip(row.labels, values, row.widths, strict=True):
                canvas.frame(x, self.y, wide, height)
                canvas.write_lines(x + PAD, self.y + 0.5, label, style.label)
                canvas.write_lines(x + PAD, self.y + row.above, value[:fit], style.text)
                x += wide
            self.y += height
            values = [value[fit:] for value in values]

    @draw.register
    def _draw_table(self, block: Table) -> None:
        measure = self.measure
        rows = [measure.cells(block, row) for row in block.rows]
        behind = measure.sums_height(block) + self.after_table  # stands under the last row, on its page
        head = measure.head_height(measure.heads(block))
        first = self._row_room(rows[0]) if rows else 0.0
        self._make_room(max(18, head + first + (behind if len(rows) <= 1 else 0)))
        self._draw_heads(block)
        for place, cells in enumerate(rows):
            last = place == len(rows) - 1
            if last and place and self.y + self._row_room(cells) + behind > self.bottom + _HAIR:
                self._new_page()
                self._draw_heads(block)
            self._draw_row(block, cells)
        self._make_room(measure.sums_height(block))
        for label, amount in block.sums:
            self._draw_sum(measure.sum_lines(label, amount), amount)
        self.y += 2.5

    def _row_room(self, cells: list[list[str]]) -> float:
        """What a row needs to begin on a page: the whole of it, unless it may be parted."""
        longest = max(map(len, cells))
        return self.measure.row_height(longest if longest <= _TOGETHER else _TOGETHER)

    def _draw_heads(self, block: Table) -> None:
        size, heads = self.style.label + 0.5, self.measure.heads(block)
        height = self.measure.head_height(heads)
        x = self.left
        for column, head, wide in zip(block.columns, heads, self.measure.widths(block), strict=True):
            self.canvas.frame(x, self.y, wide, height, fill=232)
            self._draw_cell(column, head, x, wide, size, bold=True)
            x += wide
        self.y += height

    def _draw_row(self, block: Table, cells: list[list[str]]) -> None:
        canvas, size, widths = self.canvas, self.style.text, self.measure.widths(block)
        while any(cells):
            longest = max(map(len, cells))
            fit = int((self.bottom - self.y - 1.2 + _HAIR) / canvas.leading(size))
            if fit < min(longest, _TOGETHER):  # only what is longer is parted
                self._new_page()
                self._draw_heads(block)
                fit = int((self.bottom - self.y - 1.2) / canvas.leading(size))
            height = self.measure.row_height(min(fit, longest))
            x = self.left
            for column, cell, wide in zip(block.columns, cells, widths, strict=True):
                canvas.frame(x, self.y, wide, height)
                self._draw_cell(column, cell[:fit], x, wide, size)
                x += wide
            self.y += height
            cells = [cell[fit:] for cell in cells]

    def _draw_cell(
        self, column: Column, lines: Sequence[str], x: float, wide: float, size: float, *, bold: bool = False
    ) -> None:
        align: Align = "right" if column.right else "left"
        place = x + wide - PAD if column.right else x + PAD
        for number, line in enumerate(lines):
            top = self.y + 0.6 + number * self.canvas.leading(size)
            self.canvas.write(place, top, line, size, bold=bold, align=align)

    def _draw_sum(self, lines: list[str], amount: str) -> None:
        canvas, size, height = self.canvas, self.style.text, self.measure.row_height(len(lines))
        canvas.frame(self.left, self.y, self.width, height)
        canvas.write_lines(self.left + PAD, self.y + 0.6, lines, size, bold=True)
        canvas.write(self.right - PAD, self.y + 0.6, canvas.clean(amount), size, bold=True, align="right")
        self.y += height

    @draw.register
    def _draw_heading(self, block: Heading) -> None:
        canvas, size = self.canvas, self.style.text + 1
        lines, height = self.measure.heading_lines(block)
        if block.number:
            code = code_width(block.number, SMALL_MODULE)
            canvas.code(self.right - code, self.y, block.number, SMALL_MODULE, 7)
        canvas.write_lines(self.left, self.y, lines, size, bold=True)
        self.y += height + 0.8

    @draw.register
    def _draw_prose(self, block: Prose) -> None:
        canvas = self.canvas
        size, inset = self.style.prose(block)
        lines = canvas.lines(block.text, self.width - 2 * inset, size)
        while lines:
            self._make_room(min(len(lines), 3) * canvas.leading(size) + inset)
            fit = max(1, int((self.bottom - self.y - inset + _HAIR) / canvas.leading(size)))
            part, lines = lines[:fit], lines[fit:]
            if block.framed:
                canvas.frame(self.left, self.y, self.width, len(part) * canvas.leading(size) + inset)
            self.y = canvas.write_lines(self.left + inset, self.y + inset / 2, part, size) + inset / 2
        self.y += 1.5

    @draw.register
    def _draw_options(self, block: Options) -> None:
        canvas, size = self.canvas, self.style.text
        height = canvas.leading(size)
        self._make_room(self.measure.height_of(block))
        canvas.write(self.left, self.y, canvas.clean(block.label), size, bold=True)
        for row in self.measure.option_rows(block):
            for place, text, chosen in row:
                x = self.left + place
                canvas.tick(x, self.y + (height - BOX) / 2, BOX, ticked=chosen)
                canvas.write(x + BOX + 1.2, self.y, text, size)
            self.y += height + 1
        self.y += 1

    @draw.register
    def _draw_signatures(self, block: Signatures) -> None:
        canvas, style = self.canvas, self.style
        height = SIGNATURE
        self._make_room(height)
        wide = self.width / len(block.places)
        for number, (label, name) in enumerate(block.places):
            x = self.left + number * wide
            canvas.frame(x, self.y, wide, height)
            y = canvas.write_lines(x + PAD, self.y + 0.6, canvas.lines(label, wide - 2 * PAD, style.label), style.label)
            canvas.write_lines(x + PAD, y + 0.4, canvas.lines(name, wide - 2 * PAD, style.text)[:2], style.text)
        self.y += height + 2

    @draw.register
    def _draw_codes(self, block: CodeGrid) -> None:
        canvas, grid = self.canvas, GRIDS[block.small]
        wide = self.width / grid.in_row
        for start in range(0, len(block.codes), grid.in_row):
            self._make_room(grid.height)
            for number, (code, caption) in enumerate(block.codes[start : start + grid.in_row]):
                x = self.left + number * wide
                canvas.frame(x, self.y, wide, grid.height)
                middle, y = x + wide / 2, self.y + 0.8
                for line in canvas.lines(caption, wide - 2 * PAD, 11, bold=True)[: grid.lines]:
                    canvas.write(middle, y, line, 11, bold=True, align="centre")
                    y += canvas.leading(11)
                left = middle - code_width(code, grid.module) / 2
                canvas.code(left, self.y + grid.height - grid.bars - 4.6, code, grid.module, grid.bars)
            self.y += grid.height
        self.y += 2

    @draw.register
    def _draw_cut(self, block: Cut) -> None:
        if block is not self.sheet.blocks[0] and self.y > self.style.margin + 8:
            self.canvas.line(0, self.y + 2, self.canvas.width, dashed=True)
            self.y += 5
        if block.title:
            size = self.style.cut
            for text in self.measure.title_lines(block.title, self.width, size):
                self.canvas.write((self.left + self.right) / 2, self.y, text, size, bold=True, align="centre")
                self.y += self.canvas.leading(size)
            self.y += 1


def _in_one_line(text: str) -> str:
    return text.replace("\n", " ")
