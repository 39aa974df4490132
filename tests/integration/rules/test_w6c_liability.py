"""W6c: a part lost or spoilt is paid for or replaced; only the final decision of its case closes the debt."""

import pytest
from support.acting import Floor, Job
from support.blame import Blame

from workshop.db.tables import PartWriteOff
from workshop.domain.states import Stage
from workshop.queries.counter import counter_lines
from workshop.queries.story import story

LOST = {"cause": "loss", "circumstances": "旧件被误扔"}
SPOILT = {"cause": "improper_use", "circumstances": "装配时敲裂"}


@pytest.fixture
def job(floor: Floor) -> Job:
    """Two brake pads to be fitted, in work."""
    return floor.open({"operation": "WASH", "parts": [{"part_no": "PAD", "quantity": 2}]}).to(Stage.IN_WORK)


def lent(job: Job, quantity: int = 2) -> int:
    """New pads on loan; the old ones are owed."""
    given = {"line": job.line().id, "technician": job.floor.badge("technician"), "quantity": quantity}
    return int(str(job.floor.do("clerk", "issue-on-loan", **given, reason="先装后拆")["issue"]))


def lost(job: Job, issue: int, pieces: int = 1, who: str = "clerk") -> Blame:
    """Old pads that are owed are reported as lost."""
    outcome = job.floor.do(who, "report-part-loss", issue=issue, side="old", pieces=pieces, **LOST)
    return Blame(job.floor, outcome["case"])


def spoilt(job: Job, issue: int, pieces: int = 1) -> Blame:
    """New pads are reported as spoilt before they were fitted."""
    outcome = job.floor.do("technician", "report-part-loss", issue=issue, side="new", pieces=pieces, **SPOILT)
    return Blame(job.floor, outcome["case"])


def missing(job: Job) -> set[str]:
    """The codes that keep the self-check shut."""
    return set(job.refused("technician", "sign-self-check"))


def test_who_got_the_part_is_answerable_for_it_at_the_price_of_the_catalogue(floor: Floor, job: Job) -> None:
    case = lost(job, lent(job), pieces=2)
    assert case.row.custodian_id == floor.person("technician")
    assert f"{case.facts.price:.2f}" == "177.60"
    assert case.row.order_id == job.row.id


def test_a_report_alone_closes_no_debt(floor: Floor, job: Job) -> None:
    issue = lent(job)
    floor.do("technician", "fit-part", issue=issue, quantity=2)
    job.finish()
    job.check()
    case = lost(job, issue, pieces=2)
    assert job.line().debt == 2
    assert missing(job) == {"case_open"}
    case.decide("177.60")
    assert missing(job) == {"case_open"}, "it may still be objected to"
    case.do("technician", "acknowledge-liability")
    assert job.line().debt == 0
    job.do("technician", "sign-self-check")
    assert case.state == "settling", "the order goes on while the person still pays"


def test_what_is_still_awaited_is_told_apart_from_what_is_under_a_case(floor: Floor, job: Job) -> None:
    issue = lent(job)
    lost(job, issue)
    assert {"loan_open", "case_open"} <= missing(job)
    floor.do("clerk", "receive-old-part", issue=issue)
    assert "loan_open" not in missing(job)


def test_an_objection_keeps_the_debt_open_until_the_second_manager_has_decided(floor: Floor, job: Job) -> None:
    case = lost(job, lent(job, 1))
    case.decide("88.80")
    case.do("technician", "object-to-liability", statement="旧件已放在柜台")
    assert job.line().debt == 1
    case.decide("40", who="all_rounder")
    assert job.line().debt == 0


@pytest.mark.parametrize(("ground", "left"), [("no_fault", 0), ("wear", 0), ("unfounded", 1)])
def test_a_debt_that_is_nobodys_is_closed_too_but_not_what_is_here_after_all(
    floor: Floor, job: Job, ground: str, left: int
) -> None:
    issue = lent(job, 1)
    case = lost(job, issue)
    case.do("manager", "close-without-liability", ground=ground, reason="查明")
    assert (case.facts.closed, job.line().debt) == (True, left)
    assert len(floor.rows(PartWriteOff)) == 1 - left
    if left:
        floor.do("clerk", "receive-old-part", issue=issue)


def test_pieces_under_a_case_are_neither_received_nor_fitted_nor_given_back(floor: Floor, job: Job) -> None:
    issue = lent(job)
    lost(job, issue, pieces=2)
    spoilt(job, issue, pieces=1)
    assert floor.refused("clerk", "receive-old-part", issue=issue) == ["pieces_under_case"]
    assert floor.refused("technician", "fit-part", issue=issue, quantity=2) == ["pieces_under_case"]
    assert floor.refused("clerk", "return-part", issue=issue, quantity=2, reason="多领") == ["pieces_under_case"]
    floor.do("technician", "fit-part", issue=issue, quantity=1)


def test_no_piece_is_reported_twice_nor_one_that_nobody_has(floor: Floor, job: Job) -> None:
    issue = lent(job)
    lost(job, issue)
    given = {"issue": issue, **LOST}
    assert floor.refused("clerk", "report-part-loss", side="old", pieces=2, **given) == ["none_to_report"]
    floor.do("technician", "fit-part", issue=issue, quantity=2)
    assert floor.refused("technician", "report-part-loss", side="new", **given) == ["none_to_report"]


def test_a_spoilt_new_part_is_written_off_and_another_one_may_be_issued(floor: Floor, job: Job) -> None:
    issue = lent(job)
    case = spoilt(job, issue)
    assert (job.line().to_issue, job.line().debt) == (0, 2)
    case.final("88.80")
    assert (job.line().to_issue, job.line().debt) == (1, 1), "the spoilt one leaves no old part behind"
    floor.do("technician", "fit-part", issue=issue)
    job.issue(job.line().id)
    assert job.line().kept == 2


def test_the_counter_sees_what_is_to_be_issued_again(floor: Floor, job: Job) -> None:
    spoilt(job, lent(job)).final("88.80")
    (line,) = counter_lines(floor.session, floor.now)
    assert (line.line.to_issue, line.line.debt, line.line.kept) == (1, 1, 1)


def test_an_order_is_not_cancelled_while_a_case_about_its_parts_is_open(floor: Floor, job: Job) -> None:
    case = spoilt(job, lent(job, 1))
    assert "case_open" in job.refused("advisor", "cancel-order", reason="客户取消")
    case.final("88.80")
    floor.do("technician", "pause-item", item=job.items[0], reason="break")
    job.do("advisor", "cancel-order", reason="客户取消")


def test_a_part_is_replaced_by_a_new_one_into_stock_and_never_repaired(floor: Floor, job: Job) -> None:
    case = lost(job, lent(job))
    assert case.refused("manager", "decide-liability", **case.terms("88.80", method="repair")) == ["parts_unrepaired"]
    case.final("88.80", method="replace")
    before = job.line().in_stock
    assert case.refused("manager", "accept-replacement-tool") == ["not_a_tool"]
    case.do("clerk", "accept-replacement-parts", note="原厂件")
    assert (job.line().in_stock, case.state, case.facts.closed) == (before + 1, "settled", True)


def test_the_case_is_told_in_the_orders_story(floor: Floor, job: Job) -> None:
    case = lost(job, lent(job)).final("88.80")
    case.pay("88.80")
    told = [one.command for one in story(floor.session, job.number)]
    assert told[-4:] == ["report-part-loss", "decide-liability", "acknowledge-liability", "record-payment"]
