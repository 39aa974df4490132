"""What the floor needs to know of an item before it starts (S1, S4 to S7), and whose clock runs on which (W3)."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.commands.labour import conditions
from workshop.commands.shared import name_of
from workshop.db.tables import LabourEntry, Operation, OrderItem, SafetyConfirmation
from workshop.domain.safety import Precaution
from workshop.domain.states import Training
from workshop.domain.words import Name


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


@dataclass(frozen=True, slots=True)
class RunningItem:
    """An item on which somebody's labour clock runs."""

    number: str
    name: Name


def running_item(session: Session, person_id: int) -> RunningItem | None:
    """The item on which the person's clock runs; at most one does (W3)."""
    item = session.execute(
        sa.select(OrderItem)
        .join(LabourEntry, col(LabourEntry.item_id) == col(OrderItem.id))
        .where(col(LabourEntry.technician_id) == person_id, col(LabourEntry.ended_at).is_(None))
    ).scalar_one_or_none()
    return RunningItem(item.number, name_of(item)) if item is not None else None
