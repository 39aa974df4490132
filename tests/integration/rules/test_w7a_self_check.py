"""W7a: after finishing, the technician checks every item in detail, line by line, with measured values."""

from decimal import Decimal

import pytest
from support.acting import Floor, Job, ok
from support.catalogue import CHECKLISTS, OPERATIONS

from workshop.db.tables import CheckAnswer, SelfCheck
from workshop.domain.states import ItemState, Stage


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order with its one item finished."""
    job = floor.open("BRAKE").to(Stage.IN_WORK)
    job.finish()
    return job


def _answer(job: Job, position: int, **fields: object) -> None:
    job.floor.do("technician", "answer-check", check=job.checks(0)[position].id, **fields)


def _not_answered(job: Job, position: int, who: str = "technician", **fields: object) -> list[str]:
    return job.floor.refused(who, "answer-check", check=job.checks(0)[position].id, **fields)


def test_a_finished_item_lays_out_its_own_list(job: Job) -> None:
    asked = [(row.text_en, row.unit, row.low, row.high) for row in job.checks(0)]
    assert asked == [
        ("Pad thickness", "mm", Decimal(3), None),
        ("Bolt torque", "Nm", Decimal(100), Decimal("130.5")),
        ("No brake noise", "", None, None),
    ]


def test_every_line_wants_its_own_answer(job: Job) -> None:
    for row in job.checks(0)[:-1]:
        job.floor.do("technician", "answer-check", **ok(row))
    assert job.refused("technician", "sign-self-check") == ["check_incomplete"]


def test_one_answer_is_for_one_line(job: Job) -> None:
    with pytest.raises(ValueError, match="check"):
        job.floor.do("technician", "answer-check", check=[row.id for row in job.checks(0)], answer="ok")


@pytest.mark.parametrize("value", ["2.999", "0", "-5"])
def test_a_value_outside_its_limits_is_not_ok(job: Job, value: str) -> None:
    assert _not_answered(job, 0, answer="ok", value=value) == ["value_outside"]


@pytest.mark.parametrize("value", ["3", "3.000", "12.5", "１２.５"])
def test_a_value_within_its_limits_is_ok(job: Job, value: str) -> None:
    line = job.checks(0)[0].id
    _answer(job, 0, answer="ok", value=value)
    kept = job.floor.rows(CheckAnswer, CheckAnswer.id == line)[0]
    assert kept.value == Decimal(value)
    assert (kept.answered_by_id, kept.answered_at) == (job.technician_id, job.floor.now)


@pytest.mark.parametrize("value", ["100", "130.5"])
def test_the_limits_themselves_are_within(job: Job, value: str) -> None:
    _answer(job, 1, answer="ok", value=value)


@pytest.mark.parametrize("value", ["99.99", "130.51"])
def test_just_beyond_either_limit_is_outside(job: Job, value: str) -> None:
    assert _not_answered(job, 1, answer="ok", value=value) == ["value_outside"]


def test_a_value_that_is_asked_for_is_not_left_out(job: Job) -> None:
    assert _not_answered(job, 0, answer="ok") == ["value_missing"]


def test_a_value_that_nobody_asked_for_is_refused(job: Job) -> None:
    assert _not_answered(job, 2, answer="ok", value="5") == ["value_unasked"]


@pytest.mark.parametrize("answer", ["not_ok", "not_applicable"])
def test_any_other_answer_than_ok_needs_a_reason(job: Job, answer: str) -> None:
    assert _not_answered(job, 2, answer=answer) == ["answer_reason_missing"]


def test_not_applicable_with_a_reason_counts_as_answered(job: Job) -> None:
    _answer(job, 0, answer="not_applicable", reason="鼓式制动")
    job.check()
    job.do("technician", "sign-self-check")


def test_not_ok_sends_the_item_back_to_work_and_the_list_starts_over(job: Job) -> None:
    old = [row.id for row in job.checks(0)]
    _answer(job, 1, answer="not_ok", value="90", reason="力矩不足")
    assert job.item().state is ItemState.STARTED
    refused = job.floor.refused("technician", "answer-check", check=old[2], answer="ok")
    assert refused == ["old_round"]
    job.finish()
    new = [row.id for row in job.checks(0)]
    assert len(new) == 3
    assert not set(new) & set(old)


def test_not_ok_is_not_turned_into_ok(job: Job) -> None:
    line = job.checks(0)[1].id
    _answer(job, 1, answer="not_ok", value="90", reason="力矩不足")
    assert job.floor.refused("technician", "answer-check", check=line, answer="ok", value="110") == ["old_round"]


def test_only_who_worked_on_the_item_checks_it(job: Job) -> None:
    assert _not_answered(job, 2, "technician2", answer="ok") == ["not_worker"]
    assert _not_answered(job, 2, "technician3", answer="ok") == ["not_your_order"]


def test_only_who_worked_on_the_order_signs_its_self_check(job: Job) -> None:
    job.check()
    assert job.refused("technician2", "sign-self-check") == ["not_on_order"]
    assert job.refused("technician3", "sign-self-check") == ["not_your_order"]
    job.do("technician", "sign-self-check")
    assert [(row.round, row.technician_id) for row in job.floor.rows(SelfCheck)] == [(1, job.technician_id)]


def test_nothing_is_answered_after_the_signature(job: Job) -> None:
    line = job.checks(0)[2].id
    job.check()
    job.do("technician", "sign-self-check")
    assert job.floor.refused("technician", "answer-check", check=line, answer="ok") == ["wrong_stage"]
    job.hand_over()
    assert job.floor.refused("technician", "answer-check", check=line, answer="ok") == ["wrong_stage"]


def test_the_inspectors_lines_are_not_the_technicians(job: Job) -> None:
    job.to(Stage.HANDED_OVER)
    line = job.checks()[0].id
    job.floor.do("inspector", "fail-inspection", order=job.number, odometer=1010, defects=[_defect(job)])
    assert job.floor.refused("technician", "answer-check", check=line, answer="ok") == ["not_self_check"]


def test_a_new_template_does_not_change_lists_that_are_laid_out(job: Job) -> None:
    job.floor.do("manager", "put-checklist", checklist="brakes", lines=CHECKLISTS["general"])
    assert len(job.checks(0)) == 3


def test_no_operation_goes_without_a_checklist(floor: Floor) -> None:
    given = OPERATIONS[0] | {"checklist": "没有"}
    assert floor.refused("manager", "put-operation", **given) == ["no_checklist"]
    with pytest.raises(ValueError, match="lines"):
        floor.do("manager", "put-checklist", checklist="general", lines=[])


def _defect(job: Job) -> dict[str, str]:
    return {"item": job.items[0], "defect_class": "safety", "note": "松"}
