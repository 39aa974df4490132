"""The whole floor at a glance, for a screen that everybody passes by: no customer is named, no unproven plate (W1)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import Bay
from workshop.domain.cleaning import CleaningMoment, ListState
from workshop.domain.roles import Role
from workshop.domain.states import ENDED, Severity, Stage
from workshop.queries.board import BoardRow, board
from workshop.queries.cleaning import day_lists
from workshop.queries.inbox import Matter, inbox

PASSERS_BY: Final = frozenset({Role.TECHNICIAN})
"""Who reads a wall is shown what a technician is shown: no plate that is still to be proven on the car (W1)."""
_NOT_IN_A_BAY: Final = ENDED | {Stage.OPENED, Stage.RELEASED}


@dataclass(frozen=True, slots=True)
class BayView:
    """A bay and the order that stands in it; None: it is free."""

    number: str
    name: str
    order: BoardRow | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something on an order that waits for the front desk (W1, W2, W4, W5). `plate` is None where it is not told."""

    key: str
    order: str
    plate: str | None
    matter: Matter
    severity: Severity | None
    since: datetime


@dataclass(frozen=True, slots=True)
class ListDue:
    """A cleaning list of today that nobody has signed yet (W10): its area, moment and lines still open."""

    area: str
    moment: CleaningMoment
    open_lines: int


@dataclass(frozen=True, slots=True)
class FloorView:
    """Every open order (the earliest promise first), every bay, what waits for the front desk, the lists due today."""

    orders: tuple[BoardRow, ...]
    bays: tuple[BayView, ...]
    waiting: tuple[Waiting, ...]
    lists: tuple[ListDue, ...]

    @property
    def stages(self) -> Mapping[Stage, int]:
        """How many orders are in each stage on the way, in the order of the stages."""
        found = Counter(row.stage for row in self.orders)
        return {stage: found[stage] for stage in Stage if stage not in ENDED}


def floor_view(session: Session, now: datetime, roles: frozenset[Role] = PASSERS_BY) -> FloorView:
    """The floor as it is now, for somebody in these roles."""
    orders = tuple(board(session, now, roles))
    return FloorView(orders, bays_of(session, orders), waiting_of(session, now, orders), lists_due(session, now))


def wall_view(session: Session, now: datetime) -> FloorView:
    """The floor for everybody who passes by: without what people wrote, which may name a customer."""
    view = floor_view(session, now)
    orders = tuple(_without_texts(row) for row in view.orders)
    return replace(view, orders=orders, bays=bays_of(session, orders))


def _without_texts(row: BoardRow) -> BoardRow:
    return replace(row, step=replace(row.step, missing=())) if row.step else row


def bays_of(session: Session, orders: tuple[BoardRow, ...]) -> tuple[BayView, ...]:
    """Every bay with the order in it; one that was released has left it."""
    inside = {row.bay: row for row in orders if row.stage not in _NOT_IN_A_BAY}
    bays = session.execute(sa.select(col(Bay.number), col(Bay.name)).order_by(col(Bay.number)))
    return tuple(BayView(number, name, inside.get(name)) for number, name in bays)


def waiting_of(session: Session, now: datetime, orders: tuple[BoardRow, ...]) -> tuple[Waiting, ...]:
    """What waits for the front desk, the longest first, with the plates that the orders tell."""
    plates = {row.number: row.plate for row in orders}
    return tuple(
        Waiting(
            f"{one.matter.value}:{one.id}",
            one.order_number,
            plates.get(one.order_number),
            one.matter,
            one.severity,
            one.since,
        )
        for one in inbox(session, now)
    )


def lists_due(session: Session, now: datetime) -> tuple[ListDue, ...]:
    """The lists that are still open today, by area."""
    return tuple(
        ListDue(one.area.name, one.due.moment, one.open_lines)
        for one in day_lists(session, now).lists
        if one.state is ListState.OPEN
    )
