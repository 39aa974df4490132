"""What the floor needs to know of an item before it starts (S1, S4 to S7)."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.commands.labour import conditions
from workshop.db.tables import Operation, OrderItem, SafetyConfirmation
from workshop.domain.safety import Precaution
from workshop.domain.states import Training


@dataclass(frozen=True, slots=True)
class StartConditions:
    """What must be confirmed before this person starts the item; empty when it was confirmed before."""

    precautions: tuple[Precaution, ...]
    watcher: bool
    training: Training | None


def start_conditions(session: Session, item_number: str, person_id: int) -> StartConditions | None:
    """The conditions for starting the item with this number; None if there is no such item."""
    row = session.execute(
        sa.select(OrderItem, Operation)
        .join(Operation, col(Operation.code) == col(OrderItem.operation))
        .where(col(OrderItem.number) == item_number)
    ).one_or_none()
    if row is None:
        return None
    item, operation = row
    confirmed = session.execute(
        sa.select(col(SafetyConfirmation.id)).where(
            col(SafetyConfirmation.item_id) == item.id, col(SafetyConfirmation.technician_id) == person_id
        )
    ).first()
    if confirmed is not None:
        return StartConditions((), watcher=False, training=operation.training)
    asked = conditions(operation)
    return StartConditions(
        tuple(sorted(asked.precautions, key=list(Precaution).index)),
        watcher=asked.watcher,
        training=operation.training,
    )
