"""What stands between a car and the road for safety's sake: high voltage, lifts, what is off the car (S1 to S3)."""

from dataclasses import dataclass

from workshop.domain.assemblies import AssemblyFacts
from workshop.domain.high_voltage import ShutdownFacts
from workshop.domain.lifting import LiftFacts


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """The safety of one order's car.

    `high_voltage`: the ids of the items whose operations ask for that certificate; `shutdown`: the one that stands;
    `restored`: the car was made dead and live again on this order; `assemblies`: what is off
    the car and not accounted for; `lifts`: what the vehicle is on. `hands`: who made the car dead, measured it, made it
    live, took something off it or refitted it; they put a hand to the car, with or without a labour clock.
    """

    high_voltage: frozenset[int] = frozenset()
    shutdown: ShutdownFacts | None = None
    restored: bool = False
    assemblies: tuple[AssemblyFacts, ...] = ()
    lifts: tuple[LiftFacts, ...] = ()
    hands: frozenset[int] = frozenset()


SAFE = SafetyFacts()
"""Nothing to be careful about."""
