"""Cancelling is possible until parts are fitted, with every part back, every old part paid and every clock stopped."""

import pytest
from support.acting import CONSENT, Floor

from workshop.db.tables import ChangeLine, Finding
from workshop.domain.states import ItemState, Stage

PAD = {"operation": "WASH", "parts": [{"part_no": "PAD"}]}


@pytest.mark.parametrize("stage", [Stage.OPENED, Stage.DISPATCHED, Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED])
def test_an_order_is_cancelled_before_work(floor: Floor, stage: Stage) -> None:
    job = floor.open(PAD).to(stage)
    job.do("manager", "cancel-order", reason="客户改期")
    assert (job.row.stage, job.row.cancelled_reason) == (Stage.CANCELLED, "客户改期")


def test_a_running_clock_keeps_the_order_alive(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    assert job.refused("advisor", "cancel-order", reason="x") == ["clock_running"]
    floor.do("technician", "pause-item", item=job.items[0], reason="other_order")
    job.to(Stage.CANCELLED)


def test_a_fitted_part_keeps_the_order_alive(floor: Floor) -> None:
    job = floor.open(PAD).to(Stage.IN_WORK)
    job.fit_all()
    floor.do("technician", "pause-item", item=job.items[0], reason="other_order")
    assert job.refused("advisor", "cancel-order", reason="x") == ["part_fitted"]


def test_parts_come_back_before_the_order_is_cancelled(floor: Floor) -> None:
    job = floor.open(PAD).to(Stage.ITEMS_CONFIRMED)
    issue = job.issue(job.line().id)
    assert job.refused("advisor", "cancel-order", reason="x") == ["part_out"]
    floor.do("clerk", "return-part", issue=issue, reason="取消")
    job.to(Stage.CANCELLED)


def test_an_old_part_that_is_owed_keeps_the_order_alive(floor: Floor) -> None:
    job = floor.open(PAD).to(Stage.ITEMS_CONFIRMED)
    given = {"line": job.line().id, "technician": floor.badge("technician"), "reason": "先装"}
    floor.do("clerk", "issue-on-loan", **given)
    assert sorted(job.refused("advisor", "cancel-order", reason="x")) == ["loan_open", "part_out"]


def test_a_cancelled_order_takes_no_further_act(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.CANCELLED)
    bay = next(iter(floor.shop.bays.values()))
    given = {"team": "一组", "technician": floor.badge("technician"), "bay": bay}
    assert job.refused("leader", "dispatch", **given) == ["wrong_stage"]
    assert job.refused("advisor", "cancel-order", reason="again") == ["wrong_stage"]


def test_what_still_waited_is_offered_at_the_next_visit(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.PLATE_VERIFIED)
    fault = {"what": "漏油", "where": "底盘", "severity": "safety"}
    job.do("technician", "report-finding", **fault, proposals=[{"operation": "OIL"}])
    job.to(Stage.CANCELLED)
    proposed = job.facts.items[1]
    assert proposed.state is ItemState.DEFERRED
    assert [finding.ended for finding in floor.rows(Finding)] == ["next_visit"]
    assert [line.decision for line in floor.rows(ChangeLine)] == ["deferred"]
    assert len(floor.open("WASH", deferred=[proposed.number]).items) == 2


def test_lines_of_a_cancelled_order_are_no_longer_decided(floor: Floor) -> None:
    job = floor.open("WASH")
    lines = job.do("leader", "request-change", add_items=[{"operation": "OIL"}])["lines"]
    assert isinstance(lines, list)
    job.to(Stage.CANCELLED)
    given = {"line": lines[0], "decision": "approved", **CONSENT}
    assert floor.refused("advisor", "decide-line", **given) == ["wrong_stage"]
