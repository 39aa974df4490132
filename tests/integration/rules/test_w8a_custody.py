"""W8a: it is known who has a tool; it goes out and comes back by its number, and nobody passes over who has it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import col
from support.acting import Floor
from support.catalogue import AT_BAY, LIFT, OVERDUE, SPARE, TORQUE

from workshop.commands.base import commands
from workshop.db.custody import pieces
from workshop.db.tables import Tool, ToolMove, ToolService
from workshop.domain.custody import Piece
from workshop.domain.tools import ToolPlace


def piece(floor: Floor, index: int) -> Piece:
    """A tool of the small shop as it is now."""
    floor.session.flush()
    return next(iter(pieces(floor.session, col(Tool.number) == floor.tool(index)).values()))


def test_a_tool_is_with_who_took_it_until_it_is_back_in_the_crib(floor: Floor) -> None:
    floor.do("technician", "check-out-tool", tool=floor.tool(SPARE))
    found = piece(floor, SPARE)
    assert (found.place, found.custodian_id) == (ToolPlace.PERSON, floor.person("technician"))
    floor.do("technician", "check-in-tool", tool=floor.tool(SPARE), condition="完好")
    found = piece(floor, SPARE)
    assert (found.place, found.custodian_id) == (ToolPlace.CRIB, None)


def test_a_tool_with_somebody_is_given_to_nobody_else_and_the_refusal_says_who_has_it(floor: Floor) -> None:
    floor.do("technician", "check-out-tool", tool=floor.tool(SPARE))
    for who, fields in (("technician3", {}), ("keeper", {"holder": floor.badge("technician3")})):
        (reason,) = floor.reasons(who, "check-out-tool", tool=floor.tool(SPARE), **fields)
        assert (reason.rule, reason.code, reason.args["person"]) == ("W8a", "tool_held", "张技师")
    assert floor.refused("technician3", "check-in-tool", tool=floor.tool(SPARE)) == ["not_custodian"]


def test_the_keeper_gives_out_and_takes_back_for_anybody_and_nobody_else_does(floor: Floor) -> None:
    given = {"tool": floor.tool(SPARE), "holder": floor.badge("technician3")}
    assert floor.refused("technician", "check-out-tool", **given) == ["not_custodian"]
    floor.do("keeper", "check-out-tool", **given)
    assert piece(floor, SPARE).custodian_id == floor.person("technician3")
    floor.do("keeper", "check-in-tool", tool=floor.tool(SPARE))


def test_the_owner_of_a_cart_answers_for_what_is_in_it(floor: Floor) -> None:
    assert piece(floor, 0).custodian_id == floor.person("technician")
    assert floor.refused("technician3", "check-out-tool", tool=floor.tool(0)) == ["tool_held"]
    floor.do("technician", "check-out-tool", tool=floor.tool(0))
    floor.do("technician", "place-tool", tool=floor.tool(0), cart=floor.cart("1号工具车"))
    given = {"tool": floor.tool(SPARE), "cart": floor.cart("2号工具车")}
    assert floor.refused("technician", "place-tool", **given) == ["not_custodian"]
    floor.do("technician3", "place-tool", **given)
    assert piece(floor, SPARE).custodian_id == floor.person("technician3")


def test_what_stands_at_a_bay_or_lies_in_a_kit_of_nobodys_may_be_taken_by_anybody(floor: Floor) -> None:
    floor.do("keeper", "place-tool", tool=floor.tool(AT_BAY), bay=floor.shop.bays["2号工位"])
    floor.do("inspector", "check-out-tool", tool=floor.tool(AT_BAY))
    floor.do("leader", "check-out-tool", tool=floor.tool(3))


def test_an_instrument_past_its_calibration_stays_in_the_crib_until_it_is_calibrated(floor: Floor) -> None:
    late = floor.tool(OVERDUE)
    assert floor.refused("technician", "check-out-tool", tool=late) == ["tool_overdue"]
    assert floor.refused("keeper", "place-tool", tool=late, bay=floor.shop.bays["1号工位"]) == ["tool_overdue"]
    floor.do("keeper", "record-tool-service", tool=late, done_on=floor.now.date(), done_by="市计量院")
    floor.do("technician", "check-out-tool", tool=late)


def test_a_calibration_lasts_to_the_end_of_its_last_day(floor: Floor) -> None:
    day = floor.now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    service = {"tool": floor.tool(OVERDUE), "done_on": day, "done_by": "市计量院", "valid_to": day + timedelta(days=5)}
    floor.do("keeper", "record-tool-service", **service)
    floor.later(days=5)
    floor.do("technician", "check-out-tool", tool=floor.tool(OVERDUE))
    floor.do("technician", "check-in-tool", tool=floor.tool(OVERDUE))
    floor.later(days=1)
    assert floor.refused("technician", "check-out-tool", tool=floor.tool(OVERDUE)) == ["tool_overdue"]


def test_the_interval_of_the_catalogue_gives_the_last_day(floor: Floor) -> None:
    day = floor.now.date()
    outcome = floor.do("keeper", "record-tool-service", tool=floor.tool(LIFT), done_on=day, done_by="特检院")
    assert outcome["until"] == (day + timedelta(days=180)).isoformat()


def test_a_calibration_does_not_outlast_the_interval_of_the_catalogue(floor: Floor) -> None:
    day = floor.today
    given = {"tool": floor.tool(LIFT), "done_on": day, "done_by": "特检院"}
    longer, last = day + timedelta(days=181), day + timedelta(days=180)
    assert floor.refused("keeper", "record-tool-service", **given, valid_to=longer) == ["service_too_long"]
    floor.do("keeper", "record-tool-service", **given, valid_to=last)


def test_a_calibration_to_come_or_of_what_needs_none_is_not_recorded(floor: Floor) -> None:
    given = {"done_on": floor.now.date() + timedelta(days=2), "done_by": "市计量院"}
    assert floor.refused("keeper", "record-tool-service", tool=floor.tool(TORQUE), **given) == ["service_to_come"]
    assert floor.refused("keeper", "record-tool-service", tool=floor.tool(SPARE), **given) == ["no_service"]
    with pytest.raises(ValueError, match="last day"):
        commands()["record-tool-service"](tool=floor.tool(TORQUE), valid_to="2020-01-01", **given)


def test_a_new_instrument_waits_in_the_crib_for_its_first_calibration(floor: Floor) -> None:
    cart = floor.cart("1号工具车")
    fresh = [floor.do("keeper", "add-tool", tool_code=code, home=cart)["number"] for code in ("TORQUE", "RATCHET")]
    found = {one.number: one.place for one in pieces(floor.session, col(Tool.number).in_(fresh)).values()}
    assert [found[str(number)] for number in fresh] == [ToolPlace.CRIB, ToolPlace.CART]
    assert floor.refused("technician", "check-out-tool", tool=fresh[0]) == ["tool_overdue"]


def test_what_is_out_of_use_is_moved_by_nobody(floor: Floor) -> None:
    tool = floor.tool(SPARE)
    floor.do("manager", "retire-tool", tool=tool, reason="磨损")
    assert floor.refused("technician", "check-out-tool", tool=tool) == ["tool_retired"]
    assert floor.refused("keeper", "check-in-tool", tool=tool) == ["tool_retired"]
    assert floor.refused("keeper", "place-tool", tool=tool, cart=floor.cart("正时套件")) == ["tool_retired"]
    assert floor.refused("keeper", "retire-tool", tool=tool, reason="磨损") == ["tool_retired"]


def test_nobody_takes_a_tool_of_his_own_out_of_use(floor: Floor) -> None:
    floor.do("keeper", "check-out-tool", tool=floor.tool(SPARE))
    assert floor.refused("keeper", "retire-tool", tool=floor.tool(SPARE), reason="磨损") == ["own_tool"]
    floor.do("manager", "retire-tool", tool=floor.tool(SPARE), reason="磨损")


def test_a_tool_that_is_in_the_crib_cannot_come_back(floor: Floor) -> None:
    assert floor.refused("keeper", "check-in-tool", tool=floor.tool(SPARE)) == ["tool_at_home"]


def test_a_cart_leaves_use_empty_and_takes_no_more_tools(floor: Floor) -> None:
    kit = {"cart_name": "正时套件", "cart_kind": "kit", "active": False}
    assert floor.refused("keeper", "put-cart", **kit) == ["cart_full"]
    floor.do("keeper", "check-in-tool", tool=floor.tool(3))
    floor.do("keeper", "put-cart", **kit)
    given = {"tool": floor.tool(SPARE), "cart": floor.cart("正时套件")}
    assert floor.refused("keeper", "place-tool", **given) == ["cart_closed"]


def test_who_left_is_given_no_tools(floor: Floor) -> None:
    gone = {"badge": floor.badge("technician4"), "person": "郑技师", "has_roles": ["technician"], "active": False}
    floor.do("admin", "revise-person", **gone)
    given = {"tool": floor.tool(SPARE), "holder": floor.badge("technician4")}
    assert floor.refused("keeper", "check-out-tool", **given) == ["holder_left"]


@pytest.mark.parametrize("table", [ToolMove, ToolService])
def test_custody_and_calibrations_are_never_changed_or_removed(floor: Floor, table: type[ToolMove]) -> None:
    for change in (sa.update(table).values(by_id=1), sa.delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), floor.session.begin_nested():
            floor.session.execute(change)
