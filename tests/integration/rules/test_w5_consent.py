"""W5: no item is added, removed or priced anew without consent; nothing is done or issued before it."""

from decimal import Decimal

import pytest
from support.acting import ALL_ON, CONSENT, Floor, Job
from support.catalogue import OPERATIONS, PARTS

from workshop.db.tables import ChangeLine, LabourEntry, OrderItem, PartLine
from workshop.domain.states import ItemState, Stage

ADD = {"add_items": [{"operation": "OIL", "parts": [{"part_no": "GREASE"}]}]}


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order in work."""
    return floor.open({"operation": "WASH", "parts": [{"part_no": "GREASE", "quantity": 2}]}).to(Stage.IN_WORK)


def _ask(job: Job, who: str = "technician", **fields: object) -> int:
    lines = job.do(who, "request-change", **fields)["lines"]
    assert isinstance(lines, list)
    return int(str(lines[0]))


def _decide(job: Job, line: int, decision: str, who: str = "advisor", **fields: object) -> None:
    job.floor.do(who, "decide-line", line=line, decision=decision, **CONSENT | fields)


def _not_decided(job: Job, line: int, who: str = "advisor", **fields: object) -> list[str]:
    return job.floor.refused(who, "decide-line", line=line, **{"decision": "approved"} | CONSENT | fields)


def test_an_unapproved_item_is_neither_started_nor_supplied(job: Job) -> None:
    _ask(job, **ADD)
    added = job.facts.items[1]
    assert added.state is ItemState.PROPOSED
    job.floor.do("technician", "pause-item", item=job.items[0], reason="waiting_approval")
    assert job.floor.refused("technician", "start-item", item=added.number, confirmed=ALL_ON) == ["item_not_approved"]
    asked = {"line": job.line(1).id, "technician": job.floor.badge("technician")}
    assert job.floor.refused("clerk", "issue-part", **asked) == ["line_not_agreed"]


@pytest.mark.parametrize(("decision", "state"), [("declined", "declined"), ("deferred", "deferred")])
def test_what_the_customer_did_not_agree_to_is_never_done(job: Job, decision: str, state: str) -> None:
    _decide(job, _ask(job, **ADD), decision)
    assert job.facts.items[1].state == state
    job.floor.do("technician", "pause-item", item=job.items[0], reason="break")
    number = job.facts.items[1].number
    assert job.floor.refused("technician", "start-item", item=number, confirmed=ALL_ON) == ["item_not_approved"]
    job.to(Stage.DELIVERED)


def test_an_approved_item_is_done_like_any_other(job: Job) -> None:
    _decide(job, _ask(job, **ADD), "approved", price="66.60")
    row = job.floor.rows(OrderItem, OrderItem.number == job.facts.items[1].number)[0]
    assert (row.state, row.price) == (ItemState.APPROVED, Decimal("66.60"))
    job.to(Stage.DELIVERED)


def test_the_decision_is_kept_with_who_how_when_and_at_what_price(job: Job) -> None:
    line = _ask(job, **ADD)
    job.floor.later(minutes=5)
    _decide(job, line, "approved", channel="message", price="66.60", note="微信截图")
    row = job.floor.rows(ChangeLine, ChangeLine.id == line)[0]
    assert (row.channel, row.consented_by, row.agreed_price) == ("message", "周先生", Decimal("66.60"))
    assert (row.decided_by_id, row.decided_at, row.note) == (job.floor.person("advisor"), job.floor.now, "微信截图")


def test_nobody_decides_what_he_asked_for(job: Job) -> None:
    line = _ask(job, "advisor", **ADD)
    assert _not_decided(job, line) == ["own_request"]
    _decide(job, line, "approved", "advisor2")
    mine = _ask(job, "all_rounder", reprice=[{"item": job.items[0], "minutes": 10, "price": 1}])
    assert _not_decided(job, mine, "all_rounder") == ["own_request"]


def test_a_line_is_decided_once(job: Job) -> None:
    line = _ask(job, **ADD)
    _decide(job, line, "declined")
    assert _not_decided(job, line, "advisor2") == ["line_decided"]


def test_lines_are_decided_one_by_one(job: Job) -> None:
    outcome = job.do("technician", "request-change", add_items=[{"operation": "OIL"}, {"operation": "BRAKE"}])
    lines = outcome["lines"]
    assert isinstance(lines, list)
    _decide(job, int(str(lines[0])), "approved")
    assert [item.state for item in job.facts.items[1:]] == [ItemState.APPROVED, ItemState.PROPOSED]
    assert job.facts.undecided == 1


def test_an_undecided_line_holds_the_self_check(job: Job) -> None:
    job.finish()
    job.check()
    _ask(job, **ADD)
    assert job.refused("technician", "sign-self-check") == ["change_undecided"]


@pytest.mark.parametrize("field", ["channel", "consented_by"])
def test_there_is_no_decision_without_how_and_by_whom(job: Job, field: str) -> None:
    given = CONSENT | {field: ""}
    with pytest.raises(ValueError, match=field):
        job.floor.do("advisor", "decide-line", line=1, decision="approved", **given)


def test_an_item_approved_after_the_self_check_brings_the_order_back_to_work(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.SELF_CHECKED)
    job.do("technician", "offer-hand-over", tools_clean=True)
    line = _ask(job, **ADD)
    _decide(job, line, "approved")
    facts = job.facts
    assert (facts.stage, facts.round, facts.offered_by) == (Stage.IN_WORK, 2, None)
    job.to(Stage.DELIVERED)


def test_a_started_item_is_removed_only_with_the_work_done_told(job: Job) -> None:
    line = _ask(job, remove=job.items)
    assert _not_decided(job, line) == ["work_untold"]
    job.floor.later(minutes=3)
    _decide(job, line, "approved", note="已拆下保险杠")
    row = job.floor.rows(OrderItem, OrderItem.number == job.items[0])[0]
    assert (row.state, row.work_done) == (ItemState.REMOVED, "已拆下保险杠")
    assert [entry.ended_at for entry in job.floor.rows(LabourEntry)] == [job.floor.now]


def test_an_item_is_not_removed_while_its_parts_are_in_the_technicians_hands(job: Job) -> None:
    issue = job.issue(job.line().id)
    line = _ask(job, remove=job.items)
    assert _not_decided(job, line, note="拆") == ["removal_parts_out"]
    job.floor.do("clerk", "return-part", issue=issue, reason="不做了")
    _decide(job, line, "approved", note="拆")


def test_an_item_done_in_the_meantime_is_no_longer_removed(job: Job) -> None:
    line = _ask(job, remove=job.items)
    job.finish()
    assert _not_decided(job, line, note="x") == ["item_already_done"]
    _decide(job, line, "declined")


def test_a_removed_item_is_neither_priced_nor_supplied_any_more(job: Job) -> None:
    price = _ask(job, reprice=[{"item": job.items[0], "minutes": 10, "price": "5"}])
    assert job.refused("technician", "request-change", remove=job.items) == ["asked_already"]
    _decide(job, price, "declined")
    part = _ask(job, add_parts=[{"item": job.items[0], "part_no": "PAD"}])
    _decide(job, _ask(job, remove=job.items), "approved", note="拆")
    assert _not_decided(job, part) == ["item_not_open"]
    _decide(job, part, "declined")
    assert job.refused("technician", "request-change", remove=job.items) == ["item_already_done"]


def test_new_terms_count_only_once_they_are_agreed(job: Job) -> None:
    line = _ask(job, reprice=[{"item": job.items[0], "minutes": 90, "price": "200"}])
    assert job.item().minutes == 30
    _decide(job, line, "approved", price="150")
    row = job.floor.rows(OrderItem, OrderItem.number == job.items[0])[0]
    assert (row.minutes, row.price) == (90, Decimal(150))


def test_a_part_is_added_by_consent_and_reopens_a_finished_item(job: Job) -> None:
    job.finish()
    job.check()
    line = _ask(job, add_parts=[{"item": job.items[0], "part_no": "GREASE", "quantity": 3}])
    _decide(job, line, "approved", price="10")
    assert job.item().state is ItemState.STARTED
    part = job.floor.rows(PartLine, PartLine.id == job.line(1).id)[0]
    assert (part.agreed, part.price) == (True, Decimal("3.33"))
    assert job.refused("technician", "sign-self-check") == ["item_undone", "part_missing"]
    job.to(Stage.DELIVERED)


def test_no_more_pieces_leave_the_counter_than_were_agreed(job: Job) -> None:
    asked = {"line": job.line().id, "technician": job.floor.badge("technician")}
    assert job.floor.refused("clerk", "issue-part", **asked, quantity=3) == ["too_many_pieces"]
    job.issue(job.line().id, quantity=2)
    assert job.floor.refused("clerk", "issue-part", **asked) == ["too_many_pieces"]


def test_the_advisor_adds_items_alone_only_while_the_customer_stands_at_the_desk(floor: Floor) -> None:
    job = floor.open("WASH")
    job.do("advisor", "add-item", given={"operation": "OIL"}, **CONSENT)
    job.to(Stage.DISPATCHED)
    assert job.refused("advisor", "add-item", given={"operation": "OIL"}, **CONSENT) == ["wrong_stage"]


def test_a_request_that_asks_for_nothing_is_none(job: Job) -> None:
    with pytest.raises(ValueError, match="at least one line"):
        job.do("technician", "request-change", reason="?")


def test_items_of_other_orders_and_teams_are_left_alone(job: Job) -> None:
    other = job.floor.open("WASH", vehicle=1)
    assert job.refused("technician", "request-change", remove=other.items) == ["item_elsewhere"]
    assert other.refused("technician", "request-change", remove=other.items) == ["not_your_order"]
    assert job.refused("technician3", "request-change", **ADD) == ["not_your_order"]


def test_what_is_no_longer_offered_is_not_added(job: Job) -> None:
    job.floor.do("manager", "put-operation", **OPERATIONS[0], active=False)
    job.floor.do("manager", "put-part", **PARTS[1], active=False)
    assert job.refused("technician", "request-change", add_items=[{"operation": "OIL"}]) == ["operation_closed"]
    part = {"item": job.items[0], "part_no": "PAD"}
    assert job.refused("technician", "request-change", add_parts=[part]) == ["part_closed"]
