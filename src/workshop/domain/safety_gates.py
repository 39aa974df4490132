"""The gates of safety: nothing leaves the floor with its high voltage off or in pieces or on a lift (S1 to S3)."""

from workshop.domain.assemblies import ASSEMBLY_OFF
from workshop.domain.facts import OrderFacts
from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.roles import Role
from workshop.domain.words import N_

HIGH_VOLTAGE_OFF = ReasonKind(
    "S1",
    "high_voltage_off",
    N_("The high voltage is still off. Put it back on, with a second trained person watching."),
    (Role.TECHNICIAN,),
)
HIGH_VOLTAGE_UNRECORDED = ReasonKind(
    "S1",
    "high_voltage_unrecorded",
    N_("There is no record of the high voltage being taken off and put back for: {item}"),
    (Role.TECHNICIAN,),
)
VEHICLE_UP = ReasonKind(
    "S2", "vehicle_up", N_("The vehicle is still on {lift}. Lower it."), (Role.TECHNICIAN, Role.INSPECTOR)
)


def high_voltage_on(facts: OrderFacts) -> list[Reason]:
    """S1: no shutdown stands."""
    return [HIGH_VOLTAGE_OFF()] if facts.safety.shutdown else []


def high_voltage_recorded(facts: OrderFacts) -> list[Reason]:
    """S1: whoever worked on high voltage left the record of a shutdown and of the way back on."""
    if facts.safety.shutdown or facts.safety.restored:
        return []
    worked = [item for item in facts.agreed_items if item.workers and item.id in facts.safety.high_voltage]
    return [HIGH_VOLTAGE_UNRECORDED(item=item.name) for item in worked]


def assemblies_accounted_for(facts: OrderFacts) -> list[Reason]:
    """S3: what was taken off the car is back on it, or it is known what became of it."""
    return [ASSEMBLY_OFF(what=one.what, rest=one.rest.label, where=one.where) for one in facts.safety.assemblies]


def vehicle_down(facts: OrderFacts) -> list[Reason]:
    """S2: the vehicle stands on its own wheels."""
    return [VEHICLE_UP(lift=lift.name) for lift in facts.safety.lifts]
