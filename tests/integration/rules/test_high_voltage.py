"""S1, W11: two trained people take the high voltage off, wait, measure, and put it back before the self-check."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from pydantic import ValidationError
from support.acting import ALL_ON, CONSENT, Floor, Job
from support.catalogue import OVERDUE, SPARE, TORQUE

from workshop.db.tables import HvMeasurement, HvPowerUp, HvShutdown
from workshop.domain.high_voltage import PowerUpStep, ShutdownStep
from workshop.domain.reasons import Refused
from workshop.domain.states import Stage


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order with work on high voltage, ready to begin."""
    return floor.open("BATTERY", vehicle=2).to(Stage.ITEMS_CONFIRMED)


def start(job: Job, who: str = "technician") -> list[str]:
    return job.floor.refused(who, "start-item", item=job.items[0], confirmed=ALL_ON)


def test_the_work_begins_only_on_a_car_that_was_measured_dead(job: Job) -> None:
    assert start(job) == ["shut_down_first"]
    job.shut_down()
    assert start(job) == ["measure_first"]
    job.measure("380")
    assert start(job) == ["still_live"]
    job.measure("59.9")
    job.floor.do("technician", "start-item", item=job.items[0], confirmed=ALL_ON)


def test_other_work_on_the_car_needs_no_shutdown(floor: Floor) -> None:
    job = floor.open("BATTERY", "WASH", vehicle=2).to(Stage.ITEMS_CONFIRMED)
    floor.do("technician", "start-item", item=job.items[1], confirmed=ALL_ON)


def test_one_shutdown_serves_every_item_on_the_order(floor: Floor) -> None:
    job = floor.open("BATTERY", "BATTERY", vehicle=2).to(Stage.IN_WORK)
    floor.do("technician", "finish-item", item=job.items[0])
    floor.do("technician", "start-item", item=job.items[1], confirmed=ALL_ON)
    assert len(floor.rows(HvShutdown)) == 1


def test_nobody_takes_the_high_voltage_off_alone(job: Job) -> None:
    floor = job.floor
    given = {"shutdown_steps": list(ShutdownStep)}
    own, untrained = floor.badge("technician"), floor.badge("technician2")
    assert job.refused("technician", "shut-down-high-voltage", **given, watcher=own) == ["high_voltage_alone"]
    reasons = floor.reasons("technician", "shut-down-high-voltage", order=job.number, **given, watcher=untrained)
    assert [(one.rule, one.code, one.args["person"]) for one in reasons] == [("W11", "certificate_missing", "周技师")]
    assert job.refused("technician2", "shut-down-high-voltage", **given, watcher=own) == ["certificate_missing"]
    gone = {"badge": floor.badge("all_rounder"), "person": "蒋全能", "has_roles": ["technician"], "active": False}
    floor.do("admin", "revise-person", **gone)
    assert job.refused("technician", "shut-down-high-voltage", **given, watcher=gone["badge"]) == ["not_found"]
    assert floor.rows(HvShutdown) == []


def test_every_step_that_is_left_out_is_said(job: Job) -> None:
    given = {"watcher": job.floor.badge("all_rounder")}
    left = job.refused("technician", "shut-down-high-voltage", **given, shutdown_steps=["key_away", "barrier"])
    assert left == ["high_voltage_step_left"] * 3


def test_the_wait_is_the_makers_and_ten_minutes_where_nobody_knows(job: Job) -> None:
    floor = job.floor
    measured = {"volts": "0", "instrument": floor.tool(TORQUE)}
    for minutes in (10, 20):
        off_at = floor.now
        job.shut_down()
        floor.later(minutes=minutes, seconds=-1)
        reason = floor.reasons("technician", "measure-voltage", order=job.number, **measured)[0]
        assert (reason.code, reason.args["time"]) == ("measured_early", off_at + timedelta(minutes=minutes))
        floor.later(seconds=1)
        job.do("technician", "measure-voltage", **measured)
        job.power_up()
        figures = {"make": "VOLKSWAGEN", "model": "id.4", "wait_minutes": 20}
        floor.do("manager", "put-high-voltage-model", **figures)


def test_no_model_waits_less_than_five_minutes(floor: Floor) -> None:
    with pytest.raises(ValidationError):
        floor.do("manager", "put-high-voltage-model", make="BMW", model="iX3", wait_minutes=4)


def test_a_live_measurement_is_kept_and_the_wait_begins_anew(job: Job) -> None:
    job.shut_down()
    job.measure("60")
    given = {"volts": "0", "instrument": job.floor.tool(TORQUE)}
    job.floor.later(minutes=9)
    assert job.refused("technician", "measure-voltage", **given) == ["measured_early"]
    job.measure("12")
    assert [row.volts for row in job.floor.rows(HvMeasurement)] == [60, 12]
    assert job.dead


def test_a_voltage_is_measured_with_an_instrument_in_date(job: Job) -> None:
    floor = job.floor
    job.shut_down()
    floor.later(minutes=10)
    for tool, code in ((OVERDUE, "tool_overdue"), (SPARE, "not_instrument")):
        assert job.refused("technician", "measure-voltage", volts="0", instrument=floor.tool(tool)) == [code]
    for volts in ("-1", "NaN", "2001"):
        with pytest.raises(ValidationError):
            job.do("technician", "measure-voltage", volts=volts, instrument=floor.tool(TORQUE))


def test_the_car_is_not_signed_for_before_it_is_live_again(job: Job) -> None:
    job.finish()
    job.check()
    assert job.refused("technician", "sign-self-check") == ["high_voltage_off"]
    job.power_up()
    job.do("technician", "sign-self-check")
    assert [(row.insulation, row.reason) for row in job.floor.rows(HvPowerUp)] == [(550, "")]


def test_an_order_is_not_cancelled_with_the_high_voltage_off(job: Job) -> None:
    job.shut_down()
    assert job.refused("advisor", "cancel-order", reason="客户取消") == ["high_voltage_off"]
    job.power_up()
    job.do("advisor", "cancel-order", reason="客户取消")


def test_nobody_makes_the_car_live_while_somebody_works_on_it(job: Job) -> None:
    job.start()
    with pytest.raises(Refused) as refused:
        job.power_up()
    assert [one.code for one in refused.value.reasons] == ["clock_running"]
    job.floor.do("technician", "pause-item", item=job.items[0], reason="break")
    job.power_up()
    assert start(job) == ["shut_down_first"]


def test_nothing_is_fitted_to_the_high_voltage_of_a_live_car(floor: Floor) -> None:
    parts = [{"part_no": "GREASE", "quantity": 2}]
    job = floor.open({"operation": "BATTERY", "parts": parts}, vehicle=2).to(Stage.IN_WORK)
    issue = job.issue(job.line().id)
    floor.do("technician", "pause-item", item=job.items[0], reason="break")
    given = {"insulation": "550", "power_up_steps": list(PowerUpStep), "watcher": floor.badge("all_rounder")}
    assert job.refused("technician", "power-up", **given) == ["part_unfitted"]
    floor.do("technician", "fit-part", issue=issue)
    job.power_up()
    issue = job.issue(job.line().id)
    assert floor.refused("technician", "fit-part", issue=issue) == ["shut_down_first"]
    job.make_dead()
    floor.do("technician", "fit-part", issue=issue)


def test_too_little_insulation_leaves_the_high_voltage_off(job: Job) -> None:
    figures = {"make": "Volkswagen", "model": "ID.4", "wait_minutes": 10, "system_volts": 400}
    job.floor.do("manager", "put-high-voltage-model", **figures)
    job.shut_down()
    given = {"power_up_steps": list(PowerUpStep), "watcher": job.floor.badge("all_rounder")}
    reasons = job.floor.reasons("technician", "power-up", order=job.number, **given, insulation="0.19")
    assert [(one.code, one.args["least"]) for one in reasons] == [("insulation_low", "0.2")]
    job.power_up(insulation="0.2")


def test_who_pulled_the_disconnect_puts_it_back_or_it_is_said_why_not(job: Job) -> None:
    floor = job.floor
    job.shut_down()
    given = {"insulation": "550", "power_up_steps": list(PowerUpStep), "watcher": floor.badge("technician")}
    assert job.refused("all_rounder", "power-up", **given) == ["disconnect_kept_by_other"]
    assert job.refused("all_rounder", "power-up", **given | {"power_up_steps": []}, absence="病假") == [
        "high_voltage_step_left"
    ] * len(PowerUpStep)
    own = given | {"watcher": floor.badge("all_rounder")}
    assert job.refused("all_rounder", "power-up", **own, absence="病假") == ["high_voltage_alone"]
    job.do("all_rounder", "power-up", **given, absence="病假")
    assert [row.reason for row in floor.rows(HvPowerUp)] == ["病假"]


def test_a_car_without_such_work_is_left_live(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.ITEMS_CONFIRMED)
    given = {"shutdown_steps": list(ShutdownStep), "watcher": floor.badge("all_rounder")}
    assert job.refused("technician", "shut-down-high-voltage", **given) == ["no_high_voltage_item"]
    assert job.refused("technician", "measure-voltage", volts="0", instrument=floor.tool(TORQUE)) == ["not_shut_down"]


def test_a_car_is_taken_off_once(job: Job) -> None:
    job.shut_down()
    given = {"shutdown_steps": list(ShutdownStep), "watcher": job.floor.badge("all_rounder")}
    assert job.refused("technician", "shut-down-high-voltage", **given) == ["shut_down_already"]


def test_the_way_back_on_is_not_lost_when_the_order_goes_to_others(job: Job) -> None:
    job.shut_down()
    job.dispatch(bay=7)
    assert job.stage is Stage.DISPATCHED
    job.power_up()


def test_work_withdrawn_after_it_began_still_leaves_the_car_to_be_made_live(floor: Floor) -> None:
    job = floor.open("BATTERY", "WASH", vehicle=2).to(Stage.ITEMS_CONFIRMED)
    job.start()
    floor.do("technician", "pause-item", item=job.items[0], reason="waiting_approval")
    removal = job.do("leader", "request-change", reason="不做", remove=[job.items[0]])
    line = removal["lines"][0]  # type: ignore[index, call-overload]
    floor.do("advisor", "decide-line", line=line, decision="approved", note="已断电", **CONSENT)
    job.finish(1)
    job.check(1)
    assert job.refused("technician", "sign-self-check") == ["high_voltage_off"]
    job.power_up()
    job.do("technician", "sign-self-check")


def test_work_on_high_voltage_without_any_record_is_not_signed_for(job: Job) -> None:
    job.finish()
    job.check()
    with job.floor.session.begin_nested():
        for table in (HvMeasurement, HvShutdown):
            job.floor.session.execute(sa.delete(table))
    assert job.refused("technician", "sign-self-check") == ["high_voltage_unrecorded"]
    job.shut_down()
    job.power_up()
    job.do("technician", "sign-self-check")


def test_the_whole_way_of_such_an_order(floor: Floor) -> None:
    job = floor.open("BATTERY", vehicle=2).to(Stage.DELIVERED)
    assert (len(floor.rows(HvShutdown)), len(floor.rows(HvPowerUp)), job.stage) == (1, 1, Stage.DELIVERED)
