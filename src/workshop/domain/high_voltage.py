"""Work on high voltage: two people, the waiting time, the measured voltage, the way back on (S1; the people by W11).

The shop's regulation asks for protective gear (S1) and for the certificate (W11). How a car is made dead and live again
is the trade's own rule: two trained people; ignition off and the key away, 12 V off, the service disconnect pulled and
kept by who pulled it; a wait that the maker names (10 minutes where none is known, never under 5); less than 60 V DC
measured before anybody reaches in. A car is made dead as a whole, so one shutdown serves every item on its order.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.roles import Role
from workshop.domain.words import N_, Labelled

SAFE_BELOW: Final = Decimal(60)
"""Volts of direct current; less is not dangerous to touch."""

DEFAULT_WAIT: Final = 10
"""Minutes between the shutdown and the measurement where the maker's figure is not known."""

LEAST_WAIT: Final = 5
"""Minutes; no model's figure is shorter."""

DEFAULT_VOLTS: Final = 800
"""The highest voltage of passenger cars, taken where the model's is not known."""

OHM_PER_VOLT: Final = 500
"""The insulation that a car must have before it is made live, by its voltage (GB 18384)."""


class ShutdownStep(Labelled):
    """What is done before the wait, confirmed one by one."""

    BARRIER = "barrier", N_("warning sign and barrier up")
    GLOVES_TESTED = "gloves_tested", N_("insulating gloves blown up, no leak")
    KEY_AWAY = "key_away", N_("ignition off, key taken away")
    AUXILIARY_OFF = "auxiliary_off", N_("12 V negative disconnected")
    DISCONNECT_KEPT = "disconnect_kept", N_("service disconnect pulled and locked away by me")


class PowerUpStep(Labelled):
    """What is done before and after the car is made live again, confirmed one by one."""

    INTERLOCK = "interlock", N_("connectors locked, interlock closed")
    DISCONNECT_BACK = "disconnect_back", N_("service disconnect refitted")
    AUXILIARY_BACK = "auxiliary_back", N_("12 V reconnected")
    READY = "ready", N_("READY lamp on, no fault codes")


SHUT_DOWN_FIRST = ReasonKind(
    "S1",
    "shut_down_first",
    N_("Take the high voltage off first, with a second trained person watching."),
    (Role.TECHNICIAN,),
)
MEASURE_FIRST = ReasonKind(
    "S1", "measure_first", N_("The voltage has not been measured yet. Measure it from {time} on."), (Role.TECHNICIAN,)
)
STILL_LIVE = ReasonKind(
    "S1",
    "still_live",
    N_("{volts} V were measured: the car is live. Find the cause and measure again from {time} on."),
    (Role.TECHNICIAN,),
)
STEP_LEFT = ReasonKind("S1", "high_voltage_step_left", N_("Do it and confirm it first: {step}"))
TOO_EARLY = ReasonKind("S1", "measured_early", N_("The capacitors are still discharging. Measure from {time} on."))
WATCHED_BY_SELF = ReasonKind(
    "S1", "high_voltage_alone", N_("Nobody works on high voltage alone: scan the badge of a second trained person.")
)
INSULATION_LOW = ReasonKind(
    "S1", "insulation_low", N_("{megohms} MΩ is less than {least} MΩ. Find the fault; the high voltage stays off.")
)


@dataclass(frozen=True, slots=True)
class ShutdownFacts:
    """A shutdown that stands: since when, the maker's wait, what was measured last, and the last time it was too much.

    Times are aware, `wait_minutes` whole minutes, `volts` DC; `worker_id` keeps the service disconnect.
    """

    id: int
    worker_id: int
    off_at: datetime
    wait_minutes: int
    volts: Decimal | None = None
    live_at: datetime | None = None

    @property
    def measurable_from(self) -> datetime:
        """When it may be measured: after the wait, which begins anew with every measurement that was too much."""
        return (self.live_at or self.off_at) + timedelta(minutes=self.wait_minutes)

    @property
    def dead(self) -> bool:
        """Whether the last measurement lets anybody reach in."""
        return self.volts is not None and self.volts < SAFE_BELOW


def not_dead(shutdown: ShutdownFacts | None) -> list[Reason]:
    """Why nobody may touch the high voltage now."""
    if shutdown is None:
        return [SHUT_DOWN_FIRST()]
    if shutdown.volts is None:
        return [MEASURE_FIRST(time=shutdown.measurable_from)]
    if not shutdown.dead:
        return [STILL_LIVE(volts=plain(shutdown.volts), time=shutdown.measurable_from)]
    return []


def least_insulation(volts: int | None) -> Decimal:
    """The insulation in MΩ that a car of this voltage must have."""
    return Decimal(OHM_PER_VOLT * (volts or DEFAULT_VOLTS)) / 1_000_000


def steps_left(asked: type[ShutdownStep] | type[PowerUpStep], confirmed: frozenset[Labelled]) -> list[Reason]:
    """Everything that was not confirmed."""
    return [STEP_LEFT(step=step.label) for step in asked if step not in confirmed]


def plain(value: Decimal) -> str:
    """A measured value as people write it."""
    return f"{value.normalize():f}"
