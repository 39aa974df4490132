"""Loads the facts of safety of orders: high voltage, lifts, what is off the car (S1 to S3)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from workshop.db.bundle import Query
from workshop.db.part_facts import IDS
from workshop.db.tables import (
    HvMeasurement,
    HvPowerUp,
    HvShutdown,
    Lifting,
    Operation,
    OrderItem,
    RemovedAssembly,
    Tool,
    ToolModel,
)
from workshop.domain.assemblies import AssemblyFacts
from workshop.domain.high_voltage import SAFE_BELOW, ShutdownFacts
from workshop.domain.lifting import LiftFacts
from workshop.domain.safety_facts import SafetyFacts
from workshop.domain.states import Training
from workshop.domain.words import Name


def safety_facts(rows: Mapping[str, Sequence[Any]]) -> dict[int, SafetyFacts]:
    """The facts of safety of those orders that have any to tell, by id: the rows that `SAFETY` have found."""
    items: dict[int, set[int]] = {}
    for order_id, item_id in rows["high_voltage"]:
        items.setdefault(order_id, set()).add(item_id)
    hands: dict[int, set[int]] = {}
    shutdowns, restored = _shutdowns(rows["shutdowns"], rows["measurements"], hands)
    assemblies = _assemblies(rows["assemblies"], hands)
    lifts = _lifts(rows["lifts"])
    concerned = {*items, *shutdowns, *restored, *lifts, *hands}
    return {
        order_id: SafetyFacts(
            high_voltage=frozenset(items.get(order_id, ())),
            shutdown=shutdowns.get(order_id),
            restored=order_id in restored,
            assemblies=tuple(assemblies.get(order_id, ())),
            lifts=tuple(lifts.get(order_id, ())),
            hands=frozenset(hands.get(order_id, ())),
        )
        for order_id in concerned
    }


def _put_hands(hands: dict[int, set[int]], order_id: int, *people: int | None) -> None:
    hands.setdefault(order_id, set()).update(person for person in people if person is not None)


def _shutdowns(
    rows: Sequence[Any], measurements: Sequence[Any], hands: dict[int, set[int]]
) -> tuple[dict[int, ShutdownFacts], set[int]]:
    """The shutdown that stands by order, and the orders on which one was ended; who took part goes to `hands`."""
    standing = {row.id: row for row in rows if row.power_up is None}
    order_of = {row.id: row.order_id for row in rows}
    for row in rows:
        _put_hands(hands, row.order_id, row.worker_id, row.restorer_id)
    measured: dict[int, tuple[Decimal, Any]] = {}
    for row in measurements:
        _put_hands(hands, order_of[row.shutdown_id], row.by_id)
        live_at = row.at if row.volts >= SAFE_BELOW else measured.get(row.shutdown_id, (None, None))[1]
        measured[row.shutdown_id] = (row.volts, live_at)
    found = {}
    for row in standing.values():
        volts, live_at = measured.get(row.id, (None, None))
        found[row.order_id] = ShutdownFacts(row.id, row.worker_id, row.off_at, row.wait_minutes, volts, live_at)
    return found, {row.order_id for row in rows if row.power_up is not None}


def _assemblies(rows: Iterable[Any], hands: dict[int, set[int]]) -> dict[int, list[AssemblyFacts]]:
    """What is off the car by order; who took it off, or ended that, goes to `hands`."""
    found: dict[int, list[AssemblyFacts]] = {}
    for row in rows:
        _put_hands(hands, row.order_id, row.removed_by_id, row.ended_by_id)
        if row.ended is not None:
            continue
        covered = row.covered_at is not None
        one = AssemblyFacts(row.id, row.item_id, row.what, row.rest, row.place, row.removed_at, covered)
        found.setdefault(row.order_id, []).append(one)
    return found


def _lifts(rows: Iterable[Any]) -> dict[int, list[LiftFacts]]:
    found: dict[int, list[LiftFacts]] = {}
    for row in rows:
        found.setdefault(row.order_id, []).append(LiftFacts(row.number, Name(row.name_zh, row.name_en), row.up_at))
    return found


SAFETY: Mapping[str, Query] = {
    "high_voltage": sa.select(col(OrderItem.order_id), col(OrderItem.id))
    .join(Operation, col(Operation.code) == col(OrderItem.operation))
    .where(col(OrderItem.order_id).in_(IDS), col(Operation.training) == Training.HIGH_VOLTAGE),
    "shutdowns": sa.select(
        col(HvShutdown.id),
        col(HvShutdown.order_id),
        col(HvShutdown.worker_id),
        col(HvShutdown.off_at),
        col(HvShutdown.wait_minutes),
        col(HvPowerUp.id).label("power_up"),
        col(HvPowerUp.worker_id).label("restorer_id"),
    )
    .outerjoin(HvPowerUp, col(HvPowerUp.shutdown_id) == col(HvShutdown.id))
    .where(col(HvShutdown.order_id).in_(IDS)),
    "measurements": sa.select(
        col(HvMeasurement.id),
        col(HvMeasurement.shutdown_id),
        col(HvMeasurement.volts),
        col(HvMeasurement.at),
        col(HvMeasurement.by_id),
    )
    .join(HvShutdown, col(HvShutdown.id) == col(HvMeasurement.shutdown_id))
    .where(col(HvShutdown.order_id).in_(IDS)),
    "assemblies": sa.select(
        col(RemovedAssembly.id),
        col(OrderItem.order_id),
        col(RemovedAssembly.item_id),
        col(RemovedAssembly.what),
        col(RemovedAssembly.rest),
        col(RemovedAssembly.place),
        col(RemovedAssembly.removed_at),
        col(RemovedAssembly.covered_at),
        col(RemovedAssembly.removed_by_id),
        col(RemovedAssembly.ended),
        col(RemovedAssembly.ended_by_id),
    )
    .join(OrderItem, col(OrderItem.id) == col(RemovedAssembly.item_id))
    .where(col(OrderItem.order_id).in_(IDS)),
    "lifts": sa.select(
        col(Lifting.id),
        col(Lifting.order_id),
        col(Tool.number),
        col(ToolModel.name_zh),
        col(ToolModel.name_en),
        col(Lifting.up_at),
    )
    .join(Tool, col(Tool.id) == col(Lifting.tool_id))
    .join(ToolModel, col(ToolModel.id) == col(Tool.model_id))
    .where(col(Lifting.order_id).in_(IDS), col(Lifting.down_at).is_(None)),
}
"""What concerns safety on orders."""
