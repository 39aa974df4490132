"""A measured value cites the instrument that it was measured with (W7a, W8a)."""

from workshop.commands.custody import find_piece
from workshop.commands.tx import Tx, key
from workshop.db.tables import CheckAnswer, CheckInstrument
from workshop.domain.custody import Piece, unusable
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.tools import ToolClass
from workshop.domain.words import N_, Name

NOT_INSTRUMENT = ReasonKind("W8a", "not_instrument", N_("{tool} is no measuring instrument. Scan the one you used."))
NOTHING_MEASURED = ReasonKind(
    "W7a",
    "nothing_measured",
    N_("An instrument belongs to a measured value. Enter the value, or no instrument: {line}"),
)


def cite(tx: Tx, row: CheckAnswer, instrument: str | None) -> None:
    """Keep which instrument measured the line's value; refused if it is none, or may not be used today."""
    before = tx.session.get(CheckInstrument, row.id)
    if before is not None:
        tx.session.delete(before)
        tx.session.flush()
    if instrument is None:
        return
    if row.value is None:
        raise Refused(NOTHING_MEASURED(line=Name(row.text_zh, row.text_en)))
    piece = usable_instrument(tx, instrument)
    tx.session.add(CheckInstrument(check_id=key(row.id), tool_id=piece.id))


def usable_instrument(tx: Tx, number: str) -> Piece:
    """The instrument with this number; refused if it is none, or may not be used today."""
    piece = find_piece(tx, number)
    if piece.tool_class is not ToolClass.INSTRUMENT:
        raise Refused(NOT_INSTRUMENT(tool=piece.name))
    require(unusable(piece, tx.today))
    return piece
