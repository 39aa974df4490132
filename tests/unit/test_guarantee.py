"""The guarantee period by class of repair and of vehicle, as the ministry's rule names it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.guarantee import Guarantee, guarantee, needs_certificate
from workshop.domain.states import RepairClass, VehicleClass

DAY = date(2026, 3, 1)
HEAVY, LIGHT = (RepairClass.WHOLE, RepairClass.ASSEMBLY), (RepairClass.LEVEL1, RepairClass.MINOR, RepairClass.SPECIAL)


@pytest.mark.parametrize(
    ("vehicle", "works", "kilometres", "until"),
    [
        (VehicleClass.CAR, HEAVY, 20_000, date(2026, 6, 9)),
        (VehicleClass.CAR, (RepairClass.LEVEL2,), 5_000, date(2026, 3, 31)),
        (VehicleClass.CAR, LIGHT, 2_000, date(2026, 3, 11)),
        (VehicleClass.MOTORCYCLE, HEAVY, 7_000, date(2026, 5, 20)),
        (VehicleClass.MOTORCYCLE, (RepairClass.LEVEL2, *LIGHT), 800, date(2026, 3, 11)),
        (VehicleClass.OTHER, HEAVY, 6_000, date(2026, 4, 30)),
        (VehicleClass.OTHER, (RepairClass.LEVEL2, *LIGHT), 700, date(2026, 3, 8)),
    ],
)
def test_the_periods_are_those_of_the_rule(
    vehicle: VehicleClass, works: tuple[RepairClass, ...], kilometres: int, until: date
) -> None:
    for work in works:
        assert guarantee(work, vehicle, DAY, 50_000) == Guarantee(until, 50_000 + kilometres)


def test_a_certificate_is_due_for_the_heavy_classes_only() -> None:
    due = {work for work in RepairClass if needs_certificate(work)}
    assert due == {RepairClass.LEVEL2, RepairClass.ASSEMBLY, RepairClass.WHOLE}


@given(
    st.sampled_from(RepairClass),
    st.sampled_from(VehicleClass),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 9_999_999),
)
def test_every_work_on_every_vehicle_is_guaranteed_for_a_while(
    work: RepairClass, vehicle: VehicleClass, day: date, odometer: int
) -> None:
    given_ = guarantee(work, vehicle, day, odometer)
    assert given_.until > day
    assert given_.odometer > odometer
    assert (given_.until - day).days >= (guarantee(RepairClass.MINOR, vehicle, day, 0).until - day).days
