"""W1: on receiving an order the technician first proves which car it is, without seeing the plate on the order."""

import json

import pytest
from support.acting import Floor, Job
from support.catalogue import LIFT, VEHICLES

from workshop.db.tables import LedgerLine, PlateCheck, RepairOrder, Vehicle
from workshop.domain.holds import holds
from workshop.domain.states import Hold, Stage

NO_PLATE = 3


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order in the technician's hands."""
    return floor.open("WASH").to(Stage.DISPATCHED)


@pytest.mark.parametrize("seen", ["粤B12345", "粤b·12345", " 粤Ｂ１２３４５ ", "粤B 12345", "粤-B12345"])
def test_the_plate_on_the_car_lets_the_order_go_on_however_it_is_written(job: Job, seen: str) -> None:
    assert job.do("technician", "verify-plate", seen=seen)["matched"] is True
    assert job.stage is Stage.PLATE_VERIFIED


def test_another_plate_holds_the_order_and_the_front_desk_is_told(job: Job) -> None:
    assert job.do("technician", "verify-plate", seen="粤B12346")["matched"] is False
    assert job.stage is Stage.DISPATCHED
    assert holds(job.facts) == (Hold.PLATE,)


def test_a_held_order_takes_no_second_guess(job: Job) -> None:
    job.do("technician", "verify-plate", seen="粤B12346")
    assert job.refused("technician", "verify-plate", seen="粤B12345") == ["plate_held"]
    assert job.refused("technician2", "verify-plate", seen="粤B12345") == ["plate_held"]


def test_only_a_correction_and_a_fresh_check_lift_the_hold(job: Job) -> None:
    job.do("technician", "verify-plate", seen="粤B12346")
    job.do("advisor", "correct-plate", plate="粤B12346", reason="抄错一位")
    assert holds(job.facts) == ()
    assert job.stage is Stage.DISPATCHED
    assert job.do("technician", "verify-plate", seen="粤B12346")["matched"] is True


def test_a_correction_without_a_fresh_check_proves_nothing(job: Job) -> None:
    job.do("technician", "verify-plate", seen="粤B12346")
    job.do("advisor", "correct-plate", plate="粤B12346", reason="抄错一位")
    assert job.refused("technician", "confirm-items") == ["wrong_stage"]


def test_a_plate_confirmed_as_it_was_is_checked_afresh_too(job: Job) -> None:
    job.do("technician", "verify-plate", seen="粤B12346")
    job.do("advisor", "correct-plate", plate="粤B12345", reason="技师看错")
    assert job.do("technician", "verify-plate", seen="粤B12346")["matched"] is False
    assert holds(job.facts) == (Hold.PLATE,)


def test_a_correction_needs_a_reason(job: Job) -> None:
    with pytest.raises(ValueError, match="reason"):
        job.do("advisor", "correct-plate", plate="粤B12345", reason="  ")


@pytest.mark.parametrize("stage", [Stage.OPENED, Stage.DISPATCHED])
def test_nothing_on_the_order_starts_before_the_plate_is_proven(floor: Floor, stage: Stage) -> None:
    job = floor.open({"operation": "WASH", "parts": [{"part_no": "GREASE"}]}).to(stage)
    line = job.line().id
    assert job.refused("technician", "confirm-items") == ["wrong_stage"]
    assert floor.refused("technician", "start-item", item=job.items[0]) == ["wrong_stage"]
    assert floor.refused("clerk", "issue-part", line=line, technician=floor.badge("technician")) == ["wrong_stage"]
    assert job.refused("technician", "report-finding", what="漏", where="底", severity="soon") == ["wrong_stage"]


def test_a_car_without_a_plate_is_proven_by_the_last_eight_of_its_vin(floor: Floor) -> None:
    job = floor.open("WASH", vehicle=NO_PLATE).to(Stage.DISPATCHED)
    vin = VEHICLES[NO_PLATE]["vin"]
    for wrong in (vin, vin[-7:], "粤B12345", "1234567８9"):
        assert job.refused("technician", "verify-plate", seen=wrong) == ["last8_unreadable"]
    assert job.do("technician", "verify-plate", seen=vin[-8:].lower())["matched"] is True


def test_another_vin_holds_the_order(floor: Floor) -> None:
    job = floor.open("WASH", vehicle=NO_PLATE).to(Stage.DISPATCHED)
    assert job.do("technician", "verify-plate", seen="E2123999")["matched"] is False
    assert holds(job.facts) == (Hold.PLATE,)


def test_a_temporary_paper_plate_proves_nothing_and_the_vin_is_asked_for(floor: Floor) -> None:
    job = floor.open("WASH", vehicle=NO_PLATE)
    job.do("advisor", "correct-plate", plate="粤B0123临", reason="临时号牌")
    job.to(Stage.DISPATCHED)
    assert job.refused("technician", "verify-plate", seen="粤B0123临") == ["last8_unreadable"]
    assert job.do("technician", "verify-plate", seen=VEHICLES[NO_PLATE]["vin"][-8:])["matched"] is True


@pytest.mark.parametrize("seen", ["abc", "粤B1234O5", "[/red]", "🚗🚗", "1" * 60])
def test_what_is_no_plate_is_refused_and_is_no_mismatch(job: Job, seen: str) -> None:
    assert job.refused("technician", "verify-plate", seen=seen) == ["plate_unreadable"]
    assert job.floor.rows(PlateCheck) == []


def test_every_check_is_kept_as_typed_and_as_understood(job: Job) -> None:
    job.do("technician", "verify-plate", seen="粤b·12345")
    check = job.floor.rows(PlateCheck)[0]
    assert (check.typed, check.seen, check.matched) == ("粤b·12345", "粤B12345", True)
    assert (check.technician_id, check.at) == (job.technician_id, job.floor.now)


def test_the_answer_to_a_wrong_plate_does_not_tell_the_right_one(job: Job) -> None:
    job.do("technician", "verify-plate", seen="粤B12346")
    line = max(job.floor.rows(LedgerLine), key=lambda line: line.number)
    assert "12345" not in line.outcome + line.payload
    assert json.loads(line.outcome)["matched"] is False


def test_a_technician_of_another_team_does_not_receive_the_order(job: Job) -> None:
    assert job.refused("technician3", "verify-plate", seen="粤B12345") == ["not_your_order"]


def test_who_wrote_the_plate_does_not_check_it_blindly(floor: Floor) -> None:
    vehicle = VEHICLES[1]
    given = {"vin": vehicle["vin"], "request": "保养", "odometer": 1, "items": [{"operation": "WASH"}]}
    number = floor.do("all_rounder", "open-order", **given, promised_at=floor.now.replace(year=2088))["order"]
    job = Job(floor, str(number), [], 1).to(Stage.DISPATCHED)
    assert job.refused("all_rounder", "verify-plate", seen=vehicle["plate"]) == ["plate_known"]
    job.verify()


def test_who_corrected_the_plate_does_not_check_it_blindly(job: Job) -> None:
    job.do("all_rounder", "correct-plate", plate="粤B12345", reason="核对")
    assert job.refused("all_rounder", "verify-plate", seen="粤B12345") == ["plate_known"]


def test_who_found_the_mismatch_does_not_correct_it_himself(job: Job) -> None:
    job.do("all_rounder", "verify-plate", seen="粤B12346")
    assert job.refused("all_rounder", "correct-plate", plate="粤B12346", reason="没事") == ["own_check"]
    job.do("advisor", "correct-plate", plate="粤B12346", reason="抄错")


@pytest.mark.parametrize("stage", [Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED])
def test_another_technician_or_bay_before_work_means_a_fresh_check(floor: Floor, stage: Stage) -> None:
    job = floor.open("WASH").to(stage)
    job.dispatch("technician2")
    assert job.stage is Stage.DISPATCHED
    job.to(stage).dispatch("technician2", bay=5)
    assert job.stage is Stage.DISPATCHED


def test_dispatching_to_the_same_hands_and_bay_again_changes_nothing(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.ITEMS_CONFIRMED)
    job.dispatch()
    assert job.stage is Stage.ITEMS_CONFIRMED


def test_a_mismatch_after_a_match_holds_the_order_again(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.PLATE_VERIFIED)
    job.dispatch("technician2")
    job.do("technician2", "verify-plate", seen="粤B12346")
    assert holds(job.facts) == (Hold.PLATE,)


def test_a_correction_to_a_known_plate_makes_it_the_order_of_that_car(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    job.do("technician", "verify-plate", seen="粤B23456")
    job.do("advisor", "correct-plate", plate="粤B23456", reason="两车同时到店")
    other = floor.rows(Vehicle, Vehicle.plate == "粤B23456")[0]
    assert (job.row.vehicle_id, job.row.customer_id) == (other.id, other.customer_id)
    assert floor.rows(Vehicle, Vehicle.vin == VEHICLES[0]["vin"])[0].plate == "粤B12345"


def test_a_correction_does_not_bring_one_car_in_twice(floor: Floor) -> None:
    floor.open("WASH", vehicle=1)
    job = floor.open("WASH").to(Stage.DISPATCHED)
    assert job.refused("advisor", "correct-plate", plate="粤B23456", reason="看错") == ["vehicle_in_house"]


def test_parts_issued_for_one_car_do_not_follow_the_order_to_another(floor: Floor) -> None:
    job = floor.open({"operation": "WASH", "parts": [{"part_no": "GREASE"}]}).to(Stage.ITEMS_CONFIRMED)
    job.issue(job.line().id)
    job.dispatch("technician2")
    assert job.refused("advisor", "correct-plate", plate="粤B23456", reason="看错") == ["parts_of_other_car"]


def test_a_car_on_a_lift_or_dead_stays_the_orders_car(floor: Floor) -> None:
    job = floor.open("BATTERY", vehicle=2).to(Stage.ITEMS_CONFIRMED).make_dead()
    job.do("technician", "lift-vehicle", lift=floor.tool(LIFT), weight=2100)
    job.dispatch("all_rounder")
    other = {"plate": "粤B23456", "reason": "看错"}
    assert job.refused("advisor", "correct-plate", **other) == ["vehicle_up", "high_voltage_off"]
    floor.do("technician", "lower-vehicle", lift=floor.tool(LIFT))
    assert job.refused("advisor", "correct-plate", **other) == ["high_voltage_off"]
    job.do("advisor", "correct-plate", plate="粤BD54321", reason="同一辆车，抄错")
    job.technician = "technician"
    job.power_up()
    job.do("advisor", "correct-plate", **other)


def test_a_car_is_in_the_shop_under_one_order_at_a_time(floor: Floor) -> None:
    job = floor.open("WASH")
    again = {"vin": VEHICLES[0]["vin"], "request": "保养", "odometer": 1000}
    later = floor.now.replace(year=2088)
    assert floor.refused("advisor", "open-order", **again, promised_at=later) == ["vehicle_in_house"]
    job.to(Stage.CANCELLED)
    floor.do("advisor", "open-order", **again, promised_at=later)
    assert len(floor.rows(RepairOrder)) == 2
