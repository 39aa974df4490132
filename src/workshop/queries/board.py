"""The board of the floor: every open order with its stage, what holds it, whether it is or will be late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.facts import load_facts
from workshop.db.tables import Bay, Person, RepairOrder, Team, Vehicle
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.facts import OrderFacts
from workshop.domain.holds import Lateness, holds, lateness
from workshop.domain.moves import NextStep, next_step
from workshop.domain.reasons import Reason
from workshop.domain.roles import Role
from workshop.domain.states import Hold, Stage

_BLIND = frozenset({Stage.OPENED, Stage.DISPATCHED})


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An open order. `plate` is None where the reader must prove it first (W1) or the car has none.

    `remaining`: minutes of work; `uncovered`: how many things off the car have lain open too long (S3).
    """

    number: str
    stage: Stage
    plate: str | None
    vehicle: str
    team: str
    technician: str
    bay: str
    opened_at: datetime
    promised_at: datetime
    holds: tuple[Hold, ...]
    lateness: Lateness
    remaining: int
    uncovered: int
    step: NextStep | None

    @property
    def missing(self) -> tuple[Reason, ...]:
        """Everything that stands between the order and its next stage."""
        return self.step.missing if self.step else ()


def sees_plate(roles: frozenset[Role], stage: Stage) -> bool:
    """W1: until the plate is proven, the order does not show it to those who must prove it, whatever else they are."""
    return Role.TECHNICIAN not in roles or stage not in _BLIND


def board(
    session: Session,
    now: datetime,
    roles: frozenset[Role],
    *,
    team_id: int | None = None,
    stages: Sequence[Stage] | None = None,
    most: int = 200,
) -> list[BoardRow]:
    """The open orders (of one team or some stages), the earliest promise first."""
    technician = aliased(Person)
    query = (
        sa.select(
            col(RepairOrder.id),
            col(RepairOrder.plate),
            col(Vehicle.make),
            col(Vehicle.model),
            sa.func.coalesce(col(Team.name), "").label("team"),
            sa.func.coalesce(technician.name, "").label("technician"),
            sa.func.coalesce(col(Bay.name), "").label("bay"),
        )
        .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
        .outerjoin(Team, col(Team.id) == col(RepairOrder.team_id))
        .outerjoin(technician, technician.id == col(RepairOrder.technician_id))  # type: ignore[arg-type]
        .outerjoin(Bay, col(Bay.id) == col(RepairOrder.bay_id))
        .where(OPEN_ORDERS)
        .order_by(col(RepairOrder.promised_at), col(RepairOrder.id))
        .limit(most)
    )
    if team_id is not None:
        query = query.where(col(RepairOrder.team_id) == team_id)
    if stages is not None:
        query = query.where(col(RepairOrder.stage).in_(stages))
    rows = session.execute(query).all()
    facts = load_facts(session, [row.id for row in rows], now)
    return [
        _row(
            facts[row.id],
            now,
            plate=row.plate if sees_plate(roles, facts[row.id].stage) else None,
            vehicle=f"{row.make} {row.model}".strip(),
            people=(row.team, row.technician, row.bay),
        )
        for row in rows
    ]


def _row(
    facts: OrderFacts, now: datetime, *, plate: str | None, vehicle: str, people: tuple[str, str, str]
) -> BoardRow:
    team, technician, bay = people
    return BoardRow(
        number=facts.number,
        stage=facts.stage,
        plate=plate,
        vehicle=vehicle,
        team=team,
        technician=technician,
        bay=bay,
        opened_at=facts.opened_at,
        promised_at=facts.promised_at,
        holds=holds(facts),
        lateness=lateness(facts, now),
        remaining=facts.remaining,
        uncovered=sum(one.asks_for_cover(now) for one in facts.safety.assemblies),
        step=next_step(facts),
    )
