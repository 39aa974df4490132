"""The guarantee begins with the release, per item by date and mileage; a certificate where the repair class asks."""

from datetime import date

import pytest
from support.acting import Floor, moment
from support.catalogue import VEHICLES

from workshop.db.tables import OrderItem
from workshop.domain.states import Stage

CAR, MOTORCYCLE, LORRY = 0, 6, 7


def _given(floor: Floor, operation: str, vehicle: int, odometer: int = 1100) -> tuple[date, int]:
    job = floor.open(operation, vehicle=vehicle).to(Stage.HANDED_OVER)
    job.release(odometer=odometer)
    row = floor.rows(OrderItem, OrderItem.number == job.items[0])[0]
    return row.guarantee_until, row.guarantee_odometer


@pytest.mark.one_database("days and kilometres are counted in Python; that they are kept is asked of both kinds below")
@pytest.mark.parametrize(
    ("operation", "vehicle", "until", "odometer"),
    [
        ("GEARBOX", CAR, date(2026, 6, 9), 21_100),
        ("LEVEL2", CAR, date(2026, 3, 31), 6_100),
        ("OIL", CAR, date(2026, 3, 11), 3_100),
        ("WASH", CAR, date(2026, 3, 11), 3_100),
        ("BRAKE", CAR, date(2026, 3, 11), 3_100),
        ("GEARBOX", MOTORCYCLE, date(2026, 5, 20), 8_100),
        ("OIL", MOTORCYCLE, date(2026, 3, 11), 1_900),
        ("GEARBOX", LORRY, date(2026, 4, 30), 7_100),
        ("OIL", LORRY, date(2026, 3, 8), 1_800),
    ],
)
def test_the_guarantee_is_by_class_of_repair_and_of_vehicle(
    floor: Floor, operation: str, vehicle: int, until: date, odometer: int
) -> None:
    floor.now = moment("2026-03-01T04:00")
    assert _given(floor, operation, vehicle) == (until, odometer)


def test_the_day_of_release_is_the_day_in_the_shop(floor: Floor) -> None:
    floor.now = moment("2026-03-01T16:30")
    assert _given(floor, "OIL", CAR)[0] == date(2026, 3, 12)


def test_every_done_item_has_its_own_guarantee_and_a_removed_one_none(floor: Floor) -> None:
    floor.now = moment("2026-03-01T04:00")
    job = floor.open("GEARBOX", "WASH", "OIL")
    lines = job.do("leader", "request-change", remove=[job.items[2]])["lines"]
    assert isinstance(lines, list)
    consent = {"channel": "signature", "consented_by": "周先生"}
    floor.do("advisor", "decide-line", line=lines[0], decision="approved", **consent)
    job.to(Stage.RELEASED)
    rows = sorted(floor.rows(OrderItem), key=lambda row: row.number)
    assert [row.guarantee_until for row in rows] == [date(2026, 6, 9), date(2026, 3, 11), None]


@pytest.mark.parametrize(("operation", "due"), [("LEVEL2", True), ("GEARBOX", True), ("OIL", False), ("BRAKE", False)])
def test_a_certificate_number_is_given_where_the_repair_class_asks_for_it(
    floor: Floor, operation: str, due: bool
) -> None:
    floor.now = moment("2026-03-01T04:00")
    job = floor.open("WASH", operation).to(Stage.RELEASED)
    assert job.row.certificate_no == ("2026000001" if due else None)


def test_certificate_numbers_are_never_given_twice(floor: Floor) -> None:
    floor.now = moment("2026-03-01T04:00")
    numbers = [floor.open("LEVEL2", vehicle=car).to(Stage.RELEASED).row.certificate_no for car in (0, 1)]
    assert numbers == ["2026000001", "2026000002"]


def test_no_certificate_and_no_guarantee_before_release(floor: Floor) -> None:
    job = floor.open("LEVEL2").to(Stage.HANDED_OVER)
    assert job.row.certificate_no is None
    assert [row.guarantee_until for row in floor.rows(OrderItem)] == [None]


def test_a_comeback_is_linked_to_a_delivered_order_of_the_same_car(floor: Floor) -> None:
    first = floor.open("WASH").to(Stage.DELIVERED)
    again = floor.open("WASH", odometer=1200, comeback_of=first.number)
    assert again.row.comeback_of_id == first.row.id
    given = {"request": "又响了", "odometer": 1, "promised_at": floor.now.replace(year=2088)}
    for car, number in ((1, first.number), (2, again.number)):
        asked = given | {"vin": VEHICLES[car]["vin"], "comeback_of": number}
        assert floor.refused("advisor", "open-order", **asked) == ["not_its_comeback"]
