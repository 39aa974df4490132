"""W6a: a part that does not match the car is not fitted; "no data" takes two people's signatures."""

import pytest
from support.acting import Floor, Job
from support.catalogue import VEHICLES

from workshop.db.tables import FitException, Vehicle
from workshop.domain.states import Stage


def _job(floor: Floor, part: str, vehicle: int = 0) -> Job:
    return floor.open({"operation": "WASH", "parts": [{"part_no": part}]}, vehicle=vehicle).to(Stage.IN_WORK)


def _asked(job: Job, **more: object) -> dict[str, object]:
    technician = job.floor.badge("technician")
    return {"line": job.line().id, "technician": technician, "old_part_here": True, **more}


def _loan(job: Job) -> list[str]:
    given = {"line": job.line().id, "technician": job.floor.badge("technician"), "reason": "装复后"}
    return job.floor.refused("clerk", "issue-on-loan", **given)


@pytest.mark.parametrize(("part", "vehicle"), [("PAD", 0), ("FILTER", 4), ("GREASE", 6)])
def test_a_part_that_matches_is_issued_and_fitted(floor: Floor, part: str, vehicle: int) -> None:
    job = _job(floor, part, vehicle)
    job.fit_all()
    assert job.line().fitted == 1


@pytest.mark.parametrize(("part", "vehicle"), [("OTHERS", 0), ("PAD", 4)])
def test_a_part_that_does_not_match_leaves_the_counter_in_no_way(floor: Floor, part: str, vehicle: int) -> None:
    job = _job(floor, part, vehicle)
    assert floor.refused("clerk", "issue-part", **_asked(job)) == ["does_not_fit"]
    assert _loan(job) == ["does_not_fit"]
    signed = floor.refused("clerk", "sign-without-fit-data", line=job.line().id, reason="能用")
    assert signed == ["fit_data_exists"]


@pytest.mark.parametrize(("part", "vehicle"), [("BULB", 0), ("PAD", 5)])
def test_no_data_is_no_match(floor: Floor, part: str, vehicle: int) -> None:
    job = _job(floor, part, vehicle)
    assert floor.refused("clerk", "issue-part", **_asked(job)) == ["no_fit_data"]
    assert _loan(job) == ["no_fit_data"]


def test_no_data_takes_the_clerks_and_then_the_technicians_signature(floor: Floor) -> None:
    job = _job(floor, "BULB")
    line = job.line().id
    assert floor.refused("technician", "accept-without-fit-data", line=line, reason="比对") == ["clerk_signs_first"]
    floor.do("clerk", "sign-without-fit-data", line=line, reason="老车型无数据")
    assert floor.refused("clerk", "issue-part", **_asked(job)) == ["no_fit_data"]
    floor.do("technician", "accept-without-fit-data", line=line, reason="已与旧件比对")
    job.fit_all()
    signed = floor.rows(FitException)[0]
    assert (signed.clerk_reason, signed.technician_reason) == ("老车型无数据", "已与旧件比对")
    assert (signed.clerk_id, signed.technician_id) == (floor.person("clerk"), floor.person("technician"))


def test_the_two_signatures_are_of_two_people(floor: Floor) -> None:
    job = _job(floor, "BULB")
    floor.do("all_rounder", "sign-without-fit-data", line=job.line().id, reason="无数据")
    accepted = {"line": job.line().id, "reason": "比对"}
    assert floor.refused("all_rounder", "accept-without-fit-data", **accepted) == ["fit_two_people"]
    floor.do("technician2", "accept-without-fit-data", **accepted)


def test_each_signature_is_given_once_and_by_the_orders_own_team(floor: Floor) -> None:
    job = _job(floor, "BULB")
    line = job.line().id
    floor.do("clerk", "sign-without-fit-data", line=line, reason="无数据")
    assert floor.refused("clerk", "sign-without-fit-data", line=line, reason="无数据") == ["fit_signed"]
    assert floor.refused("technician3", "accept-without-fit-data", line=line, reason="行") == ["not_your_order"]
    floor.do("technician", "accept-without-fit-data", line=line, reason="比对")
    assert floor.refused("technician2", "accept-without-fit-data", line=line, reason="行") == ["fit_signed"]


@pytest.mark.parametrize("reason", ["", " \u200b ", "\u202e"])
def test_a_signature_without_a_reason_that_can_be_read_is_none(floor: Floor, reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        floor.do("clerk", "sign-without-fit-data", line=1, reason=reason)


def test_the_exception_of_one_line_is_not_the_next_ones(floor: Floor) -> None:
    parts = [{"part_no": "BULB"}, {"part_no": "BULB"}]
    job = floor.open({"operation": "WASH", "parts": parts}).to(Stage.IN_WORK)
    floor.do("clerk", "sign-without-fit-data", line=job.line().id, reason="无数据")
    floor.do("technician", "accept-without-fit-data", line=job.line().id, reason="比对")
    assert floor.refused("clerk", "issue-part", **_asked(job) | {"line": job.line(1).id}) == ["no_fit_data"]


def test_a_part_is_checked_against_the_car_once_more_when_it_is_fitted(floor: Floor) -> None:
    job = _job(floor, "PAD")
    issue = job.issue(job.line().id)
    floor.do("manager", "put-fits", part_no="PAD", fits=[{"make": "Toyota"}])
    assert floor.refused("technician", "fit-part", issue=issue) == ["does_not_fit"]
    floor.do("manager", "put-fits", part_no="PAD", fits=[])
    assert floor.refused("technician", "fit-part", issue=issue) == ["no_fit_data"]


def test_the_clerk_does_not_make_a_car_in_the_house_one_that_the_part_fits(floor: Floor) -> None:
    job = _job(floor, "OTHERS")
    car = VEHICLES[job.vehicle] | {"customer": "周先生", "phone": "13800000000"}
    another = car | {"make": "Toyota", "model": "Corolla"}
    assert floor.refused("all_rounder", "register-vehicle", **another) == ["car_in_house"]
    floor.do("all_rounder", "register-vehicle", **car | {"customer": "吴先生"})
    floor.do("advisor", "register-vehicle", **another)
    floor.do("technician", "pause-item", item=job.items[0], reason="waiting_parts")
    job.to(Stage.CANCELLED)
    floor.do("all_rounder", "register-vehicle", **car)


def test_the_clerk_does_not_write_the_match_that_his_own_counter_asks_for(floor: Floor) -> None:
    job = _job(floor, "BULB")
    for who in ("clerk", "all_rounder"):
        assert floor.refused(who, "put-fits", part_no="BULB", fits=[{}]) == ["part_asked_for"]
    floor.do("manager", "put-fits", part_no="BULB", fits=[{"make": "Volkswagen"}])
    job.fit_all()


def test_the_clerk_keeps_the_fitment_of_parts_that_nobody_waits_for(floor: Floor) -> None:
    floor.open({"operation": "WASH", "parts": [{"part_no": "BULB"}]}).to(Stage.CANCELLED)
    floor.do("clerk", "put-fits", part_no="BULB", fits=[{"make": "Volkswagen"}])


def test_only_who_works_on_the_item_fits_its_parts(floor: Floor) -> None:
    job = _job(floor, "PAD")
    issue = job.issue(job.line().id)
    assert floor.refused("technician2", "fit-part", issue=issue) == ["fit_unstarted"]
    assert floor.refused("technician3", "fit-part", issue=issue) == ["not_your_order"]
    job.start(0, "technician2")
    floor.do("technician2", "fit-part", issue=issue)


def test_no_more_pieces_are_fitted_than_were_issued_and_kept(floor: Floor) -> None:
    parts = [{"part_no": "PAD", "quantity": 4}]
    job = floor.open({"operation": "WASH", "parts": parts}).to(Stage.IN_WORK)
    issue = job.issue(job.line().id, quantity=3)
    floor.do("clerk", "return-part", issue=issue, reason="多领")
    assert floor.refused("technician", "fit-part", issue=issue, quantity=3) == ["not_so_many_free"]
    floor.do("technician", "fit-part", issue=issue, quantity=2)
    assert floor.refused("technician", "fit-part", issue=issue) == ["not_so_many_free"]
    assert floor.refused("clerk", "return-part", issue=issue, reason="多领") == ["not_so_many"]


def test_what_is_known_of_the_car_decides(floor: Floor) -> None:
    job = _job(floor, "PAD", vehicle=5)
    car = floor.rows(Vehicle, Vehicle.id == job.row.vehicle_id)[0]
    known = {"vin": car.vin, "plate": car.plate, "make": car.make, "model": car.model}
    owner = {"customer": "陈先生", "phone": "13800000005"}
    floor.do("advisor", "register-vehicle", **known, **owner, model_year=2016)
    assert floor.refused("clerk", "issue-part", **_asked(job)) == ["does_not_fit"]
    floor.do("advisor", "register-vehicle", **known, **owner, model_year=2018)
    job.fit_all()
