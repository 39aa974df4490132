"""W4: a fault that is not on the order is written down and answered by the front desk before the car leaves."""

import pytest
from support.acting import CONSENT, Floor, Job
from support.catalogue import VEHICLES

from workshop.db.tables import Finding
from workshop.domain.holds import holds
from workshop.domain.states import Hold, ItemState, Stage

LEAK = {"what": "转向机漏油", "where": "底盘左侧", "severity": "safety"}


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order in work."""
    return floor.open("WASH").to(Stage.IN_WORK)


def _decide(job: Job, line: object, decision: str, who: str = "advisor") -> None:
    job.floor.do(who, "decide-line", line=line, decision=decision, **CONSENT)


def _end(job: Job) -> str:
    return str(job.floor.rows(Finding)[0].ended)


def test_a_finding_waits_for_the_front_desk_and_holds_the_order(job: Job) -> None:
    job.do("technician", "report-finding", **LEAK)
    assert [finding.what for finding in job.facts.findings] == ["转向机漏油"]
    assert holds(job.facts) == (Hold.APPROVAL,)


def test_no_order_leaves_the_workshop_with_an_unanswered_finding(job: Job) -> None:
    job.do("technician", "report-finding", **LEAK)
    job.finish()
    job.check()
    assert job.refused("technician", "sign-self-check") == ["finding_open"]


@pytest.mark.parametrize("stage", [Stage.SELF_CHECKED, Stage.HANDED_OVER])
def test_a_finding_of_the_last_minute_still_stops_the_order(floor: Floor, stage: Stage) -> None:
    job = floor.open("WASH").to(stage)
    job.do("leader", "report-finding", **LEAK)
    if stage is Stage.SELF_CHECKED:
        job.do("technician", "offer-hand-over", tools_clean=True)
        assert job.refused("leader", "take-over") == ["finding_open"]
    else:
        job.inspect()
        assert job.refused("inspector", "pass-inspection", odometer=1010) == ["finding_open"]


@pytest.mark.parametrize("end", ["declined", "next_visit"])
def test_an_advisor_closes_a_finding_that_proposes_nothing(job: Job, end: str) -> None:
    found = job.do("technician", "report-finding", **LEAK)["finding"]
    job.floor.do("advisor", "close-finding", finding=found, end=end)
    assert _end(job) == end
    assert job.floor.refused("advisor", "close-finding", finding=found, end=end) == ["finding_closed"]


def test_nobody_calls_a_finding_an_added_item_when_none_was_added(job: Job) -> None:
    found = job.do("technician", "report-finding", **LEAK)["finding"]
    assert job.floor.refused("advisor", "close-finding", finding=found, end="added") == ["nothing_added"]


def test_nobody_answers_the_finding_that_he_reported(job: Job) -> None:
    found = job.do("all_rounder", "report-finding", **LEAK)["finding"]
    assert job.floor.refused("all_rounder", "close-finding", finding=found, end="declined") == ["own_finding"]


def test_a_finding_with_proposals_is_answered_by_its_lines(job: Job) -> None:
    outcome = job.do("technician", "report-finding", **LEAK, proposals=[{"operation": "OIL"}])
    closed = {"finding": outcome["finding"], "end": "declined"}
    assert job.floor.refused("advisor", "close-finding", **closed) == ["finding_has_lines"]


@pytest.mark.parametrize(
    ("decisions", "end"),
    [
        (("approved", "declined"), "added"),
        (("declined", "declined"), "declined"),
        (("deferred", "declined"), "next_visit"),
        (("deferred", "approved"), "added"),
    ],
)
def test_a_finding_ends_with_the_last_of_its_lines(job: Job, decisions: tuple[str, str], end: str) -> None:
    proposals = [{"operation": "OIL"}, {"operation": "BRAKE"}]
    lines = job.do("technician", "report-finding", **LEAK, proposals=proposals)["lines"]
    assert isinstance(lines, list)
    _decide(job, lines[0], decisions[0])
    assert len(job.facts.findings) == 1
    _decide(job, lines[1], decisions[1])
    assert job.facts.findings == ()
    assert _end(job) == end


def test_a_change_request_may_answer_an_open_finding_of_the_same_order_only(job: Job) -> None:
    found = job.do("technician", "report-finding", **LEAK)["finding"]
    other = job.floor.open("WASH", vehicle=1)
    asked = {"finding": found, "add_items": [{"operation": "OIL"}]}
    assert other.refused("advisor", "request-change", **asked) == ["other_finding"]
    lines = job.do("leader", "request-change", **asked)["lines"]
    assert isinstance(lines, list)
    _decide(job, lines[0], "approved")
    assert _end(job) == "added"
    assert job.refused("leader", "request-change", **asked) == ["other_finding"]


def test_who_found_a_fault_does_not_decide_its_lines_raised_by_another(job: Job) -> None:
    found = job.do("all_rounder", "report-finding", **LEAK)["finding"]
    lines = job.do("leader", "request-change", finding=found, add_items=[{"operation": "OIL"}])["lines"]
    assert isinstance(lines, list)
    given = {"line": lines[0], "decision": "approved", **CONSENT}
    assert job.floor.refused("all_rounder", "decide-line", **given) == ["own_finding"]
    job.floor.do("advisor", "decide-line", **given)


def test_a_technician_of_another_team_reports_no_finding(job: Job) -> None:
    assert job.refused("technician3", "report-finding", **LEAK) == ["not_your_order"]
    job.do("leader2", "report-finding", **LEAK)


def test_what_was_declined_or_deferred_is_offered_at_the_next_visit(job: Job) -> None:
    proposals = [{"operation": "OIL", "price": "99.90", "minutes": 45, "parts": [{"part_no": "FILTER"}]}]
    proposals.append({"operation": "BRAKE"})
    lines = job.do("technician", "report-finding", **LEAK, proposals=proposals)["lines"]
    assert isinstance(lines, list)
    _decide(job, lines[0], "deferred")
    _decide(job, lines[1], "declined")
    deferred, declined = (item.number for item in job.facts.items[1:])
    job.to(Stage.DELIVERED)
    again = job.floor.open("WASH", odometer=2000, deferred=[deferred, declined])
    assert [item.state for item in again.facts.items] == [ItemState.APPROVED] * 3
    taken = again.item(1)
    assert (taken.minutes, [line.part_no for line in taken.lines], taken.lines[0].agreed) == (45, ["FILTER"], True)
    again.to(Stage.DISPATCHED)
    again.do("advisor", "cancel-order", reason="客户改期")
    assert len(job.floor.open("WASH", odometer=2000, deferred=[deferred]).items) == 2


def test_a_deferred_line_is_taken_up_once_and_by_its_own_car(job: Job) -> None:
    lines = job.do("technician", "report-finding", **LEAK, proposals=[{"operation": "OIL"}])["lines"]
    assert isinstance(lines, list)
    _decide(job, lines[0], "deferred")
    number = job.facts.items[1].number
    job.to(Stage.DELIVERED)
    floor = job.floor
    given = {"request": "保养", "odometer": 2000, "promised_at": floor.now.replace(year=2088)}
    mine, other = job.row.vehicle_id, floor.open("WASH", vehicle=1)
    assert mine != other.row.vehicle_id
    other.to(Stage.CANCELLED)
    for vehicle, deferred in ((1, [number]), (0, [number, number]), (0, job.items)):
        asked = given | {"vin": VEHICLES[vehicle]["vin"], "deferred": deferred}
        assert floor.refused("advisor", "open-order", **asked) == ["not_deferred"]
