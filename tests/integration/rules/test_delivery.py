"""Delivery: the car goes back only after release, and what becomes of the old parts is the customer's word."""

import pytest
from support.acting import Floor

from workshop.db.tables import OldPart
from workshop.domain.states import Stage

PAD = {"operation": "BRAKE", "parts": [{"part_no": "PAD"}]}
FILTER = {"operation": "OIL", "parts": [{"part_no": "FILTER"}]}


def test_an_order_goes_from_reception_to_delivery(floor: Floor) -> None:
    job = floor.open(PAD, "WASH").to(Stage.DELIVERED)
    row = job.row
    assert row.stage is Stage.DELIVERED
    assert row.received_by == "周先生"
    assert row.delivered_at == floor.now


@pytest.mark.parametrize("stage", [Stage.IN_WORK, Stage.SELF_CHECKED, Stage.HANDED_OVER])
def test_a_car_that_was_not_released_is_not_delivered(floor: Floor, stage: Stage) -> None:
    job = floor.open("WASH").to(stage)
    assert job.refused("advisor", "deliver", received_by="周先生", old_parts="shop_keeps") == ["wrong_stage"]


def test_the_customer_takes_the_old_parts_home(floor: Floor) -> None:
    job = floor.open(PAD).to(Stage.RELEASED)
    assert job.do("advisor", "deliver", received_by="周先生", old_parts="customer_takes")["taken"] == 1
    assert [old.state for old in floor.rows(OldPart)] == ["taken"]


def test_hazardous_waste_stays_in_the_shop(floor: Floor) -> None:
    job = floor.open(FILTER, PAD).to(Stage.RELEASED)
    assert job.do("advisor", "deliver", received_by="周先生", old_parts="customer_takes")["taken"] == 1
    assert sorted((old.hazardous, str(old.state)) for old in floor.rows(OldPart)) == [(False, "taken"), (True, "held")]


def test_nobody_promises_the_customer_old_parts_that_are_not_there(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.RELEASED)
    assert job.refused("advisor", "deliver", received_by="周先生", old_parts="customer_takes") == ["has_no_old_parts"]
    job.deliver("no_old_parts")


def test_nobody_denies_old_parts_that_are_there(floor: Floor) -> None:
    job = floor.open(PAD).to(Stage.RELEASED)
    assert job.refused("advisor", "deliver", received_by="周先生", old_parts="no_old_parts") == ["has_old_parts"]


def test_old_parts_that_the_customer_took_before_count_as_taken(floor: Floor) -> None:
    job = floor.open(PAD).to(Stage.RELEASED)
    floor.do("clerk", "move-old-part", tag=floor.rows(OldPart)[0].number, target="taken")
    assert job.do("advisor", "deliver", received_by="周先生", old_parts="customer_takes")["taken"] == 0


def test_a_finding_after_release_is_impossible_and_one_before_blocks_release(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.HANDED_OVER)
    found = job.do("inspector", "report-finding", what="漏油", where="发动机", severity="soon")["finding"]
    job.inspect()
    assert job.refused("inspector", "pass-inspection", odometer=1010) == ["finding_open"]
    floor.do("advisor", "close-finding", finding=found, end="next_visit")
    job.do("inspector", "pass-inspection", odometer=1010)
    assert job.refused("inspector", "report-finding", what="x", where="y", severity="soon") == ["wrong_stage"]
