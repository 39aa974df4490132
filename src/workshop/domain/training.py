"""Trainings and meetings: who came on time, late or not at all, and how long a certificate still counts (W11)."""

from datetime import date, datetime, timedelta
from typing import Final

from workshop.domain.words import N_, Labelled

EARLIEST_ROLL: Final = timedelta(hours=1)
"""How long before the start people may be put on the roll."""

SOON: Final = timedelta(days=30)
"""A certificate that runs out within this time is shown before it has."""


class Presence(Labelled):
    """How somebody stands on the roll of a session; derived, never stored."""

    EXPECTED = "expected", N_("expected")
    ON_TIME = "on_time", N_("on time")
    LATE = "late", N_("came late")
    EXCUSED = "excused", N_("excused")
    ABSENT = "absent", N_("absent")


class SessionState(Labelled):
    """Where a session is in its own life; derived from its times and one `now`."""

    PLANNED = "planned", N_("planned")
    RUNNING = "running", N_("running")
    OVER = "over", N_("over, roll not closed")
    CLOSED = "closed", N_("closed")
    CALLED_OFF = "called_off", N_("called off")


class Standing(Labelled):
    """How a certificate stands today."""

    TO_COME = "to_come", N_("not valid yet")
    VALID = "valid", N_("valid")
    RUNS_OUT = "runs_out", N_("runs out soon")
    RUN_OUT = "run_out", N_("run out")


def presence(starts_at: datetime, came_at: datetime | None, *, excused: bool, closed: bool) -> Presence:
    """On time is who was there within the minute in which it starts; absent is who never came, once it is closed."""
    if came_at is not None:
        return Presence.LATE if came_at >= starts_at + timedelta(minutes=1) else Presence.ON_TIME
    if excused:
        return Presence.EXCUSED
    return Presence.ABSENT if closed else Presence.EXPECTED


def state(starts_at: datetime, ends_at: datetime, now: datetime, *, closed: bool, called_off: bool) -> SessionState:
    """Where a session is now."""
    if called_off:
        return SessionState.CALLED_OFF
    if closed:
        return SessionState.CLOSED
    if now < starts_at:
        return SessionState.PLANNED
    return SessionState.RUNNING if now <= ends_at else SessionState.OVER


def standing(valid_from: date, valid_until: date, today: date) -> Standing:
    """How a certificate stands; it counts from its first to its last day, both included."""
    if today < valid_from:
        return Standing.TO_COME
    if today > valid_until:
        return Standing.RUN_OUT
    return Standing.RUNS_OUT if valid_until - today <= SOON else Standing.VALID
