"""What papers consist of, as data: the same paper becomes PDF, a receipt, a label or a preview.

All texts are in the paper's language already. Nothing here knows how it is printed.
"""

from dataclasses import dataclass, field

from workshop.domain.papers import PaperSize


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value; an empty value leaves room to write. `wide` ones have the whole width."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields side by side in a grid."""

    fields: tuple[Field, ...]
    columns: int = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head and its share of the width. `right` for figures."""

    head: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads that are repeated on every page; `sums` are label and amount under it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, with a number to be scanned beside it; it stays with what follows."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text; `framed` for what must be read before signing."""

    text: str
    framed: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """A line of boxes, those chosen ticked."""

    label: str
    options: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, each with what it is for and, where it is known, who."""

    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CodeGrid:
    """Codes with their captions, several in a row; `small` ones have room for a caption of one line."""

    codes: tuple[tuple[str, str], ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the paper is cut; what follows is headed by its own title and stays on one page as far as it fits."""

    title: str = ""


Block = Fields | Table | Heading | Prose | Options | Signatures | CodeGrid | Cut


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of one or more pages. `number` is printed as code at the top; `copy` marks what is no original.

    `about` says at the top of every further page what it belongs to, where the number does not.

    The title has a line for each language; where they fit, they stand beside each other.
    """

    size: PaperSize
    title: str
    shop: tuple[str, ...]
    blocks: tuple[Block, ...]
    number: str = ""
    about: str = ""
    copy: str = ""
    footer: str = ""
    page: str = "{page} / {pages}"
    missing: str = ""  # said, followed by the characters, where the font lacks some


@dataclass(frozen=True, slots=True)
class Label:
    """A label or card: a title, lines of label and value, and its number as code."""

    size: PaperSize
    shop: str
    title: str
    lines: tuple[tuple[str, str], ...]
    number: str
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one size, one to a page."""

    size: PaperSize
    labels: tuple[Label, ...] = field(default_factory=tuple)


Document = Sheet | Labels
