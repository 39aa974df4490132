"""W6b: parts are issued old for new; what the shop lends stands as a debt on the order and on the technician."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from support.acting import Floor, Job
from support.catalogue import PARTS

from workshop.db.tables import OldPart, OldPartMove, PartIssue
from workshop.domain.states import IssueBasis, Stage


def _job(floor: Floor, part: str = "PAD", quantity: int = 1, stage: Stage = Stage.IN_WORK) -> Job:
    return floor.open({"operation": "WASH", "parts": [{"part_no": part, "quantity": quantity}]}).to(stage)


def _asked(job: Job, **more: object) -> dict[str, object]:
    return {"line": job.line().id, "technician": job.floor.badge("technician"), **more}


def _lend(job: Job, quantity: int = 1) -> int:
    outcome = job.floor.do("clerk", "issue-on-loan", **_asked(job, quantity=quantity, reason="旧件待拆"))
    return int(str(outcome["issue"]))


def test_a_new_part_is_refused_while_the_old_one_is_missing(floor: Floor) -> None:
    job = _job(floor)
    assert floor.refused("clerk", "issue-part", **_asked(job)) == ["old_part_missing"]


def test_the_old_part_gets_its_own_tag(floor: Floor) -> None:
    job = _job(floor, quantity=2)
    tag = floor.do("clerk", "issue-part", **_asked(job, quantity=2, old_part_here=True))["tag"]
    old = floor.rows(OldPart)[0]
    assert (old.number, old.quantity, old.state) == (tag, 2, "held")
    assert str(tag).startswith("13")


@pytest.mark.parametrize(("part", "basis"), [("GREASE", "consumable"), ("DASHCAM", "first_fitting")])
def test_what_leaves_no_old_part_behind_is_issued_without_one(floor: Floor, part: str, basis: str) -> None:
    job = _job(floor, part)
    assert floor.do("clerk", "issue-part", **_asked(job))["tag"] == "-"
    assert floor.rows(PartIssue)[0].basis == IssueBasis(basis)
    assert floor.rows(OldPart) == []


@pytest.mark.parametrize("part", ["GREASE", "DASHCAM"])
def test_what_leaves_no_old_part_behind_is_not_lent(floor: Floor, part: str) -> None:
    assert floor.refused("clerk", "issue-on-loan", **_asked(_job(floor, part), reason="x")) == ["no_loan"]


def test_a_loan_is_a_debt_that_the_self_check_waits_for(floor: Floor) -> None:
    job = _job(floor)
    issue = _lend(job)
    assert job.line().debt == 1
    assert job.line().issues[0].technician_id == floor.person("technician")
    floor.do("technician", "fit-part", issue=issue)
    job.finish()
    job.check()
    assert job.refused("technician", "sign-self-check") == ["loan_open"]
    floor.do("clerk", "receive-old-part", issue=issue)
    job.do("technician", "sign-self-check")
    assert [old.state for old in floor.rows(OldPart)] == ["held"]


def test_a_loan_needs_a_reason(floor: Floor) -> None:
    with pytest.raises(ValueError, match="reason"):
        floor.do("clerk", "issue-on-loan", line=1, technician=floor.badge("technician"), reason="")


def test_a_debt_is_paid_piece_by_piece_and_not_beyond(floor: Floor) -> None:
    job = _job(floor, quantity=3)
    issue = _lend(job, 3)
    floor.do("clerk", "receive-old-part", issue=issue, quantity=2)
    assert job.line().debt == 1
    assert floor.refused("clerk", "receive-old-part", issue=issue, quantity=2) == ["not_so_many"]
    floor.do("clerk", "receive-old-part", issue=issue)
    assert floor.refused("clerk", "receive-old-part", issue=issue) == ["no_debt"]


def test_a_new_part_that_comes_back_unused_owes_no_old_one(floor: Floor) -> None:
    job = _job(floor)
    issue = _lend(job)
    floor.do("clerk", "return-part", issue=issue, reason="型号不对")
    assert job.line().debt == 0
    assert job.line().to_issue == 1


def test_an_issue_that_was_no_loan_owes_nothing(floor: Floor) -> None:
    job = _job(floor)
    assert floor.refused("clerk", "receive-old-part", issue=job.issue(job.line().id)) == ["no_debt"]


def test_parts_go_to_a_technician_of_the_orders_team(floor: Floor) -> None:
    job = _job(floor)
    given = _asked(job, old_part_here=True)
    assert floor.refused("clerk", "issue-part", **given | {"technician": floor.badge("technician3")}) == [
        "not_your_order"
    ]
    assert floor.refused("clerk", "issue-part", **given | {"technician": floor.badge("leader")}) == ["not_in_role"]


def test_what_is_not_in_stock_is_not_issued(floor: Floor) -> None:
    job = _job(floor, quantity=2)
    floor.do("clerk", "count-stock", part_no="PAD", counted=1, reason="盘点")
    assert floor.refused("clerk", "issue-part", **_asked(job, quantity=2, old_part_here=True)) == ["out_of_stock"]


@pytest.mark.parametrize("who", ["clerk", "all_rounder"])
@pytest.mark.parametrize("change", [{"old_part": "consumable"}, {"hazardous": True}])
def test_the_clerk_does_not_rewrite_the_catalogue_to_be_rid_of_the_old_part(
    floor: Floor, who: str, change: dict[str, object]
) -> None:
    _job(floor, stage=Stage.OPENED)
    assert floor.refused(who, "put-part", **PARTS[1] | change) == ["part_asked_for"]
    floor.do(who, "put-part", **PARTS[1] | {"price": "90"})
    floor.do("manager", "put-part", **PARTS[1] | change)


def test_the_database_itself_refuses_a_new_part_without_the_old_one_or_a_loan(floor: Floor) -> None:
    job = _job(floor)
    issue = floor.rows(PartIssue, PartIssue.id == job.issue(job.line().id))[0]
    given = issue.model_dump(exclude={"id", "old_part_id"}) | {"basis": IssueBasis.CONSUMABLE}
    with pytest.raises(DBAPIError, match="W6b"), floor.session.begin_nested():
        floor.session.execute(sa.insert(PartIssue).values(**given))


def _old(floor: Floor, part: str = "PAD", wish: str = "shop_keeps") -> OldPart:
    job = floor.open({"operation": "WASH", "parts": [{"part_no": part}]}, old_parts=wish).to(Stage.IN_WORK)
    job.issue(job.line().id)
    found: OldPart = floor.rows(OldPart)[0]
    return found


@pytest.mark.parametrize("end", ["taken", "returned_to_maker", "scrapped", "hazardous_waste"])
def test_the_life_of_an_old_part_ends_once(floor: Floor, end: str) -> None:
    old = _old(floor)
    floor.do("clerk", "move-old-part", tag=old.number, target="shown")
    floor.do("clerk", "move-old-part", tag=old.number, target=end, note="交接")
    assert floor.refused("clerk", "move-old-part", tag=old.number, target="scrapped") == ["old_part_gone"]
    assert [(move.before, move.after) for move in floor.rows(OldPartMove)] == [("held", "shown"), ("shown", end)]


def test_an_old_part_does_not_go_back_in_its_life(floor: Floor) -> None:
    old = _old(floor)
    assert floor.refused("clerk", "move-old-part", tag=old.number, target="held") == ["old_part_not_again"]
    floor.do("advisor", "move-old-part", tag=old.number, target="shown")
    assert floor.refused("clerk", "move-old-part", tag=old.number, target="shown") == ["old_part_not_again"]


@pytest.mark.parametrize("target", ["taken", "scrapped"])
def test_hazardous_waste_is_neither_given_away_nor_thrown_away(floor: Floor, target: str) -> None:
    old = _old(floor, "FILTER")
    assert floor.refused("clerk", "move-old-part", tag=old.number, target=target) == ["old_part_hazardous"]
    floor.do("clerk", "move-old-part", tag=old.number, target="hazardous_waste")


@pytest.mark.parametrize("target", ["scrapped", "hazardous_waste"])
def test_the_customers_own_old_part_is_not_thrown_away(floor: Floor, target: str) -> None:
    old = _old(floor, wish="customer_takes")
    assert floor.refused("clerk", "move-old-part", tag=old.number, target=target) == ["old_part_customers"]


def test_a_part_already_thrown_away_is_not_promised_to_the_customer(floor: Floor) -> None:
    job = _job(floor)
    job.to(Stage.RELEASED)
    floor.do("clerk", "move-old-part", tag=floor.rows(OldPart)[0].number, target="scrapped")
    assert job.refused("advisor", "deliver", received_by="周", old_parts="customer_takes") == ["has_no_old_parts"]
