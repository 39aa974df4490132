"""W2: the technician checks the listed items against the fault and reports what disagrees at once."""

import pytest
from support.acting import ALL_ON, Floor, Job

from workshop.domain.holds import holds
from workshop.domain.states import Hold, Stage


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order whose plate is proven."""
    return floor.open("WASH", "OIL").to(Stage.PLATE_VERIFIED)


def test_items_that_agree_let_the_order_go_on(job: Job) -> None:
    job.do("technician", "confirm-items")
    assert job.stage is Stage.ITEMS_CONFIRMED


def test_an_open_discrepancy_holds_the_order_until_the_advisor_answers(job: Job) -> None:
    found = job.do("technician", "report-discrepancy", note="客户说刹车响，单上没有")["discrepancy"]
    assert holds(job.facts) == (Hold.DISCREPANCY,)
    assert job.refused("technician", "confirm-items") == ["discrepancy_open"]
    job.floor.do("advisor", "answer-discrepancy", discrepancy=found, answer="按单做")
    assert holds(job.facts) == ()
    job.do("technician", "confirm-items")


def test_each_of_two_discrepancies_wants_its_own_answer(job: Job) -> None:
    first = job.do("technician", "report-discrepancy", note="一")["discrepancy"]
    job.do("technician", "report-discrepancy", note="二", item=job.items[0])
    job.floor.do("advisor", "answer-discrepancy", discrepancy=first, answer="好")
    assert job.refused("technician", "confirm-items") == ["discrepancy_open"]


def test_a_discrepancy_is_answered_once(job: Job) -> None:
    found = job.do("technician", "report-discrepancy", note="一")["discrepancy"]
    job.floor.do("advisor", "answer-discrepancy", discrepancy=found, answer="好")
    assert job.floor.refused("advisor2", "answer-discrepancy", discrepancy=found, answer="不") == [
        "discrepancy_answered"
    ]


def test_nobody_answers_the_discrepancy_that_he_reported(job: Job) -> None:
    found = job.do("all_rounder", "report-discrepancy", note="一")["discrepancy"]
    assert job.floor.refused("all_rounder", "answer-discrepancy", discrepancy=found, answer="好") == ["own_discrepancy"]
    job.floor.do("advisor", "answer-discrepancy", discrepancy=found, answer="好")


def test_a_discrepancy_names_an_item_of_this_order_only(job: Job) -> None:
    other = job.floor.open("WASH", vehicle=1)
    assert job.refused("technician", "report-discrepancy", note="一", item=other.items[0]) == ["item_elsewhere"]


def test_a_discrepancy_found_in_work_stops_new_work_parts_and_the_self_check(floor: Floor) -> None:
    job = floor.open("WASH", {"operation": "OIL", "parts": [{"part_no": "GREASE"}]}).to(Stage.IN_WORK)
    job.finish()
    job.do("technician", "report-discrepancy", note="型号不符")
    started = floor.refused("technician", "start-item", item=job.items[1], confirmed=ALL_ON)
    assert started == ["discrepancy_open"]
    asked = {"line": job.line().id, "technician": floor.badge("technician")}
    assert floor.refused("clerk", "issue-part", **asked) == ["discrepancy_open"]
    assert "discrepancy_open" in job.refused("technician", "sign-self-check")


def test_who_is_of_another_team_neither_confirms_nor_reports(job: Job) -> None:
    assert job.refused("technician3", "confirm-items") == ["not_your_order"]
    assert job.refused("technician3", "report-discrepancy", note="一") == ["not_your_order"]
