"""W7c: every completed vehicle is inspected by an inspector who neither worked on it nor checked it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from support.acting import Floor, Job, ok
from support.catalogue import TORQUE, VEHICLES

from workshop.db.tables import Defect, Inspection
from workshop.domain.high_voltage import PowerUpStep
from workshop.domain.states import ItemState, Stage

SIGHT, TYRES = 0, 1


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order before its final inspection."""
    return floor.open("WASH", "OIL").to(Stage.HANDED_OVER)


def _fail(job: Job, who: str = "inspector", odometer: int = 1010, item: int = 0) -> None:
    defects = [{"item": job.items[item], "defect_class": "safety", "note": "松动"}]
    job.do(who, "fail-inspection", odometer=odometer, defects=defects, note="返工")


def test_who_put_a_hand_to_the_car_without_a_clock_neither_takes_it_over_nor_inspects_it(floor: Floor) -> None:
    taken_off = {"removed": "动力电池", "rest": "stand", "where": "1号架", "cleaned": True}
    acts = ("power-up", "measure-voltage", "shut-down-high-voltage", "register-assembly", "refit-assembly")
    for act in acts:
        with floor.undone():
            job = floor.open("BATTERY", vehicle=2).to(Stage.ITEMS_CONFIRMED)
            by = {one: "all_rounder" if one == act else "technician" for one in acts}
            second = {
                one: floor.badge("technician" if who == "all_rounder" else "all_rounder") for one, who in by.items()
            }
            job.shut_down(by["shut-down-high-voltage"], watcher=second["shut-down-high-voltage"])
            floor.later(minutes=11)
            job.do(by["measure-voltage"], "measure-voltage", volts="0", instrument=floor.tool(TORQUE))
            job.start()
            floor.do(by["register-assembly"], "register-assembly", item=job.items[0], **taken_off)
            (off,) = job.facts.safety.assemblies
            floor.do(by["refit-assembly"], "refit-assembly", assembly=off.id)
            job.finish()
            job.check()
            given = {"insulation": "550", "power_up_steps": list(PowerUpStep), "watcher": second["power-up"]}
            job.do(by["power-up"], "power-up", **given, absence="换班")
            job.do("technician", "sign-self-check")
            job.do("technician", "offer-hand-over", tools_clean=True)
            assert job.refused("all_rounder", "take-over") == ["taker_worked"], act
            job.do("leader", "take-over")
            answer = ok(job.checks()[0])
            assert floor.refused("all_rounder", "answer-inspection", **answer) == ["inspector_worked"], act


def test_a_passed_inspection_releases_the_vehicle(job: Job) -> None:
    job.release(odometer=1012)
    row = job.row
    assert (row.stage, row.odometer_out, row.released_at) == (Stage.RELEASED, 1012, job.floor.now)
    assert [(one.passed, one.inspector_id) for one in job.floor.rows(Inspection)] == [
        (True, job.floor.person("inspector"))
    ]


def test_every_line_is_answered_before_the_vehicle_passes(job: Job) -> None:
    assert job.refused("inspector", "pass-inspection", odometer=1010) == ["inspection_incomplete"]


def test_a_measured_value_outside_its_limits_is_not_ok(job: Job) -> None:
    line = job.checks()[TYRES].id
    assert job.floor.refused("inspector", "answer-inspection", check=line, answer="ok", value="2.1") == [
        "value_outside"
    ]


def test_a_line_that_is_not_ok_fails_the_vehicle_and_no_other_inspector_turns_it_round(job: Job) -> None:
    first, second = (row.id for row in job.checks())
    job.floor.do("inspector", "answer-inspection", check=first, answer="not_ok", reason="异响")
    job.floor.do("inspector", "answer-inspection", check=second, answer="ok", value="2.5")
    assert job.refused("inspector", "pass-inspection", odometer=1010) == ["failed_line"]
    assert job.floor.refused("inspector2", "answer-inspection", check=first, answer="ok") == ["failed_line"]
    _fail(job)


def test_an_inspector_corrects_a_slip_of_his_own_finger(job: Job) -> None:
    first = job.checks()[SIGHT].id
    job.floor.do("inspector", "answer-inspection", check=first, answer="not_ok", reason="点错")
    job.floor.do("inspector", "answer-inspection", check=first, answer="ok")
    job.release()


def test_nobody_inspects_what_he_worked_on(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.start(0, "all_rounder")
    floor.do("all_rounder", "pause-item", item=job.items[0], reason="break")
    job.to(Stage.HANDED_OVER)
    line = job.checks()[SIGHT].id
    assert floor.refused("all_rounder", "answer-inspection", check=line, answer="ok") == ["inspector_worked"]
    job.inspect("inspector")
    assert job.refused("all_rounder", "pass-inspection", odometer=1010) == ["inspector_worked"]
    defects = [{"item": job.items[0], "defect_class": "safety", "note": "松"}]
    failed = job.refused("all_rounder", "fail-inspection", odometer=1010, defects=defects)
    assert failed == ["inspector_worked"]


def test_nobody_inspects_what_he_checked_himself(floor: Floor) -> None:
    job = floor.open("WASH")
    job.technician = "all_rounder"
    job.to(Stage.HANDED_OVER)
    assert floor.refused("all_rounder", "answer-inspection", check=job.checks()[SIGHT].id, answer="ok") == [
        "inspector_worked"
    ]
    job.release("inspector")


def test_who_took_the_order_over_may_inspect_it(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.SELF_CHECKED)
    job.hand_over("inspector")
    job.release("inspector")


def test_a_failed_inspection_sends_its_items_back_and_begins_a_new_round(job: Job) -> None:
    _fail(job, item=1)
    facts = job.facts
    assert (facts.stage, facts.round) == (Stage.IN_WORK, 2)
    assert [item.state for item in facts.items] == [ItemState.DONE, ItemState.STARTED]
    assert facts.inspection_failed
    assert [(one.note, one.defect_class) for one in job.floor.rows(Defect)] == [("松动", "safety")]


def test_after_a_failure_everything_is_signed_again_and_the_rounds_are_counted(job: Job) -> None:
    _fail(job)
    assert job.refused("technician", "sign-self-check") == ["item_undone"]
    job.to(Stage.HANDED_OVER)
    assert len(job.checks()) == 2
    _fail(job, "inspector2", 1011)
    job.to(Stage.RELEASED)
    rounds = sorted((one.round, one.passed) for one in job.floor.rows(Inspection))
    assert rounds == [(1, False), (2, False), (3, True)]


def test_the_lines_of_an_earlier_round_are_closed(job: Job) -> None:
    line = job.checks()[SIGHT].id
    _fail(job)
    job.to(Stage.HANDED_OVER)
    assert job.floor.refused("inspector", "answer-inspection", check=line, answer="ok") == ["not_inspection"]


def test_a_self_check_line_is_not_the_inspectors(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.finish()
    line = job.checks(0)[0].id
    job.to(Stage.HANDED_OVER)
    assert floor.refused("inspector", "answer-inspection", check=line, answer="ok") == ["not_inspection"]


def test_the_odometer_does_not_run_backwards_in_the_shop(job: Job) -> None:
    job.inspect()
    assert job.refused("inspector", "pass-inspection", odometer=999) == ["odometer_lower"]
    _fail(job, odometer=1020)
    job.to(Stage.HANDED_OVER)
    job.inspect()
    assert job.refused("inspector", "pass-inspection", odometer=1019) == ["odometer_lower"]
    job.do("inspector", "pass-inspection", odometer=1020)


def test_the_odometer_of_the_last_visit_is_held_against_the_next(job: Job) -> None:
    job.release(odometer=50_000)
    job.deliver()
    floor = job.floor
    given = {"vin": VEHICLES[0]["vin"], "request": "保养", "promised_at": floor.now.replace(year=2088)}
    assert floor.refused("advisor", "open-order", **given, odometer=49_999) == ["odometer_back"]
    again = floor.open("WASH", odometer=100, odometer_lower=True)
    again.to(Stage.CANCELLED)
    floor.open("WASH", odometer=101)


@pytest.mark.parametrize("stage", ["released", "delivered"])
def test_the_database_itself_refuses_a_release_without_a_passed_inspection(job: Job, stage: str) -> None:
    change = sa.text("UPDATE repair_order SET stage = :stage, released_at = opened_at, delivered_at = opened_at")
    with pytest.raises(DBAPIError, match="W7c"), job.floor.session.begin_nested():
        job.floor.session.execute(change, {"stage": stage})


def test_an_earlier_rounds_pass_releases_nothing(job: Job) -> None:
    job.release()
    change = sa.text("UPDATE repair_order SET round = round + 1")
    with pytest.raises(DBAPIError, match="W7c"), job.floor.session.begin_nested():
        job.floor.session.execute(change)
