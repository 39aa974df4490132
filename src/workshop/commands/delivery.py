"""Delivery: the vehicle goes back to the customer, with the choice about the old parts (W6b, W7c)."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.fields import ShortFilled
from workshop.commands.old_parts import move
from workshop.commands.tx import Tx
from workshop.db.tables import OldPart, OrderItem, PartLine, RepairOrder
from workshop.domain.moves import DELIVER
from workshop.domain.old_parts import can_be_taken
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import OldPartsChoice, OldPartState
from workshop.domain.words import N_

HAS_OLD_PARTS = ReasonKind(
    "W6b", "has_old_parts", N_("Old parts came off this car: {pieces}. Ask what shall become of them.")
)
NO_OLD_PARTS = ReasonKind("W6b", "has_no_old_parts", N_("No old part of this car is here that could be taken."))


class Deliver(OnOrder):
    """Hand the vehicle to the customer and settle what becomes of the old parts."""

    roles = frozenset({Role.ADVISOR})
    rule = "W7c"
    label = N_("deliver vehicle")
    story = N_("{actor} delivered the vehicle to {received_by}; old parts: {old_parts}.")
    stages = DELIVER.sources
    signature = True

    received_by: ShortFilled = Field(title=N_("received by"))
    old_parts: OldPartsChoice = Field(title=N_("old parts"))

    def handle(self, tx: Tx) -> Outcome:
        """End the order's life; parts that the customer takes leave the counter. Hazardous waste stays here."""
        order = self.locate(tx)
        target = DELIVER.require(tx.facts(order.id))
        taken = self._settle_old_parts(tx, order)
        order.stage, order.delivered_at, order.delivered_by_id = target, tx.now, tx.actor.id
        order.received_by, order.old_parts = self.received_by, self.old_parts
        tx.session.add(order)
        return {"taken": taken}

    def _settle_old_parts(self, tx: Tx, order: RepairOrder) -> int:
        items = [item.id for item in tx.all(OrderItem, OrderItem.order_id == order.id)]
        lines = [line.id for line in tx.all(PartLine, col(PartLine.item_id).in_(items))]
        parts = tx.all(OldPart, col(OldPart.line_id).in_(lines))
        if self.old_parts is OldPartsChoice.NO_OLD_PARTS and parts:
            raise Refused(HAS_OLD_PARTS(pieces=sum(part.quantity for part in parts)))
        if self.old_parts is not OldPartsChoice.CUSTOMER_TAKES:
            return 0
        free = [part for part in parts if can_be_taken(part.state, hazardous=part.hazardous)]
        if not free and not any(part.state is OldPartState.TAKEN for part in parts):
            raise Refused(NO_OLD_PARTS())
        for part in free:
            move(tx, part, OldPartState.TAKEN, self.received_by)
        return len(free)
