"""Stock that always adds up: every change is a movement, the quantity is never edited."""

from pydantic import Field

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import Note, NoteFilled, Pieces, ShortFilled
from workshop.commands.shared import name_of
from workshop.commands.tx import Tx, key
from workshop.db.part_facts import stock_of
from workshop.db.tables import Part, StockMovement
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import MovementKind
from workshop.domain.words import N_

COUNT_AGREES = ReasonKind("-", "count_agrees", N_("The record already says {pieces}; there is nothing to correct."))
_CLERK = frozenset({Role.PARTS_CLERK})


class ReceiveStock(Command):
    """Put parts that arrived into stock."""

    roles = _CLERK
    label = N_("receive stock")
    story = N_("{actor} received {quantity} × {part}. {note}")

    part_no: ShortFilled = Field(title=N_("part number"))
    quantity: Pieces = Field(title=N_("pieces"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Add a movement."""
        part = tx.one(Part, Part.part_no == self.part_no, what=self.part_no)
        move_stock(tx, part, self.quantity, MovementKind.RECEIPT, note=self.note)
        return {"part": name_of(part).as_json(), "in_stock": in_stock(tx, part)}


class CountStock(Command):
    """Correct the record by what was counted on the shelf, with the reason for the difference."""

    roles = _CLERK
    label = N_("count stock")
    story = N_("{actor} counted {counted} × {part} (difference {difference}): {reason}")
    signature = True

    part_no: ShortFilled = Field(title=N_("part number"))
    counted: int = Field(ge=0, le=999_999, title=N_("counted pieces"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Add the difference as a movement."""
        part = tx.one(Part, Part.part_no == self.part_no, what=self.part_no)
        difference = self.counted - in_stock(tx, part)
        if not difference:
            raise Refused(COUNT_AGREES(pieces=self.counted))
        move_stock(tx, part, difference, MovementKind.COUNT, note=self.reason)
        return {"part": name_of(part).as_json(), "difference": difference}


def in_stock(tx: Tx, part: Part) -> int:
    """Pieces on the shelf by the record."""
    tx.session.flush()
    return stock_of(tx.session, [key(part.id)]).get(key(part.id), 0)


def move_stock(
    tx: Tx,
    part: Part,
    quantity: int,
    kind: MovementKind,
    *,
    issue_id: int | None = None,
    return_id: int | None = None,
    note: str = "",
) -> None:
    """Record a movement of stock; negative leaves the shelf."""
    tx.session.add(
        StockMovement(
            part_id=key(part.id),
            quantity=quantity,
            kind=kind,
            issue_id=issue_id,
            return_id=return_id,
            by_id=tx.actor.id,
            at=tx.now,
            note=note,
        )
    )
