"""W8a: tools damaged by improper use or lost are paid for at price; the record names who had them, not the reporter."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from support.acting import Floor
from support.blame import DROPPED, Blame, reported
from support.catalogue import AT_BAY, IN_CART, SPARE, TORQUE

from workshop.db.invariants import check
from workshop.db.tables import LiabilityShare, Tool, ToolMove, ToolRelease
from workshop.domain.states import Stage
from workshop.domain.tools import ToolPlace

IN_KIT = 3
"""A socket set in a kit that is nobody's, by its place in `TOOLS`."""


def _at_the_bay(floor: Floor) -> None:
    floor.do("keeper", "place-tool", tool=floor.tool(AT_BAY), bay=floor.shop.bays["1号工位"])


def _with(floor: Floor, who: str) -> None:
    floor.do("keeper", "check-out-tool", tool=floor.tool(TORQUE), holder=floor.badge(who))


# --- the report -------------------------------------------------------------------------------------------------------


def test_the_custodian_is_read_from_the_record_and_never_typed(floor: Floor) -> None:
    _at_the_bay(floor)
    _with(floor, "technician2")
    found = {place: reported(floor, place, "advisor").row.custodian_id for place in (TORQUE, IN_CART, IN_KIT, AT_BAY)}
    assert found == {
        TORQUE: floor.person("technician2"),  # who checked it out
        IN_CART: floor.person("technician"),  # whose cart it is in
        IN_KIT: None,
        AT_BAY: None,
    }


def test_the_custodian_stays_who_had_it_when_it_was_reported(floor: Floor) -> None:
    _with(floor, "technician2")
    case = reported(floor, TORQUE, "keeper")
    floor.do("keeper", "check-in-tool", tool=floor.tool(TORQUE))
    assert case.row.custodian_id == floor.person("technician2")
    assert case.row.move_id == min(move.id for move in floor.rows(ToolMove, ToolMove.place == ToolPlace.PERSON))


def test_a_report_freezes_the_tool(floor: Floor) -> None:
    reported(floor, SPARE)
    tool = floor.tool(SPARE)
    assert floor.refused("technician", "check-out-tool", tool=tool) == ["tool_frozen"]
    assert floor.refused("keeper", "place-tool", tool=tool, bay=floor.shop.bays["1号工位"]) == ["tool_frozen"]
    assert floor.refused("keeper", "retire-tool", tool=tool, reason="坏") == ["tool_frozen"]


def test_what_is_reported_is_not_reported_again_nor_what_is_out_of_use(floor: Floor) -> None:
    reported(floor, SPARE)
    assert floor.refused("advisor", "report-damage", tool=floor.tool(SPARE), **DROPPED) == ["already_reported"]
    floor.do("keeper", "retire-tool", tool=floor.tool(AT_BAY), reason="磨损")
    assert floor.refused("advisor", "report-damage", tool=floor.tool(AT_BAY), **DROPPED) == ["tool_retired"]


def test_a_frozen_tool_may_be_kept_by_who_has_it_or_brought_back_and_nothing_else(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    case = reported(floor, SPARE)
    assert case.row.order_id == job.row.id
    job.to(Stage.PLATE_VERIFIED).to(Stage.ITEMS_CONFIRMED)
    job.do("technician", "count-tools", moment="before_work", scanned=[floor.tool(SPARE)])
    job.to(Stage.IN_WORK)
    job.do("technician", "keep-tool", tool=floor.tool(SPARE), reason="待认定")
    assert check(floor.session) == []
    floor.do("technician", "check-in-tool", tool=floor.tool(SPARE), condition="棘轮打滑")
    assert check(floor.session) == []
    assert case.row.custodian_id == floor.person("technician")


def test_a_lost_tool_keeps_the_vehicle_until_a_team_leader_signs_whatever_is_reported(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.ITEMS_CONFIRMED)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    job.do("technician", "count-tools", moment="before_work", scanned=[floor.tool(SPARE)])
    job.start()
    for moment in ("before_close", "after_work"):
        job.do("technician", "count-tools", moment=moment)
    case = reported(floor, SPARE, cause="loss")
    job.finish()
    job.check()
    assert job.refused("technician", "sign-self-check") == ["tool_not_found"]
    job.do("leader2", "sign-missing-tool", tool=floor.tool(SPARE), reason="车内外已搜寻")
    job.do("technician", "sign-self-check")
    case.final("110")
    case.do("keeper", "release-tool", fate="out_of_use")
    assert check(floor.session) == []


# --- the decision -----------------------------------------------------------------------------------------------------


def test_nobody_decides_on_himself(floor: Floor) -> None:
    _with(floor, "all_rounder")
    had = reported(floor, TORQUE)
    assert had.refused("all_rounder", "decide-liability", **had.terms("520")) == ["own_case"]
    assert had.refused("all_rounder", "close-without-liability", ground="no_fault", reason="无") == ["own_case"]
    other = reported(floor, IN_CART)
    mine = other.terms("100", ("technician", "50"), ("manager", "50"))
    assert other.refused("manager", "decide-liability", **mine) == ["own_case"]


def test_nobody_pays_more_than_its_price_when_it_was_reported(floor: Floor) -> None:
    case = reported(floor, IN_CART)
    model = {"tool_code": "RATCHET", "name_zh": "棘轮扳手", "name_en": "Ratchet", "tool_class": "personal"}
    floor.do("manager", "put-tool-model", **model, price="999")
    assert case.refused("manager", "decide-liability", **case.terms("110.01")) == ["above_price"]
    case.decide("110")
    assert case.owed == ["110.00"]


def test_worn_out_is_nobodys_debt(floor: Floor) -> None:
    case = reported(floor, IN_CART, cause="wear")
    assert case.refused("manager", "decide-liability", **case.terms("50", cause="wear")) == ["worn_out"]
    case.do("manager", "close-without-liability", ground="wear", reason="用了六年")
    assert (case.state, case.owed) == ("nobody", [])


def test_shares_of_several_people_come_to_the_amount_to_the_fen(floor: Floor) -> None:
    case = reported(floor, IN_KIT)
    thirds = (("technician", "33.33"), ("technician2", "33.33"), ("leader", "33.33"))
    assert case.refused("manager", "decide-liability", **case.terms("420.55", *thirds)) == ["shares_not_whole"]
    whole = (("technician", "33.33"), ("technician2", "33.33"), ("leader", "33.34"))
    case.decide("420.55", *whole)
    assert case.owed == ["140.17", "140.17", "140.21"]
    twice = case.terms("1", ("technician", "50"), ("technician", "50"))
    assert reported(floor, SPARE).refused("manager", "decide-liability", **twice) == ["shared_twice"]


def test_who_has_left_cannot_be_asked_to_answer(floor: Floor) -> None:
    case = reported(floor, IN_CART)
    gone = {"badge": floor.badge("technician"), "person": "张技师", "has_roles": ["technician"], "active": False}
    floor.do("admin", "revise-person", **gone)
    assert case.refused("manager", "decide-liability", **case.terms("110")) == ["share_of_leaver"]
    case.do("manager", "close-without-liability", ground="no_fault", reason="已离职")


# --- answers and the second manager -----------------------------------------------------------------------------------


def test_a_decision_waits_for_the_answer_of_everybody_concerned(floor: Floor) -> None:
    case = reported(floor, IN_KIT)
    case.decide("420.55", ("technician", "60"), ("technician2", "40"))
    assert case.refused("leader", "acknowledge-liability") == ["no_share"]
    case.do("technician", "acknowledge-liability", statement="以后注意")
    assert case.refused("technician", "object-to-liability", statement="又想了想") == ["liability_answered"]
    assert (case.state, case.refused("manager", "record-payment", debtor=floor.badge("technician"), amount="1")) == (
        "decided",
        ["not_to_settle"],
    )
    case.do("technician2", "acknowledge-liability")
    assert case.state == "settling"


def test_an_objection_goes_to_a_second_manager_whose_decision_is_final(floor: Floor) -> None:
    case = reported(floor, IN_CART)
    case.decide("110")
    assert case.refused("all_rounder", "decide-liability", **case.terms("55")) == ["not_to_decide"]
    case.do("technician", "object-to-liability", statement="手柄早有裂纹")
    assert case.state == "objected"
    assert case.refused("manager", "decide-liability", **case.terms("55")) == ["second_manager"]
    assert case.refused("manager", "close-without-liability", ground="no_fault", reason="算了") == ["second_manager"]
    case.decide("55", who="all_rounder")
    assert (case.state, case.owed) == ("settling", ["55.00"])
    assert case.refused("technician", "object-to-liability", statement="还是不服") == ["not_to_answer"]


def test_the_second_manager_may_find_the_first_liable(floor: Floor) -> None:
    case = reported(floor, IN_CART)
    case.decide("110")
    case.do("technician", "object-to-liability", statement="主任让我用套管加力")
    case.decide("110", ("manager", "100"), who="all_rounder")
    assert check(floor.session) == []


def test_the_second_manager_may_find_nobody_liable_after_all(floor: Floor) -> None:
    case = reported(floor, IN_CART)
    case.decide("110")
    case.do("technician", "object-to-liability", statement="手柄早有裂纹")
    case.do("all_rounder", "close-without-liability", ground="no_fault", reason="材料缺陷")
    assert (case.state, case.owed) == ("nobody", [])


# --- settlement and the tool's fate -----------------------------------------------------------------------------------


def test_a_debt_is_paid_in_instalments_and_not_a_fen_beyond(floor: Floor) -> None:
    case = reported(floor, IN_CART).final("110")
    case.pay("60.01")
    owner = floor.badge("technician")
    assert case.refused("admin", "record-payment", debtor=owner, amount="50") == ["paid_too_much"]
    case.pay("49.99", to="admin")
    assert (case.state, case.owed) == ("settled", ["0.00"])
    assert case.refused("admin", "record-payment", debtor=owner, amount="0.01") == ["not_to_settle"]


def test_nobody_takes_in_his_own_payment_nor_accepts_his_own_repair(floor: Floor) -> None:
    case = reported(floor, IN_KIT)
    case.decide("100", ("all_rounder", "100"), method="repair")
    case.do("all_rounder", "acknowledge-liability")
    me = floor.badge("all_rounder")
    assert case.refused("all_rounder", "record-payment", debtor=me, amount="1") == ["own_debt"]
    assert case.refused("all_rounder", "accept-repair") == ["own_debt"]
    case.do("keeper", "accept-repair")


def test_a_replacement_settles_every_share_and_takes_the_old_tools_place(floor: Floor) -> None:
    _with(floor, "technician")
    case = reported(floor, TORQUE)
    case.decide("520", ("technician", "50"), ("technician2", "50"), method="replace")
    for who in ("technician", "technician2"):
        case.do(who, "acknowledge-liability")
    case.pay("100")
    assert case.refused("keeper", "release-tool", fate="out_of_use") == ["release_with_settlement"]
    new = str(case.do("keeper", "accept-replacement-tool", serial_no="N-7")["number"])
    assert (case.state, case.owed, case.facts.closed) == ("settled", ["0.00", "0.00"], True)
    row = floor.rows(Tool, Tool.number == new)[0]
    assert (row.serial_no, row.model_id) == ("N-7", floor.rows(Tool, Tool.number == floor.tool(TORQUE))[0].model_id)
    assert floor.refused("technician", "check-out-tool", tool=floor.tool(TORQUE)) == ["tool_retired"]
    assert floor.refused("technician", "check-out-tool", tool=new) == ["tool_overdue"], "a new one is calibrated first"


def test_a_repaired_tool_is_back_in_the_crib_and_may_be_used(floor: Floor) -> None:
    case = reported(floor, IN_CART).final("45", method="repair")
    assert case.refused("keeper", "accept-replacement-tool") == ["other_method"]
    case.do("keeper", "accept-repair", note="换了棘轮")
    assert (case.state, case.facts.closed) == ("settled", True)
    floor.do("technician2", "check-out-tool", tool=floor.tool(IN_CART))


@pytest.mark.parametrize(("fate", "code"), [("in_service", []), ("out_of_use", ["tool_retired"])])
def test_where_nobody_is_liable_the_keeper_says_what_becomes_of_the_tool(
    floor: Floor, fate: str, code: list[str]
) -> None:
    case = reported(floor, SPARE)
    assert case.refused("keeper", "release-tool", fate=fate) == ["tool_frozen_undecided"]
    case.do("manager", "close-without-liability", ground="wear", reason="用了六年")
    assert floor.refused("technician", "check-out-tool", tool=floor.tool(SPARE)) == ["tool_frozen"]
    case.do("keeper", "release-tool", fate=fate)
    assert case.refused("keeper", "release-tool", fate=fate) == ["tool_released"]
    if code:
        assert floor.refused("technician", "check-out-tool", tool=floor.tool(SPARE)) == code
    else:
        floor.do("technician", "check-out-tool", tool=floor.tool(SPARE))


def test_a_tool_that_is_here_and_whole_after_all_may_be_used_at_once_where_it_is(floor: Floor) -> None:
    moves = len(floor.rows(ToolMove))
    case = reported(floor, IN_CART, cause="loss")
    case.do("manager", "close-without-liability", ground="unfounded", reason="在隔壁工位找到")
    assert case.facts.closed
    assert len(floor.rows(ToolMove)) == moves
    floor.do("technician", "check-out-tool", tool=floor.tool(IN_CART))
    again = reported(floor, IN_CART)
    assert again.state == "reported"
    assert len(floor.rows(ToolRelease)) == 1


# --- by any door ------------------------------------------------------------------------------------------------------


def test_the_database_itself_lets_nobody_decide_on_himself(floor: Floor) -> None:
    case = reported(floor, IN_CART)
    case.decide("110")
    share = floor.rows(LiabilityShare)[0]
    own = {"decision_id": share.decision_id, "person_id": floor.person("manager"), "percent": 1, "amount": 1}
    with pytest.raises(DBAPIError, match="W8a: nobody decides on himself"), floor.session.begin_nested():
        floor.session.execute(sa.insert(LiabilityShare).values(**own))


def test_an_amount_of_nothing_or_of_half_a_fen_is_no_amount(floor: Floor) -> None:
    case: Blame = reported(floor, IN_CART)
    for amount in ("0", "0.005", "-5"):
        with pytest.raises(ValueError, match="amount"):
            case.decide(amount)
    case.decide("0.01", ("technician", "50"), ("technician2", "50"))
    assert case.owed == ["0.01", "0.00"]
    assert [share.amount for share in case.facts.shares] == [Decimal("0.01"), 0]
