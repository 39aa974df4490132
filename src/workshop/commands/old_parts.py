"""The life of old parts after the counter (W6b)."""

from pydantic import Field

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import Note, OldPartNumber
from workshop.commands.shared import name_of
from workshop.commands.tx import Tx, key
from workshop.db.tables import OldPart, OldPartMove, OrderItem, Part, PartLine, RepairOrder
from workshop.domain import old_parts
from workshop.domain.reasons import require
from workshop.domain.roles import Role
from workshop.domain.states import OldPartState
from workshop.domain.words import N_


class MoveOldPart(Command):
    """Take an old part one step on: shown, taken by the customer, returned to the maker, scrapped, hazardous waste."""

    roles = frozenset({Role.PARTS_CLERK, Role.ADVISOR})
    rule = "W6b"
    label = N_("move old part")
    story = N_("{actor} moved the old {part} ({tag}): {target}. {note}")

    tag: OldPartNumber = Field(title=N_("old-part tag"))
    target: OldPartState = Field(title=N_("becomes"))
    note: Note = Field(default="", title=N_("note"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order that the part came from."""
        item_id = tx.get(PartLine, self._row(tx).line_id).item_id
        return tx.get(RepairOrder, tx.get(OrderItem, item_id).order_id)

    def handle(self, tx: Tx) -> Outcome:
        """Move it, unless the customer, the law or its history forbids it."""
        old, wish = self._row(tx), self.locate(tx).old_parts
        require(old_parts.objections(old.state, self.target, wish, hazardous=old.hazardous))
        move(tx, old, self.target, self.note)
        return {"part": name_of(tx.get(Part, old.part_id)).as_json()}

    def _row(self, tx: Tx) -> OldPart:
        return tx.one(OldPart, OldPart.number == self.tag, what=self.tag)


def move(tx: Tx, old: OldPart, target: OldPartState, note: str) -> None:
    """Record the step and its result."""
    tx.session.add(
        OldPartMove(old_part_id=key(old.id), before=old.state, after=target, by_id=tx.actor.id, at=tx.now, note=note)
    )
    old.state = target
    tx.session.add(old)
