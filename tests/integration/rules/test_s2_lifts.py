"""S2: lifts and stands are sound and not overloaded; a vehicle that is up goes nowhere."""

import pytest
from pydantic import ValidationError
from support.acting import Floor, Job
from support.catalogue import LIFT, SPARE, VEHICLES

from workshop.db.tables import Lifting, Vehicle
from workshop.domain.states import Stage


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order whose car was proven to be the right one."""
    return floor.open("WASH").to(Stage.PLATE_VERIFIED)


def up(job: Job, who: str = "technician", weight: int | None = 1500) -> None:
    job.do(who, "lift-vehicle", lift=job.floor.tool(LIFT), weight=weight)


def refused(job: Job, who: str = "technician", weight: int | None = 1500, tool: int = LIFT) -> list[str]:
    return job.refused(who, "lift-vehicle", lift=job.floor.tool(tool), weight=weight)


def down(job: Job, who: str = "technician") -> None:
    job.floor.do(who, "lower-vehicle", lift=job.floor.tool(LIFT))


def weight_of(job: Job) -> int | None:
    row: Vehicle = job.floor.rows(Vehicle, Vehicle.id == job.row.vehicle_id)[0]
    return row.weight


def test_the_weight_is_asked_once_and_kept_with_the_vehicle(job: Job) -> None:
    assert refused(job, weight=None) == ["weight_unknown"]
    up(job, weight=1480)
    assert weight_of(job) == 1480
    down(job)
    up(job, weight=None)
    assert [(row.weight, row.rated_load, row.down_at is None) for row in job.floor.rows(Lifting)] == [
        (1480, 4000, False),
        (1480, 4000, True),
    ]


def test_a_vehicle_too_heavy_for_the_lift_stays_down(job: Job) -> None:
    reasons = job.floor.reasons("technician", "lift-vehicle", order=job.number, lift=job.floor.tool(LIFT), weight=4001)
    assert [(one.rule, one.code, one.args["load"]) for one in reasons] == [("S2", "overloaded", 4000)]
    assert (weight_of(job), job.floor.rows(Lifting)) == (None, [])
    up(job, weight=4000)


def test_a_laden_vehicle_counts_by_its_load_and_nobody_makes_it_lighter(job: Job) -> None:
    car = VEHICLES[job.vehicle] | {"customer": "周先生", "phone": "13800000000", "weight": 3900}
    job.floor.do("advisor", "register-vehicle", **car)
    assert refused(job, weight=4200) == ["overloaded"]
    up(job, weight=100)
    assert (job.floor.rows(Lifting)[0].weight, weight_of(job)) == (3900, 3900)


def test_the_register_keeps_a_weight_that_is_not_given_again(job: Job) -> None:
    car = VEHICLES[job.vehicle] | {"customer": "周先生", "phone": "13800000000"}
    job.floor.do("advisor", "register-vehicle", **car, weight=1500)
    job.floor.do("advisor", "register-vehicle", **car)
    assert weight_of(job) == 1500


def test_a_lift_past_its_inspection_is_not_used(job: Job) -> None:
    job.floor.later(days=171)
    assert refused(job) == ["tool_overdue"]
    given = {"tool": job.floor.tool(LIFT), "done_on": job.floor.now.date(), "done_by": "特检所"}
    job.floor.do("keeper", "record-tool-service", **given)
    up(job)


def test_only_lifts_and_stands_lift(job: Job) -> None:
    assert refused(job, tool=SPARE) == ["not_a_lift"]


def test_a_lift_carries_one_vehicle(floor: Floor, job: Job) -> None:
    other = floor.open("WASH", vehicle=1).to(Stage.PLATE_VERIFIED)
    up(job)
    assert refused(other) == ["lift_occupied"]
    assert floor.refused("technician3", "lower-vehicle", lift=floor.tool(LIFT)) == ["not_your_order"]
    down(job)
    up(other)
    down(other)
    assert floor.refused("technician", "lower-vehicle", lift=floor.tool(LIFT)) == ["nothing_on_lift"]


def test_a_lift_of_another_bay_lifts_nothing_here(floor: Floor, job: Job) -> None:
    bays = sorted(floor.shop.bays.values())
    floor.do("keeper", "place-tool", tool=floor.tool(LIFT), bay=bays[5])
    assert refused(job) == ["lift_elsewhere"]
    floor.do("keeper", "place-tool", tool=floor.tool(LIFT), bay=bays[job.vehicle])
    up(job)


def test_a_lift_does_not_leave_and_the_order_keeps_its_bay_while_the_vehicle_is_up(floor: Floor, job: Job) -> None:
    up(job)
    tool = {"tool": floor.tool(LIFT)}
    assert floor.refused("keeper", "place-tool", **tool, bay=sorted(floor.shop.bays.values())[5]) == ["tool_carries"]
    assert floor.refused("keeper", "retire-tool", **tool, reason="报废") == ["tool_carries"]
    bay = sorted(floor.shop.bays.values())[6]
    given = {"team": "一组", "technician": floor.badge("technician"), "bay": bay}
    assert job.refused("leader", "dispatch", **given) == ["vehicle_up"]
    down(job)
    job.do("leader", "dispatch", **given)


@pytest.mark.parametrize("fate", ["out_of_use", "in_service"])
def test_a_lift_reported_damaged_stays_in_its_place_while_the_vehicle_is_up(job: Job, fate: str) -> None:
    floor = job.floor
    up(job)
    report = {"tool": floor.tool(LIFT), "cause": "wear", "circumstances": "漏油"}
    case = floor.do("technician", "report-damage", **report)["case"]
    floor.do("manager", "close-without-liability", case=case, ground="wear", reason="磨损")
    assert floor.refused("keeper", "release-tool", case=case, fate=fate) == ["tool_carries"]
    down(job)
    floor.do("keeper", "release-tool", case=case, fate=fate)


def test_a_lift_is_not_replaced_under_a_vehicle(job: Job) -> None:
    floor = job.floor
    floor.do("technician", "check-out-tool", tool=floor.tool(LIFT))
    up(job)
    report = {"tool": floor.tool(LIFT), "cause": "improper_use", "circumstances": "超载"}
    case = floor.do("technician", "report-damage", **report)["case"]
    decision = {"case": case, "cause": "improper_use", "amount": "1", "method": "replace", "reason": "超载"}
    floor.do("manager", "decide-liability", **decision, shares=[{"badge": floor.badge("technician")}])
    floor.do("technician", "acknowledge-liability", case=case)
    assert floor.refused("keeper", "accept-replacement-tool", case=case) == ["tool_carries"]
    down(job)
    floor.do("keeper", "accept-replacement-tool", case=case)


def test_nobody_lifts_a_car_that_was_not_proven_or_is_not_his(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    assert refused(job) == ["wrong_stage"]
    job.to(Stage.PLATE_VERIFIED)
    assert refused(job, "technician3") == ["not_your_order"]
    assert refused(job, "inspector") == ["not_your_order"]


def test_a_vehicle_that_is_up_is_not_taken_over(job: Job) -> None:
    job.to(Stage.SELF_CHECKED)
    up(job)
    job.do("technician", "offer-hand-over", tools_clean=True)
    assert job.refused("leader", "take-over") == ["vehicle_up"]
    down(job)
    job.do("leader", "take-over")


def test_the_inspector_may_look_from_below_and_releases_what_stands_on_its_wheels(job: Job) -> None:
    job.to(Stage.HANDED_OVER)
    job.inspect()
    up(job, "inspector")
    assert job.refused("inspector", "pass-inspection", odometer=1100) == ["vehicle_up"]
    down(job, "inspector")
    job.do("inspector", "pass-inspection", odometer=1100)


def test_an_order_is_not_cancelled_with_the_vehicle_up(job: Job) -> None:
    up(job)
    assert job.refused("advisor", "cancel-order", reason="客户取消") == ["vehicle_up"]
    down(job)
    job.do("advisor", "cancel-order", reason="客户取消")


@pytest.mark.parametrize("weight", [0, -5, 100_001])
def test_a_weight_that_no_vehicle_has_is_not_taken(job: Job, weight: int) -> None:
    with pytest.raises(ValidationError):
        up(job, weight=weight)
