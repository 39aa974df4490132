"""What people look at about tools: who has what, what is due, what belongs in a cart, what a number means (W8a)."""

from datetime import date, timedelta

from support.acting import Floor
from support.catalogue import AT_BAY, IN_CART, IN_KIT, KIT, LIFT, OVERDUE, SPARE, TOOLS, TORQUE

from workshop.db.tables import Tool, ToolService
from workshop.domain.roles import EVERYONE
from workshop.domain.states import Stage
from workshop.queries import tools
from workshop.queries.search import Found, find
from workshop.queries.tools import ToolView


def done_on(floor: Floor, index: int) -> date:
    """The day on which a tool was calibrated or inspected: the run may have begun before midnight."""
    row: ToolService = floor.rows(ToolService, ToolService.tool_id == Tool.id, Tool.number == floor.tool(index))[0]
    return row.done_on


def numbers(rows: list[tools.ToolRow]) -> list[str]:
    """The numbers of the tools."""
    return [row.piece.number for row in rows]


def test_the_board_shows_every_tool_in_use_and_finds_it_by_name_initials_number_or_holder(floor: Floor) -> None:
    floor.do("manager", "retire-tool", tool=floor.tool(2), reason="磨损")
    floor.do("technician", "check-out-tool", tool=floor.tool(SPARE))
    look = lambda text: numbers(tools.tools(floor.session, floor.today, text))  # noqa: E731
    assert len(look("")) == len(TOOLS) - 1
    assert look("扭力") == look("nlbs") == look("torque") == [floor.tool(TORQUE), floor.tool(OVERDUE)]
    assert look(floor.tool(AT_BAY)) == [floor.tool(AT_BAY)]
    assert floor.tool(SPARE) in look("张技师")
    assert look(floor.tool(2)) == [floor.tool(2)]


def test_a_row_says_where_since_when_and_until_when(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    job.do("technician", "draw-tool", tool=floor.tool(TORQUE))
    row = tools.tool(floor.session, floor.tool(TORQUE), floor.today)
    assert row is not None
    assert (row.piece.holder, row.order_number, row.since) == ("张技师", job.number, floor.now)
    assert row.until == done_on(floor, TORQUE) + timedelta(days=365)
    assert tools.tool(floor.session, "2000009999", floor.today) is None


def test_those_with_people_are_told_apart_from_those_in_carts(floor: Floor) -> None:
    floor.do("technician", "check-out-tool", tool=floor.tool(SPARE))
    floor.do("technician", "check-out-tool", tool=floor.tool(IN_CART))
    out = numbers(tools.tools(floor.session, floor.today, view=ToolView.OUT))
    assert out == sorted([floor.tool(SPARE), floor.tool(IN_CART)])
    assert numbers(tools.held_by(floor.session, floor.person("technician"), floor.today)) == out
    assert tools.held_by(floor.session, floor.person("technician3"), floor.today) == []


def test_what_is_due_comes_first_overdue_and_then_within_thirty_days(floor: Floor) -> None:
    due = lambda day: numbers(tools.tools(floor.session, day, view=ToolView.DUE))  # noqa: E731
    assert due(floor.today) == [floor.tool(OVERDUE)]
    thirty_before = done_on(floor, LIFT) + timedelta(days=180 - 30)
    assert due(thirty_before - timedelta(days=1)) == [floor.tool(OVERDUE)]
    assert due(thirty_before) == [floor.tool(OVERDUE), floor.tool(LIFT)]
    fresh = floor.do("keeper", "add-tool", tool_code="TORQUE")["number"]
    assert due(floor.today) == [fresh, floor.tool(OVERDUE)]


def test_a_cart_tells_what_is_in_place_elsewhere_and_foreign(floor: Floor) -> None:
    cart = floor.cart("1号工具车")
    floor.do("technician", "check-out-tool", tool=floor.tool(IN_CART))
    floor.do("technician", "place-tool", tool=floor.tool(SPARE), cart=cart)
    found = tools.cart(floor.session, cart, floor.today)
    assert found is not None
    assert numbers(list(found.in_place)) == [floor.tool(1)]
    assert numbers(list(found.missing)) == [floor.tool(IN_CART)]
    assert numbers(list(found.foreign)) == [floor.tool(SPARE)]
    assert (found.cart.owner, found.cart.inside, found.cart.missing) == ("张技师", 2, 1)
    assert tools.cart(floor.session, "2100009999", floor.today) is None


def test_a_cart_drawn_for_an_order_says_for_which(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    (kit,) = tools.carts(floor.session, KIT)
    assert (kit.order_number, kit.owner, kit.inside, kit.missing) == (job.number, "", 1, 0)
    assert [one.name for one in tools.carts(floor.session, "zjs")] == ["1号工具车"]


def test_a_number_or_a_few_letters_find_tools_and_carts(floor: Floor) -> None:
    (tool,) = find(floor.session, floor.tool(IN_KIT), EVERYONE)
    assert (tool.found, tool.key, tool.detail) == (Found.TOOL, floor.tool(IN_KIT), KIT)
    (cart,) = find(floor.session, floor.cart(KIT), EVERYONE)
    assert (cart.found, cart.title) == (Found.CART, KIT)
    assert {hit.found for hit in find(floor.session, "jlbs", EVERYONE)} == {Found.TOOL}
    assert Found.CART in {hit.found for hit in find(floor.session, "工具车", EVERYONE)}
