"""High voltage: nobody worked on a live car, alone or untrained, and none left dead (S1, W11)."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workshop.db.invariants.rule import CHECKED, Invariant, Row, shop_zone
from workshop.db.tables import Certificate, HvMeasurement, HvPowerUp, HvShutdown, LedgerLine
from workshop.domain.high_voltage import LEAST_WAIT, SAFE_BELOW, PowerUpStep, ShutdownStep
from workshop.domain.states import Training
from workshop.domain.words import N_

_SUSPECTS = """
    SELECT DISTINCT t.number, t.operation FROM labour_entry l JOIN order_item t ON t.id = l.item_id
    JOIN operation p ON p.code = t.operation
    WHERE p.training = 'high_voltage' AND NOT EXISTS (
        SELECT 1 FROM hv_shutdown s JOIN hv_measurement m ON m.shutdown_id = s.id
        WHERE s.order_id = t.order_id AND CAST(m.volts AS NUMERIC) < 60)
"""
_STANDING = "NOT EXISTS (SELECT 1 FROM hv_power_up u WHERE u.shutdown_id = s.id)"
_BOTH = """
    SELECT id, worker_id, watcher_id FROM hv_shutdown
    UNION ALL SELECT shutdown_id, worker_id, watcher_id FROM hv_power_up
"""


def _worked_live(session: Session) -> Iterator[Row]:
    """An operation may become high-voltage work later; what counts is what it was when the item was started."""
    suspects = {row.number: row.operation for row in session.execute(sa.text(_SUSPECTS))}
    if not suspects:
        return
    query = select(LedgerLine.command, LedgerLine.payload).where(
        col(LedgerLine.command).in_(("put-operation", "start-item"))
    )
    training: dict[str, str | None] = {}
    for command, payload in session.exec(query.order_by(col(LedgerLine.number))):
        given = json.loads(payload)
        if command == "put-operation":
            training[given["code"]] = given.get("training")
        elif training.get(suspects.get(given["item"], "")) == Training.HIGH_VOLTAGE.value:
            yield {"item": given["item"], "operation": suspects[given["item"]]}


def _untrained(session: Session) -> Iterator[Row]:
    zone = shop_zone(session)
    held: dict[int, list[Certificate]] = {}
    for one in session.exec(select(Certificate).where(Certificate.training == Training.HIGH_VOLTAGE)):
        held.setdefault(one.person_id, []).append(one)
    for person_id, shutdown_id, at in _people(session):
        day = at.astimezone(zone).date()
        if not any(one.valid_from <= day <= one.valid_until for one in held.get(person_id, ())):
            yield {"shutdown": shutdown_id, "person": person_id, "day": day}


def _people(session: Session) -> Iterator[tuple[int, int | None, datetime]]:
    for off in session.exec(select(HvShutdown)):
        yield from ((one, off.id, off.off_at) for one in (off.worker_id, off.watcher_id))
    for on in session.exec(select(HvPowerUp)):
        yield from ((one, on.shutdown_id, on.at) for one in (on.worker_id, on.watcher_id))
    yield from ((one.by_id, one.shutdown_id, one.at) for one in session.exec(select(HvMeasurement)))


def _early(session: Session) -> Iterator[Row]:
    """Each measurement against the shutdown, and against the one before it that was too much."""
    since = {one.id: (one.off_at, one.wait_minutes) for one in session.exec(select(HvShutdown))}
    yield from ({"shutdown": one, "minutes": wait} for one, (_, wait) in since.items() if wait < LEAST_WAIT)
    measured = select(HvMeasurement).where(col(HvMeasurement.shutdown_id).in_(since))
    for one in session.exec(measured.order_by(col(HvMeasurement.id))):
        begun, wait = since[one.shutdown_id]
        if one.at < begun + timedelta(minutes=wait):
            yield {"shutdown": one.shutdown_id, "measurement": one.id, "at": one.at}
        if one.volts >= SAFE_BELOW:
            since[one.shutdown_id] = (one.at, wait)


def _incomplete(session: Session) -> Iterator[Row]:
    off, on = {one.value for one in ShutdownStep}, {one.value for one in PowerUpStep}
    for shutdown in session.exec(select(HvShutdown)):
        if off - set(shutdown.confirmed.split(";")):
            yield {"shutdown": shutdown.id, "confirmed": shutdown.confirmed}
    for up in session.exec(select(HvPowerUp)):
        if on - set(up.confirmed.split(";")) or up.insulation < up.least_insulation:
            yield {"shutdown": up.shutdown_id, "confirmed": up.confirmed, "insulation": up.insulation}


INVARIANTS = (
    Invariant(
        "S1",
        "worked_live",
        N_("Somebody worked on high voltage, yet on that order no voltage was ever measured as safe."),
        _worked_live,
    ),
    Invariant(
        "S1",
        "high_voltage_left_off",
        N_("An order is signed as complete, or over, while the high voltage of its car is off."),
        f"""
        SELECT s.id, o.number, o.stage FROM hv_shutdown s JOIN repair_order o ON o.id = s.order_id
        WHERE (o.stage = 'cancelled' OR o.stage IN {CHECKED}) AND {_STANDING}
        """,
    ),
    Invariant(
        "S1",
        "high_voltage_alone",
        N_("Somebody took the high voltage off or put it back alone."),
        f"SELECT b.id, b.worker_id FROM ({_BOTH}) b WHERE b.worker_id = b.watcher_id",
    ),
    Invariant(
        "S1",
        "high_voltage_off_twice",
        N_("Two shutdowns stand for one order."),
        f"""
        SELECT s.order_id AS id, COUNT(*) AS shutdowns FROM hv_shutdown s WHERE {_STANDING}
        GROUP BY s.order_id HAVING COUNT(*) > 1
        """,
    ),
    Invariant(
        "S1",
        "measured_early",
        N_("A voltage was measured before the waiting time was over, or the waiting time was too short."),
        _early,
    ),
    Invariant(
        "S1",
        "high_voltage_incomplete",
        N_("A shutdown or power-up lacks a step, or the insulation was too low."),
        _incomplete,
    ),
    Invariant(
        "W11",
        "high_voltage_untrained",
        N_("Somebody took part in work on high voltage without a certificate valid on that day."),
        _untrained,
    ),
)
