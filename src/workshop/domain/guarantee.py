"""The quality guarantee period: date and mileage, whichever comes first, counted from the release of the vehicle.

Source: the ministry's rule on the administration of motor vehicle repair (机动车维修管理规定).
A shop may promise longer, never shorter.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from workshop.domain.states import RepairClass, VehicleClass

_HEAVY, _LEVEL2, _LIGHT = range(3)

_WORK = {
    RepairClass.WHOLE: _HEAVY,
    RepairClass.ASSEMBLY: _HEAVY,
    RepairClass.LEVEL2: _LEVEL2,
    RepairClass.LEVEL1: _LIGHT,
    RepairClass.MINOR: _LIGHT,
    RepairClass.SPECIAL: _LIGHT,
}

# (kilometres, days); the rule names no level-2 maintenance for other vehicles, so theirs is the light class.
_PERIODS = {
    VehicleClass.CAR: ((20_000, 100), (5_000, 30), (2_000, 10)),
    VehicleClass.MOTORCYCLE: ((7_000, 80), (800, 10), (800, 10)),
    VehicleClass.OTHER: ((6_000, 60), (700, 7), (700, 7)),
}

_CERTIFIED = frozenset({RepairClass.WHOLE, RepairClass.ASSEMBLY, RepairClass.LEVEL2})


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The last day and the last odometer reading (km) at which the work is guaranteed."""

    until: date
    odometer: int


def guarantee(work: RepairClass, vehicle: VehicleClass, released: date, odometer: int) -> Guarantee:
    """The guarantee on work of this class, released on this day at this odometer reading (km)."""
    kilometres, days = _PERIODS[vehicle][_WORK[work]]
    return Guarantee(released + timedelta(days=days), odometer + kilometres)


def needs_certificate(work: RepairClass) -> bool:
    """Whether a completion certificate (竣工出厂合格证) is due for this class of repair."""
    return work in _CERTIFIED
