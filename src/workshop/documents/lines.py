"""A document as lines of fixed width: for receipt printers, and to look at in a terminal before it is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from workshop.documents.blocks import (
    Block,
    CodeGrid,
    Cut,
    Document,
    Fields,
    Heading,
    Label,
    Labels,
    Options,
    Prose,
    Sheet,
    Signatures,
    Table,
)
from workshop.domain.line_breaks import Measure, wrapped
from workshop.domain.text import width

_CHOSEN, _LEFT_OUT = "[x]", "[ ]"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `number` instead: a code with its digits. `big` and `centred` where a printer can."""

    text: str = ""
    bold: bool = False
    big: bool = False
    centred: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Ruler:
    """How many cells a line has, and how many a text takes."""

    columns: int
    measure: Measure = width


def lines(document: Document, ruler: Ruler) -> Iterator[Line]:
    """The document in lines; labels one after the other."""
    if isinstance(document, Labels):
        for label in document.labels:
            yield from _label(label, ruler)
        return
    yield from _head(document, ruler)
    for block in document.blocks:
        yield from told(block, ruler)
        yield Line()
    yield from _plain(document.footer, ruler)


def _head(sheet: Sheet, ruler: Ruler) -> Iterator[Line]:
    for text in filter(None, sheet.shop):
        yield from (Line(line, centred=True) for line in _broken(text, ruler))
    half = Ruler(ruler.columns // 2, ruler.measure)
    yield from (Line(line, bold=True, big=True, centred=True) for line in _broken(sheet.title, half))
    if sheet.copy:
        yield Line(f"*** {sheet.copy} ***", bold=True, centred=True)
    if sheet.number:
        yield Line(number=sheet.number)


def _label(label: Label, ruler: Ruler) -> Iterator[Line]:
    yield from (Line(line, centred=True) for line in _broken(label.shop, ruler))
    yield from (Line(line, bold=True) for line in _broken(label.title, ruler))
    if label.copy:
        yield Line(f"*** {label.copy} ***", bold=True)
    for name, value in label.lines:
        yield from _plain(f"{name}: {value}" if name else value, ruler)
    yield Line(number=label.number)


@singledispatch
def told(block: Block, ruler: Ruler) -> Iterator[Line]:  # noqa: ARG001
    """A block as lines."""
    raise TypeError(f"no lines for {type(block).__name__}")


@told.register
def _fields(block: Fields, ruler: Ruler) -> Iterator[Line]:
    for field in block.fields:
        if field.label:
            yield from _plain(f"{field.label}: {field.value}".rstrip(), ruler)


@told.register
def _table(block: Table, ruler: Ruler) -> Iterator[Line]:
    heads = [column.head for column in block.columns]
    for row in block.rows:
        parts = [f"{head} {cell}" if _needs_head(head, cell) else cell for head, cell in zip(heads, row, strict=True)]
        yield from _plain("  ".join(" ".join(part.split()) for part in parts if part.strip()), ruler)
    for label, amount in block.sums:
        yield from _between(label, amount, ruler)


def _needs_head(head: str, cell: str) -> bool:
    """Figures say nothing without their head; names and amounts in yuan speak for themselves."""
    return head != "#" and cell.replace(".", "").isdigit()


@told.register
def _heading(block: Heading, ruler: Ruler) -> Iterator[Line]:
    yield from (Line(line, bold=True) for line in _broken(block.text, ruler))
    if block.number:
        yield Line(number=block.number)


@told.register
def _prose(block: Prose, ruler: Ruler) -> Iterator[Line]:
    yield from _plain(block.text, ruler)


@told.register
def _options(block: Options, ruler: Ruler) -> Iterator[Line]:
    boxes = "  ".join(f"{_CHOSEN if chosen else _LEFT_OUT} {text}" for text, chosen in block.options)
    yield from _plain(f"{block.label} {boxes}", ruler)


@told.register
def _signatures(block: Signatures, ruler: Ruler) -> Iterator[Line]:
    for label, name in block.places:
        yield from _plain(f"{label}: {name}", ruler)
        yield Line("_" * (ruler.columns // 2))


@told.register
def _codes(block: CodeGrid, ruler: Ruler) -> Iterator[Line]:
    for number, caption in block.codes:
        yield from (Line(line, bold=True, centred=True) for line in _broken(caption, ruler))
        yield Line(number=number)


@told.register
def _cut(block: Cut, ruler: Ruler) -> Iterator[Line]:
    yield Line("- " * (ruler.columns // 2))
    yield from (Line(line, bold=True, centred=True) for line in _broken(block.title, ruler))


def _plain(text: str, ruler: Ruler) -> Iterator[Line]:
    return (Line(line) for line in _broken(text, ruler))


def _broken(text: str, ruler: Ruler) -> Sequence[str]:
    return wrapped(text, ruler.columns, ruler.measure) if text else ()


def _between(left: str, right: str, ruler: Ruler) -> Iterator[Line]:
    gap = ruler.columns - int(ruler.measure(left) + ruler.measure(right))
    if gap > 0:
        yield Line(f"{left}{' ' * gap}{right}", bold=True)
        return
    yield from _plain(left, ruler)
    yield Line(f"{' ' * max(ruler.columns - int(ruler.measure(right)), 0)}{right}", bold=True)


def preview(document: Document, columns: int) -> list[str]:
    """The document to look at in a terminal: codes as their digits."""
    shown = []
    for line in lines(document, Ruler(columns)):
        text = f"|||| {line.number} ||||" if line.number else line.text
        gap = (columns - width(text)) // 2 if line.centred or line.number else 0
        shown.append(" " * max(gap, 0) + text)
    return shown
