"""W3: every item on the order is done, completely, correctly and in time."""

from datetime import timedelta

import pytest
from support.acting import ALL_ON, Floor, Job

from workshop.db.tables import LabourEntry
from workshop.domain.holds import lateness
from workshop.domain.states import ItemState, Stage

GREASED = {"operation": "WASH", "parts": [{"part_no": "GREASE", "quantity": 2}]}


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order of two items, the first one started."""
    return floor.open(GREASED, "OIL").to(Stage.IN_WORK)


def _start(job: Job, who: str, index: int = 0) -> list[str]:
    return job.floor.refused(who, "start-item", item=job.items[index], confirmed=ALL_ON)


def test_the_self_check_is_refused_while_an_item_is_undone(job: Job) -> None:
    job.finish()
    job.check()
    assert job.refused("technician", "sign-self-check") == ["item_undone"]


def test_everything_that_is_missing_is_said_at_once(job: Job) -> None:
    codes = job.refused("technician", "sign-self-check")
    assert sorted(codes) == ["clock_running", "item_undone", "item_undone", "part_missing"]


def test_an_item_is_not_finished_while_its_parts_are_missing(job: Job) -> None:
    assert job.floor.refused("technician", "finish-item", item=job.items[0]) == ["part_missing"]
    issue = job.issue(job.line().id, quantity=2)
    assert job.floor.refused("technician", "finish-item", item=job.items[0]) == ["part_unfitted"]
    job.floor.do("technician", "fit-part", issue=issue, quantity=1)
    assert job.floor.refused("technician", "finish-item", item=job.items[0]) == ["part_unfitted"]
    job.floor.do("clerk", "return-part", issue=issue, reason="只用一个")
    assert job.floor.refused("technician", "finish-item", item=job.items[0]) == ["part_missing"]
    job.floor.do("technician", "mark-not-needed", line=job.line().id, reason="一个够了")
    job.floor.do("technician", "finish-item", item=job.items[0])


def test_a_part_is_not_fitted_after_the_item_was_finished(job: Job) -> None:
    line = job.line().id
    job.floor.do("technician", "mark-not-needed", line=line, reason="不需要")
    job.floor.do("technician", "finish-item", item=job.items[0])
    added = {"part_no": "GREASE", "item": job.items[0]}
    job.do("leader", "request-change", add_parts=[added])
    assert job.item().state is ItemState.DONE
    assert job.floor.refused("clerk", "issue-part", line=job.line(1).id, technician=job.floor.badge("technician")) == [
        "line_not_agreed"
    ]


def test_a_part_is_not_needed_only_while_it_is_not_issued(job: Job) -> None:
    issue = job.issue(job.line().id, quantity=2)
    assert job.floor.refused("technician", "mark-not-needed", line=job.line().id, reason="x") == ["line_complete"]
    job.floor.do("clerk", "return-part", issue=issue, quantity=2, reason="不用")
    job.floor.do("technician", "mark-not-needed", line=job.line().id, reason="x")
    asked = {"line": job.line().id, "technician": job.floor.badge("technician")}
    assert job.floor.refused("clerk", "issue-part", **asked) == ["too_many_pieces"]


def test_a_person_has_one_clock_at_a_time(job: Job) -> None:
    assert _start(job, "technician", 1) == ["busy_elsewhere"]
    assert _start(job, "technician", 0) == ["busy_elsewhere"]
    job.floor.do("technician", "pause-item", item=job.items[0], reason="other_order")
    job.floor.do("technician", "start-item", item=job.items[1], confirmed=ALL_ON)


def test_the_clock_counts_the_minutes_worked_and_not_the_pauses(job: Job) -> None:
    job.floor.later(minutes=20)
    job.floor.do("technician", "pause-item", item=job.items[0], reason="break")
    job.floor.later(minutes=60)
    job.start()
    job.floor.later(minutes=5)
    assert job.item().worked == 25
    assert job.item().remaining == 5


def test_several_technicians_work_on_one_item(job: Job) -> None:
    job.start(0, "technician2")
    job.floor.later(minutes=10)
    assert job.item().worked == 20
    job.fit_all()
    assert job.floor.refused("technician", "finish-item", item=job.items[0]) == ["clock_running"]
    job.floor.do("technician2", "pause-item", item=job.items[0], reason="shift_end")
    job.floor.do("technician", "finish-item", item=job.items[0])


def test_only_who_worked_on_an_item_finishes_it(job: Job) -> None:
    assert job.floor.refused("technician2", "finish-item", item=job.items[0]) == ["not_worked"]


def test_an_item_that_was_not_started_is_not_finished(job: Job) -> None:
    assert job.floor.refused("technician", "finish-item", item=job.items[1]) == ["item_not_started"]


def test_a_clock_that_does_not_run_is_not_paused(job: Job) -> None:
    assert job.floor.refused("technician2", "pause-item", item=job.items[0], reason="break") == ["clock_not_running"]


def test_a_done_item_is_not_started_again_by_itself(job: Job) -> None:
    job.finish()
    assert _start(job, "technician") == ["item_not_approved"]


def test_who_was_sent_to_another_team_pauses_but_neither_starts_nor_finishes(job: Job) -> None:
    job.dispatch("technician3")
    assert job.floor.refused("technician", "finish-item", item=job.items[0]) == ["not_your_order"]
    job.floor.do("technician", "pause-item", item=job.items[0], reason="other_order")
    assert _start(job, "technician") == ["not_your_order"]


def test_whoever_leaves_the_shop_takes_no_running_clock_along(job: Job) -> None:
    job.floor.later(minutes=7)
    gone = {"badge": job.floor.badge("technician"), "person": "张技师", "has_roles": ["technician"], "team": "一组"}
    job.floor.do("admin", "revise-person", **gone, active=False)
    assert [entry.ended_at for entry in job.floor.rows(LabourEntry)] == [job.floor.now]
    job.technician = "technician2"
    job.finish()


def test_a_late_order_is_shown_before_it_is_late(floor: Floor) -> None:
    job = floor.open("WASH", promised_at=floor.now + timedelta(minutes=40))
    assert not lateness(job.facts, floor.now).will_be
    floor.later(minutes=11)
    assert lateness(job.facts, floor.now).will_be
    floor.later(minutes=30)
    assert lateness(job.facts, floor.now).late


def test_a_promise_is_a_time_to_come(floor: Floor) -> None:
    job = floor.open("WASH")
    assert job.refused("advisor", "change-promise", promised_at=floor.now, reason="x") == ["promise_past"]
    job.do("advisor", "change-promise", promised_at=floor.now + timedelta(hours=9), reason="等件")
    assert job.facts.promised_at == floor.now + timedelta(hours=9)


def test_an_order_without_items_is_not_dispatched(floor: Floor) -> None:
    job = floor.open("WASH")
    change = job.do("leader", "request-change", remove=job.items)["lines"]
    assert isinstance(change, list)
    floor.do("advisor", "decide-line", line=change[0], decision="approved", channel="telephone", consented_by="周先生")
    bay = next(iter(floor.shop.bays.values()))
    given = {"team": "一组", "technician": floor.badge("technician"), "bay": bay}
    assert job.refused("leader", "dispatch", **given) == ["no_items"]


def test_a_bay_holds_one_car(floor: Floor) -> None:
    floor.open("WASH").to(Stage.DISPATCHED)
    other = floor.open("WASH", vehicle=1)
    bay = sorted(floor.shop.bays.values())[0]
    given = {"team": "一组", "technician": floor.badge("technician")}
    assert other.refused("leader", "dispatch", **given, bay=bay) == ["bay_taken"]


def test_an_order_goes_to_a_technician_of_the_team(floor: Floor) -> None:
    job = floor.open("WASH")
    bay = next(iter(floor.shop.bays.values()))
    assert job.refused("leader", "dispatch", team="二组", technician=floor.badge("technician"), bay=bay) == [
        "not_in_team"
    ]
    assert job.refused("leader", "dispatch", team="一组", technician=floor.badge("leader"), bay=bay) == ["not_in_role"]
