"""S1, S4 to S7, W11: gear, covers and watcher are confirmed before an item starts; some work takes a certificate."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from support.acting import ALL_ON, Floor, Job
from support.catalogue import OPERATIONS

from workshop.db.tables import SafetyConfirmation
from workshop.domain.states import Stage


def _job(floor: Floor, operation: str) -> Job:
    return floor.open(operation).to(Stage.ITEMS_CONFIRMED)


def _refused(job: Job, who: str = "technician", **fields: object) -> list[tuple[str, str]]:
    reasons = job.floor.reasons(who, "start-item", item=job.items[0], **fields)
    return sorted((reason.rule, reason.code) for reason in reasons)


def _start(job: Job, who: str = "technician", **fields: object) -> None:
    job.floor.do(who, "start-item", item=job.items[0], **fields)


def test_everything_unconfirmed_is_said_at_once(floor: Floor) -> None:
    job = _job(floor, "OIL")
    assert _refused(job) == [("S1", "gear_unconfirmed"), ("S4", "drip_pan_unconfirmed")]
    assert _refused(job, confirmed=["gloves"]) == [("S4", "drip_pan_unconfirmed")]
    assert _refused(job, confirmed=["drip_pan", "goggles"]) == [("S1", "gear_unconfirmed")]
    _start(job, confirmed=["drip_pan", "gloves"])


@pytest.mark.parametrize(
    ("operation", "asked", "refusal"),
    [
        ("LEVEL2", "outside_covers", ("S6", "outside_covers_unconfirmed")),
        ("WASH", "inside_covers", ("S7", "inside_covers_unconfirmed")),
    ],
)
def test_covers_are_laid_before_the_work(floor: Floor, operation: str, asked: str, refusal: tuple[str, str]) -> None:
    job = _job(floor, operation)
    assert _refused(job) == [refusal]
    _start(job, confirmed=[asked])


def test_hoisting_is_watched_by_a_second_person(floor: Floor) -> None:
    job = _job(floor, "BRAKE")
    assert _refused(job) == [("S5", "watcher_missing")]
    assert _refused(job, watcher=floor.badge("technician")) == [("S5", "watcher_self")]
    _start(job, watcher=floor.badge("technician2"))
    assert [row.watcher_id for row in floor.rows(SafetyConfirmation)] == [floor.person("technician2")]


def test_nobody_who_left_the_shop_watches(floor: Floor) -> None:
    job = _job(floor, "BRAKE")
    gone = {"badge": floor.badge("technician2"), "person": "周技师", "has_roles": ["technician"], "active": False}
    floor.do("admin", "revise-person", **gone)
    assert _refused(job, watcher=floor.badge("technician2")) == [("S5", "watcher_missing")]


def test_nobody_watches_himself_even_where_nobody_asked(floor: Floor) -> None:
    assert _refused(_job(floor, "WASH"), confirmed=ALL_ON, watcher=floor.badge("technician")) == [
        ("S5", "watcher_self")
    ]


def test_what_was_confirmed_is_kept_with_who_and_when(floor: Floor) -> None:
    job = _job(floor, "OIL")
    _start(job, confirmed=["drip_pan", "gloves", "gloves"])
    row = floor.rows(SafetyConfirmation)[0]
    assert (row.confirmed, row.technician_id, row.at) == ("drip_pan;gloves", floor.person("technician"), floor.now)


def test_each_technician_confirms_for_himself_and_once(floor: Floor) -> None:
    job = _job(floor, "OIL")
    _start(job, confirmed=["drip_pan", "gloves"])
    assert _refused(job, "technician2") == [("S1", "gear_unconfirmed"), ("S4", "drip_pan_unconfirmed")]
    floor.do("technician", "pause-item", item=job.items[0], reason="break")
    _start(job)


def test_a_refused_start_books_no_labour(floor: Floor) -> None:
    job = _job(floor, "OIL")
    _refused(job)
    assert job.stage is Stage.ITEMS_CONFIRMED
    assert job.item().workers == frozenset()


def test_work_that_takes_a_certificate_is_assigned_only_to_who_holds_it(floor: Floor) -> None:
    job = floor.open("BATTERY", vehicle=2)
    bay = next(iter(floor.shop.bays.values()))
    given = {"team": "一组", "technician": floor.badge("technician2"), "bay": bay}
    assert job.refused("leader", "dispatch", **given) == ["certificate_missing"]
    job.to(Stage.ITEMS_CONFIRMED).make_dead()
    assert _refused(job, "technician2", confirmed=ALL_ON) == [("W11", "certificate_missing")]
    _start(job, confirmed=["insulating_gloves", "face_shield"])


@pytest.mark.parametrize(
    ("first", "last", "valid"),
    [(-9, -1, False), (-9, 0, True), (0, 9, True), (1, 9, False)],
)
def test_a_certificate_counts_from_its_first_day_to_its_last(floor: Floor, first: int, last: int, valid: bool) -> None:
    job = _job(floor, "BATTERY").make_dead()
    today = floor.now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    floor.do(
        "manager",
        "grant-certificate",
        badge=floor.badge("technician2"),
        training="high_voltage",
        valid_from=today + timedelta(days=first),
        valid_until=today + timedelta(days=last),
    )
    if valid:
        _start(job, "technician2", confirmed=ALL_ON)
    else:
        assert _refused(job, "technician2", confirmed=ALL_ON) == [("W11", "certificate_missing")]


def test_another_certificate_does_not_do(floor: Floor) -> None:
    given = {"valid_from": "2020-01-01", "valid_until": "2090-01-01"}
    floor.do("manager", "grant-certificate", badge=floor.badge("technician2"), training="airbag", **given)
    assert _refused(_job(floor, "BATTERY"), "technician2", confirmed=ALL_ON) == [("W11", "certificate_missing")]


def test_a_certificate_that_ran_out_overnight_stops_the_work(floor: Floor) -> None:
    job = _job(floor, "BATTERY").make_dead()
    _start(job, confirmed=ALL_ON)
    floor.do("technician", "pause-item", item=job.items[0], reason="shift_end")
    floor.later(days=400)
    assert _refused(job) == [("W11", "certificate_missing")]


def test_gear_that_nobody_knows_is_not_entered(floor: Floor) -> None:
    for gear in ("gloves;wings", "drip_pan", "[/red]"):
        with pytest.raises(ValueError, match="gear"):
            floor.do("manager", "put-operation", **OPERATIONS[0] | {"gear": gear})
