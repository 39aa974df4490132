"""Papers and labels as PDF, laid out block by block; what does not fit on a page goes on on the next."""

from collections.abc import Iterator, Sequence
from functools import singledispatchmethod
from typing import Final

from workshop.documents.blocks import (
    Block,
    CodeGrid,
    Column,
    Cut,
    Document,
    Field,
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
from workshop.documents.page_style import GRIDS, PAD, SIGNATURE, STYLES, Page

_CODE_MODULE: Final = 0.36  # millimetres
_SMALL_MODULE: Final = 0.3
_HEAD: Final = 6.0  # above what a page goes on with
_TOGETHER: Final = 10  # lines of a table's row that are not parted


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

    @property
    def width(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    def run(self) -> bytes:
        """Lay everything out."""
        self._first_page()
        page = Page(self.canvas, self.style, self.width, self.bottom - self.style.margin - _HEAD)
        for place, block in enumerate(self.sheet.blocks):
            self._make_room(page.kept_together(self.sheet.blocks[place:]))
            self.draw(block)
        if self.canvas.lacking and self.sheet.missing:
            codes = ", ".join(f"U+{ord(sign):04X}" for sign in self.canvas.lacking)
            self._draw_prose(Prose(f"{self.sheet.missing} {codes}", small=True))
        last = self.canvas.page
        for number in range(1, last + 1):
            self._draw_foot(number, last)
        return self.canvas.done()

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
        y = max(y, top + (15 if self.sheet.number else 0)) + 1
        for line in self._title_lines(self.sheet.title, self.width - 50, style.title):
            canvas.write((self.left + self.right) / 2, y, line, style.title, bold=True, align="centre")
            y += canvas.leading(style.title)
        self._mark_copy(y - canvas.leading(style.title))
        self.y = y + 1.5

    def _title_lines(self, title: str, room: float, size: float) -> list[str]:
        """A title in one line if it fits; else each of its languages begins a line."""
        lines = self.canvas.lines(_in_one_line(title), room, size, bold=True)
        return lines if len(lines) == 1 else self.canvas.lines(title, room, size, bold=True)

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
            head = "  ".join(filter(None, (_in_one_line(self.sheet.title), self.sheet.number, self.sheet.copy)))
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
        if self.y + height > self.bottom:
            self._new_page()

    # --- blocks ------------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def draw(self, block: Block) -> None:
        """Draw a block and move on."""
        raise TypeError(f"no way to draw {type(block).__name__}")

    @draw.register
    def _draw_fields(self, block: Fields) -> None:
        for row in _rows_of(block):
            step = self.width / (1 if row[0].wide else block.columns)
            widths = [step] * (len(row) - 1) + [self.width - step * (len(row) - 1)]
            values = [
                self.canvas.lines(field.value, wide - 2 * PAD, self.style.text)
                for field, wide in zip(row, widths, strict=True)
            ]
            self._draw_field_row(row, widths, values)
        self.y += 2

    def _draw_field_row(self, row: Sequence[Field], widths: list[float], values: list[list[str]]) -> None:
        canvas, style = self.canvas, self.style
        labels = [
            canvas.lines(field.label, wide - 2 * PAD, style.label) for field, wide in zip(row, widths, strict=True)
        ]
        above = max(len(lines) for lines in labels) * canvas.leading(style.label) + 0.6
        while any(values):
            self._make_room(above + canvas.leading(style.text) + 1)
            fit = max(1, int((self.bottom - self.y - above - 1) / canvas.leading(style.text)))
            height = above + min(fit, max(map(len, values))) * canvas.leading(style.text) + 1
            x = self.left
            for label, value, wide in zip(labels, values, widths, strict=True):
                canvas.frame(x, self.y, wide, height)
                canvas.write_lines(x + PAD, self.y + 0.5, label, style.label)
                canvas.write_lines(x + PAD, self.y + above, value[:fit], style.text)
                x += wide
            self.y += height
            values = [value[fit:] for value in values]

    @draw.register
    def _draw_table(self, block: Table) -> None:
        whole = sum(column.share for column in block.columns)
        widths = [self.width * column.share / whole for column in block.columns]
        heads = [
            self.canvas.lines(column.head, wide - 2 * PAD, self.style.label + 0.5, bold=True)
            for column, wide in zip(block.columns, widths, strict=True)
        ]
        self._make_room(18)
        self._draw_heads(block, heads, widths)
        for row in block.rows:
            cells = [
                self.canvas.lines(cell, wide - 2 * PAD, self.style.text) for cell, wide in zip(row, widths, strict=True)
            ]
            self._draw_row(block, cells, widths, heads)
        sums = [(self._sum_lines(*one), one[1]) for one in block.sums]
        self._make_room(sum(map(self._sum_height, (lines for lines, _ in sums))))
        for lines, amount in sums:
            self._draw_sum(lines, amount)
        self.y += 2.5

    def _draw_heads(self, block: Table, heads: list[list[str]], widths: list[float]) -> None:
        canvas, size = self.canvas, self.style.label + 0.5
        height = max(map(len, heads)) * canvas.leading(size) + 1.2
        x = self.left
        for column, head, wide in zip(block.columns, heads, widths, strict=True):
            canvas.frame(x, self.y, wide, height, fill=232)
            self._draw_cell(column, head, x, wide, size, bold=True)
            x += wide
        self.y += height

    def _draw_row(self, block: Table, cells: list[list[str]], widths: list[float], heads: list[list[str]]) -> None:
        canvas, size = self.canvas, self.style.text
        while any(cells):
            longest = max(map(len, cells))
            fit = int((self.bottom - self.y - 1.2) / canvas.leading(size))
            if fit < min(longest, _TOGETHER):  # only what is longer is parted
                self._new_page()
                self._draw_heads(block, heads, widths)
                fit = int((self.bottom - self.y - 1.2) / canvas.leading(size))
            height = min(fit, longest) * canvas.leading(size) + 1.2
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

    def _sum_lines(self, label: str, amount: str) -> list[str]:
        canvas, size = self.canvas, self.style.text
        room = self.width - canvas.measure(canvas.clean(amount), size, bold=True) - 4 * PAD
        return canvas.lines(label, room, size, bold=True)

    def _sum_height(self, lines: Sequence[str]) -> float:
        return len(lines) * self.canvas.leading(self.style.text) + 1.2

    def _draw_sum(self, lines: list[str], amount: str) -> None:
        canvas, size, height = self.canvas, self.style.text, self._sum_height(lines)
        canvas.frame(self.left, self.y, self.width, height)
        canvas.write_lines(self.left + PAD, self.y + 0.6, lines, size, bold=True)
        canvas.write(self.right - PAD, self.y + 0.6, canvas.clean(amount), size, bold=True, align="right")
        self.y += height

    @draw.register
    def _draw_heading(self, block: Heading) -> None:
        canvas, size = self.canvas, self.style.text + 1
        code = code_width(block.number, _SMALL_MODULE) if block.number else 0.0
        lines = canvas.lines(block.text, self.width - code - 2, size, bold=True)
        height = max(len(lines) * canvas.leading(size), 11.5 if block.number else 0)
        self._make_room(height + 22)
        if block.number:
            canvas.code(self.right - code, self.y, block.number, _SMALL_MODULE, 7)
        canvas.write_lines(self.left, self.y, lines, size, bold=True)
        self.y += height + 0.8

    @draw.register
    def _draw_prose(self, block: Prose) -> None:
        canvas = self.canvas
        size, inset = self.style.prose(block)
        lines = canvas.lines(block.text, self.width - 2 * inset, size)
        while lines:
            self._make_room(min(len(lines), 3) * canvas.leading(size) + 2 * inset)
            fit = max(1, int((self.bottom - self.y - 2 * inset) / canvas.leading(size)))
            part, lines = lines[:fit], lines[fit:]
            if block.framed:
                canvas.frame(self.left, self.y, self.width, len(part) * canvas.leading(size) + inset)
            self.y = canvas.write_lines(self.left + inset, self.y + inset / 2, part, size) + inset / 2
        self.y += 1.5

    @draw.register
    def _draw_options(self, block: Options) -> None:
        canvas, size, box = self.canvas, self.style.text, 3.0
        height = canvas.leading(size)
        self._make_room(height + 2)
        x = self.left
        label = canvas.clean(block.label)
        canvas.write(x, self.y, label, size, bold=True)
        x += canvas.measure(label, size, bold=True) + 4
        for text, chosen in block.options:
            clean = canvas.clean(text)
            wide = box + 1.2 + canvas.measure(clean, size)
            if x + wide > self.right:
                self.y += height + 1
                self._make_room(height)
                x = self.left + 4
            canvas.tick(x, self.y + (height - box) / 2, box, ticked=chosen)
            canvas.write(x + box + 1.2, self.y, clean, size)
            x += wide + 6
        self.y += height + 2

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
                canvas.code(left, self.y + grid.height - grid.bars - 5, code, grid.module, grid.bars)
            self.y += grid.height
        self.y += 2

    @draw.register
    def _draw_cut(self, block: Cut) -> None:
        self._make_room(70)
        if block is not self.sheet.blocks[0] and self.y > self.style.margin + 8:
            self.canvas.line(0, self.y + 2, self.canvas.width, dashed=True)
            self.y += 5
        if block.title:
            size = self.style.text + 3
            for text in self._title_lines(block.title, self.width, size):
                self.canvas.write((self.left + self.right) / 2, self.y, text, size, bold=True, align="centre")
                self.y += self.canvas.leading(size)
            self.y += 1


def _in_one_line(text: str) -> str:
    return text.replace("\n", " ")


def _rows_of(block: Fields) -> Iterator[list[Field]]:
    """The fields in rows: those side by side, and those that have the whole width."""
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
