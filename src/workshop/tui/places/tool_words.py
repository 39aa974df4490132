"""A tool in words: where it is, until when it may be used, what is the matter with it."""

from workshop.domain.tools import ToolPlace
from workshop.domain.words import N_
from workshop.i18n import Translator
from workshop.queries.tools import ToolRow
from workshop.tui.acts import Subject
from workshop.tui.table import Column, Row

OVERDUE = N_("overdue")
FROZEN = N_("frozen")
MISSING_ON = N_("missing from {order}")
KEPT = N_("kept")

COLUMNS = (
    Column("number", N_("number"), 10),
    Column("tool", N_("tool"), grow=True),
    Column("where", N_("where"), 14, most=26),
    Column("note", N_("note"), 8, most=22),
    Column("until", N_("valid until"), 10),
    Column("since", N_("since"), 11, from_width=100),
    Column("order", N_("order"), 10, from_width=112),
    Column("home", N_("belongs in"), 12, most=20, from_width=130),
    Column("serial", N_("serial number"), 13, most=20, from_width=150),
)


def where(row: ToolRow, t: Translator) -> str:
    """The person, cart or bay; with a cart, who answers for it."""
    piece = row.piece
    if piece.place in {ToolPlace.CRIB, ToolPlace.OUT_OF_USE}:
        return t.value(piece.place)
    if piece.place is ToolPlace.CART and piece.holder != row.cart:
        return f"{row.cart} ({piece.holder})"
    return piece.holder


def note(row: ToolRow, t: Translator) -> str:
    """What is the matter with it, the gravest first."""
    piece = row.piece
    said = [
        t(MISSING_ON, order=piece.missing_on) if piece.missing_on else "",
        t(FROZEN) if piece.frozen else "",
        t(OVERDUE) if row.overdue else "",
        t(KEPT) if piece.kept else "",
    ]
    return ", ".join(filter(None, said))


def table_row(row: ToolRow, t: Translator, since: str) -> Row:
    """The tool as a row."""
    cells = (
        row.piece.number,
        t.name(row.piece.name),
        where(row, t),
        note(row, t),
        row.until.isoformat() if row.until else "",
        since,
        row.order_number,
        row.home,
        row.serial_no,
    )
    return Row(row.piece.number, cells)


def subject(row: ToolRow, t: Translator) -> Subject:
    """The tool, for F4."""
    return Subject(f"{row.piece.number}  {t.name(row.piece.name)}  {where(row, t)}", {"tool": row.piece.number})
