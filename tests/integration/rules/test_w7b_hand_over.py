"""W7b: the order is handed to the team leader or the next process: two signatures, of two people."""

import pytest
import sqlalchemy as sa
from sqlmodel import col
from support.acting import Floor, Job

from workshop.db.tables import ChecklistLine, Defect, HandOver
from workshop.domain.states import ItemState, Stage


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order whose self-check is signed."""
    return floor.open("WASH", "OIL").to(Stage.SELF_CHECKED)


def _offer(job: Job, who: str = "technician") -> None:
    job.do(who, "offer-hand-over", tools_clean=True)


def _back(job: Job, *items: str) -> dict[str, object]:
    defects = [{"item": item, "defect_class": "function", "note": "未装好"} for item in items]
    return {"reason": "工位未清理", "defects": defects}


def test_nothing_is_taken_over_before_the_giver_has_signed(job: Job) -> None:
    assert job.refused("leader", "take-over") == ["not_offered"]
    assert job.refused("leader", "send-back", **_back(job, job.items[0])) == ["not_offered"]


@pytest.mark.parametrize("taker", ["leader", "leader2", "inspector"])
def test_the_giver_and_the_taker_sign(job: Job, taker: str) -> None:
    _offer(job)
    job.floor.later(minutes=4)
    job.do(taker, "take-over")
    assert job.stage is Stage.HANDED_OVER
    row = job.floor.rows(HandOver)[0]
    assert (row.giver_id, row.taker_id, row.accepted) == (job.technician_id, job.floor.person(taker), True)


def test_the_tools_are_clean_and_back_before_the_hand_over(job: Job) -> None:
    assert job.refused("technician", "offer-hand-over") == ["tools_not_clean"]


def test_the_giver_signs_once(job: Job) -> None:
    _offer(job)
    assert job.refused("technician", "offer-hand-over", tools_clean=True) == ["already_offered"]


def test_only_who_worked_on_the_order_hands_it_over(job: Job) -> None:
    assert job.refused("technician2", "offer-hand-over", tools_clean=True) == ["giver_not_worker"]


def test_nobody_takes_over_from_himself(floor: Floor) -> None:
    job = floor.open("WASH")
    job.technician = "all_rounder"
    job.to(Stage.SELF_CHECKED)
    _offer(job, "all_rounder")
    assert job.refused("all_rounder", "take-over") == ["taker_worked"]
    assert job.refused("all_rounder", "send-back", **_back(job, job.items[0])) == ["taker_worked"]
    job.do("leader", "take-over")


def test_nobody_takes_over_what_he_worked_on(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.start(0, "all_rounder")
    floor.do("all_rounder", "pause-item", item=job.items[0], reason="break")
    job.to(Stage.SELF_CHECKED)
    _offer(job)
    assert job.refused("all_rounder", "take-over") == ["taker_worked"]


def test_the_taker_sends_it_back_with_a_reason_and_its_defects(job: Job) -> None:
    _offer(job)
    job.do("leader", "send-back", **_back(job, job.items[1]))
    facts = job.facts
    assert (facts.stage, facts.round, facts.offered_by) == (Stage.IN_WORK, 2, None)
    assert [item.state for item in facts.items] == [ItemState.DONE, ItemState.STARTED]
    row = job.floor.rows(HandOver)[0]
    assert (row.accepted, row.reason, row.taker_id) == (False, "工位未清理", job.floor.person("leader"))
    assert [defect.note for defect in job.floor.rows(Defect)] == ["未装好"]


def test_what_was_sent_back_is_done_checked_and_signed_again(job: Job) -> None:
    _offer(job)
    job.do("leader", "send-back", **_back(job, job.items[1]))
    assert job.refused("technician", "sign-self-check") == ["item_undone"]
    job.to(Stage.DELIVERED)
    assert sorted((row.round, row.accepted) for row in job.floor.rows(HandOver)) == [(1, False), (2, True)]


@pytest.mark.parametrize("missing", ["reason", "defects"])
def test_nothing_is_sent_back_for_nothing(job: Job, missing: str) -> None:
    _offer(job)
    empty: object = "" if missing == "reason" else []
    with pytest.raises(ValueError, match=missing):
        job.do("leader", "send-back", **_back(job, job.items[0]) | {missing: empty})


def test_a_defect_is_of_a_done_item_of_this_order(job: Job) -> None:
    other = job.floor.open("WASH", vehicle=1)
    _offer(job)
    assert job.refused("leader", "send-back", **_back(job, other.items[0])) == ["item_elsewhere"]


def test_an_order_is_not_sent_back_for_an_item_that_nobody_did(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    lines = job.do("technician", "request-change", add_items=[{"operation": "OIL"}])["lines"]
    assert isinstance(lines, list)
    consent = {"channel": "telephone", "consented_by": "周先生"}
    floor.do("advisor", "decide-line", line=lines[0], decision="declined", **consent)
    declined = job.facts.items[1].number
    job.to(Stage.SELF_CHECKED)
    _offer(job)
    assert job.refused("leader", "send-back", **_back(job, declined)) == ["defect_astray"]
    job.do("leader", "send-back", **_back(job, job.items[0], job.items[0]))


def test_no_order_goes_to_an_inspection_that_has_no_list(job: Job) -> None:
    job.floor.session.execute(sa.delete(ChecklistLine).where(col(ChecklistLine.checklist) == "final_inspection"))
    _offer(job)
    assert job.refused("leader", "take-over") == ["no_inspection_list"]
