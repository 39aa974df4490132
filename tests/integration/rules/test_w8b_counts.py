"""W8b: an order's tools are counted three times against the record, and are back or knowingly kept at the hand-over."""

import pytest
from support.acting import Floor, Job, ok
from support.catalogue import AT_BAY, IN_KIT, KIT, OVERDUE, SPARE, TORQUE

from workshop.db.custody import pieces
from workshop.db.tables import OrderCart, Tool, ToolMove
from workshop.domain.states import Stage
from workshop.domain.tools import ToolPlace

MOMENTS = ("before_work", "before_close", "after_work")


def count(job: Job, *seen: int, moment: str = "before_work", who: str = "technician") -> list[object]:
    """Count the order's tools; the names of those not seen."""
    scanned = [job.floor.tool(index) for index in seen]
    missing = job.do(who, "count-tools", moment=moment, scanned=scanned)["missing"]
    assert isinstance(missing, list)
    return missing


def done(job: Job) -> Job:
    """Everything of the work itself is done and checked; only the tools are left."""
    job.finish()
    job.check()
    return job


def test_an_order_that_never_drew_a_tool_is_never_asked_for_counts(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.ITEMS_CONFIRMED)
    assert job.refused("technician", "count-tools", moment="before_work") == ["nothing_drawn"]
    job.to(Stage.DELIVERED)


def test_work_begins_once_the_tools_drawn_are_counted(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.ITEMS_CONFIRMED)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    start = {"item": job.items[0], "confirmed": ["inside_covers"]}
    assert floor.refused("technician", "start-item", **start) == ["tools_uncounted"]
    assert count(job) != []
    assert floor.refused("technician", "start-item", **start) == ["tool_not_found"]
    count(job, IN_KIT)
    floor.do("technician", "start-item", **start)


def test_the_self_check_waits_for_the_counts_before_the_covers_close_and_after_work(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    done(job)
    reasons = floor.reasons("technician", "sign-self-check", order=job.number)
    assert [(reason.rule, reason.code, reason.args["pieces"]) for reason in reasons] == [
        ("W8b", "tools_uncounted", 2)
    ] * 2
    for moment in ("before_close", "after_work"):
        assert "tools_uncounted" in job.refused("technician", "sign-self-check")
        count(job, SPARE, IN_KIT, moment=moment)
    job.do("technician", "sign-self-check")


def test_what_is_drawn_after_a_count_has_to_be_counted_too(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    for moment in MOMENTS:
        count(job, IN_KIT, moment=moment)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    floor.do("technician", "place-tool", tool=floor.tool(AT_BAY), cart=floor.cart(KIT))
    done(job)
    reasons = floor.reasons("technician", "sign-self-check", order=job.number)
    assert [reason.args["pieces"] for reason in reasons] == [2, 2]


def test_a_count_after_work_is_no_such_count_once_work_goes_on(floor: Floor) -> None:
    job = floor.open("WASH", "OIL").to(Stage.IN_WORK)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    for moment in ("before_close", "after_work"):
        count(job, SPARE, IN_KIT, moment=moment)
    done(job)
    floor.later(minutes=1)
    job.start(1)
    assert job.refused("technician", "put-cart-back", cart=floor.cart(KIT)) == ["cart_uncounted"]
    job.finish(1)
    job.check(1)
    assert job.refused("technician", "sign-self-check") == ["tools_uncounted"]
    count(job, SPARE, IN_KIT, moment="after_work")
    job.do("technician", "sign-self-check")


def test_a_tool_that_came_back_before_the_count_is_not_asked_for(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    floor.do("technician", "check-in-tool", tool=floor.tool(SPARE))
    done(job).do("technician", "sign-self-check")


def test_a_missing_tool_keeps_the_car_in_the_bay_until_it_is_found(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    done(job)
    count(job, IN_KIT, moment="before_close")
    count(job, moment="after_work")
    assert job.refused("technician", "sign-self-check") == ["tool_not_found"]
    assert job.refused("technician", "found-tool", tool=floor.tool(SPARE)) == ["not_missing"]
    job.do("technician", "found-tool", tool=floor.tool(IN_KIT))
    assert job.refused("technician", "found-tool", tool=floor.tool(IN_KIT)) == ["not_missing"]
    job.do("technician", "sign-self-check")


def test_a_tool_seen_at_the_next_count_is_missing_no_more(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    count(job, moment="before_close")
    count(job, IN_KIT, moment="before_close")
    count(job, IN_KIT, moment="after_work")
    done(job).do("technician", "sign-self-check")


def test_a_team_leader_signs_for_a_missing_tool_and_it_is_asked_for_no_more(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    done(job)
    count(job, IN_KIT, moment="before_close")
    sign = {"order": job.number, "tool": floor.tool(SPARE), "reason": "全车查找未见"}
    floor.do("leader", "sign-missing-tool", **sign)
    assert count(job, IN_KIT, moment="after_work") == []
    job.do("technician", "sign-self-check")
    job.hand_over()


def test_nobody_signs_for_a_tool_missing_from_his_own_work(floor: Floor) -> None:
    job = floor.open("WASH")
    job.technician = "all_rounder"
    job.to(Stage.IN_WORK)
    job.do("all_rounder", "draw-cart", cart=floor.cart(KIT))
    count(job, moment="before_close", who="all_rounder")
    sign = {"order": job.number, "tool": floor.tool(IN_KIT), "reason": "未见"}
    assert floor.refused("all_rounder", "sign-missing-tool", **sign) == ["missing_own"]
    floor.do("leader", "sign-missing-tool", **sign)


def test_custody_of_a_missing_tool_does_not_change_before_it_is_settled(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    count(job, moment="before_close")
    tool = {"tool": floor.tool(SPARE)}
    assert floor.refused("technician", "check-in-tool", **tool) == ["tool_missing"]
    assert floor.refused("technician", "check-out-tool", **tool) == ["tool_missing"]
    assert floor.refused("keeper", "retire-tool", **tool, reason="丢失") == ["tool_missing"]
    assert floor.refused("keeper", "place-tool", **tool, cart=floor.cart(KIT)) == ["tool_missing"]
    job.do("technician", "found-tool", **tool)
    floor.do("technician", "check-in-tool", **tool)


def test_a_tool_that_is_not_the_orders_is_not_counted_with_it(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    given = {"order": job.number, "moment": "after_work", "scanned": [floor.tool(IN_KIT), floor.tool(SPARE)]}
    assert floor.refused("technician", "count-tools", **given) == ["foreign_tool"]


def test_a_cart_is_at_one_order_at_a_time_and_goes_back_counted(floor: Floor) -> None:
    job, other = floor.open("WASH").to(Stage.IN_WORK), floor.open("WASH", vehicle=1).to(Stage.DISPATCHED)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    (reason,) = floor.reasons("technician", "draw-cart", order=other.number, cart=floor.cart(KIT))
    assert (reason.code, reason.args["order"]) == ("cart_drawn", job.number)
    assert other.refused("technician", "put-cart-back", cart=floor.cart(KIT)) == ["cart_not_here"]
    assert job.refused("technician", "put-cart-back", cart=floor.cart(KIT)) == ["cart_uncounted"]
    count(job, moment="after_work")
    assert job.refused("technician", "put-cart-back", cart=floor.cart(KIT)) == ["cart_uncounted"]
    count(job, IN_KIT, moment="after_work")
    job.do("technician", "put-cart-back", cart=floor.cart(KIT))
    other.do("technician", "draw-cart", cart=floor.cart(KIT))


def test_a_tool_does_not_leave_its_order_uncounted_by_going_out_again(floor: Floor) -> None:
    job, other = floor.open("WASH").to(Stage.IN_WORK), floor.open("WASH", vehicle=1).to(Stage.DISPATCHED)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    for tool in (SPARE, IN_KIT):
        (reason,) = floor.reasons("technician", "check-out-tool", tool=floor.tool(tool))
        assert (reason.rule, reason.code, reason.args["order"]) == ("W8b", "still_drawn", job.number)
        assert other.refused("technician", "draw-tool", tool=floor.tool(tool)) == ["still_drawn"]
    job.do("technician", "draw-tool", tool=floor.tool(IN_KIT))
    assert {tool.number for tool in job.facts.tools.expected} == {floor.tool(SPARE), floor.tool(IN_KIT)}
    job.do("technician", "keep-tool", tool=floor.tool(SPARE), reason="下一单接着用")
    assert other.refused("technician", "draw-tool", tool=floor.tool(SPARE)) == ["still_drawn"]
    done(job)
    for moment in ("before_close", "after_work"):
        count(job, SPARE, IN_KIT, moment=moment)
    job.do("technician", "sign-self-check")
    other.do("technician", "draw-tool", tool=floor.tool(SPARE))
    assert other.refused("technician", "draw-tool", tool=floor.tool(IN_KIT)) == ["still_drawn"]
    floor.do("technician", "check-in-tool", tool=floor.tool(IN_KIT))
    other.do("technician", "draw-tool", tool=floor.tool(IN_KIT))


def test_who_draws_a_kit_answers_for_what_is_in_it(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    (piece,) = pieces(floor.session, Tool.number == floor.tool(IN_KIT)).values()  # type: ignore[arg-type]
    assert (piece.custodian_id, piece.order_id) == (floor.person("technician"), job.row.id)
    assert floor.refused("technician3", "check-out-tool", tool=floor.tool(IN_KIT)) == ["tool_held"]


def test_a_cart_of_somebody_else_or_with_an_overdue_instrument_or_empty_is_not_drawn(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    assert job.refused("technician", "draw-cart", cart=floor.cart("2号工具车")) == ["not_custodian"]
    floor.do("keeper", "place-tool", tool=floor.tool(TORQUE), cart=floor.cart(KIT))
    floor.later(days=300)
    assert job.refused("technician", "draw-cart", cart=floor.cart(KIT)) == ["tool_overdue"]
    for tool in (TORQUE, IN_KIT):
        floor.do("keeper", "check-in-tool", tool=floor.tool(tool))
    assert job.refused("technician", "draw-cart", cart=floor.cart(KIT)) == ["cart_empty"]


def test_only_the_orders_team_and_the_keeper_draw_for_it(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    assert job.refused("technician3", "draw-tool", tool=floor.tool(SPARE)) == ["not_your_order"]
    assert job.refused("technician3", "draw-cart", cart=floor.cart(KIT)) == ["not_your_order"]
    job.do("keeper", "draw-tool", tool=floor.tool(SPARE), holder=floor.badge("technician"))


def test_the_hand_over_waits_for_tools_that_are_neither_back_nor_knowingly_kept(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    for tool in (SPARE, TORQUE):
        job.do("technician", "draw-tool", tool=floor.tool(tool))
    for moment in ("before_close", "after_work"):
        count(job, SPARE, TORQUE, moment=moment)
    done(job).do("technician", "sign-self-check")
    assert job.refused("technician", "offer-hand-over", tools_clean=True) == ["tool_out", "tool_out"]
    floor.do("technician", "check-in-tool", tool=floor.tool(SPARE))
    assert job.refused("technician", "offer-hand-over", tools_clean=True) == ["tool_out"]
    job.do("technician", "keep-tool", tool=floor.tool(TORQUE), reason="下一单接着用")
    job.hand_over()
    newest = floor.rows(ToolMove, ToolMove.order_id == job.row.id)[-1]
    assert (newest.kept, newest.note, newest.place) == (True, "下一单接着用", ToolPlace.PERSON)


def test_only_who_has_the_tool_keeps_it_and_only_one_of_the_order(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    keep = {"tool": floor.tool(SPARE), "reason": "x"}
    assert job.refused("technician2", "keep-tool", **keep) == ["not_custodian"]
    assert job.refused("technician", "keep-tool", tool=floor.tool(TORQUE), reason="x") == ["tool_not_here"]


def test_with_the_hand_over_the_carts_are_free_again(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    for moment in ("before_close", "after_work"):
        count(job, IN_KIT, moment=moment)
    done(job).do("technician", "sign-self-check")
    job.hand_over()
    (draw,) = floor.rows(OrderCart)
    assert draw.back_by_id == floor.person("technician")


def test_nothing_is_put_into_a_cart_that_a_signed_order_has_counted(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    for moment in ("before_close", "after_work"):
        count(job, IN_KIT, moment=moment)
    done(job).do("technician", "sign-self-check")
    given = {"tool": floor.tool(SPARE), "cart": floor.cart(KIT)}
    (reason,) = floor.reasons("keeper", "place-tool", **given)
    assert (reason.code, reason.args["order"]) == ("cart_counted", job.number)
    new = floor.do("keeper", "add-tool", tool_code="RATCHET", home=floor.cart(KIT))["number"]
    held = {one.number for one in pieces(floor.session).values() if one.place is ToolPlace.CART}
    assert new not in held, "it waits in the crib"
    job.do("technician", "put-cart-back", cart=floor.cart(KIT))
    floor.do("keeper", "place-tool", **given)


def test_in_a_new_round_the_tools_are_counted_again(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    for moment in ("before_close", "after_work"):
        count(job, SPARE, moment=moment)
    done(job).do("technician", "sign-self-check")
    job.do("technician", "keep-tool", tool=floor.tool(SPARE), reason="接着用")
    job.do("technician", "offer-hand-over", tools_clean=True)
    defect = {"item": job.items[0], "defect_class": "function", "note": "松"}
    job.do("leader", "send-back", reason="未清理", defects=[defect])
    done(job)
    assert job.refused("technician", "sign-self-check") == ["tools_uncounted", "tools_uncounted"]


def test_an_order_is_not_cancelled_while_its_tools_are_out(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    job.do("technician", "draw-tool", tool=floor.tool(SPARE))
    job.do("technician", "draw-cart", cart=floor.cart(KIT))
    assert job.refused("advisor", "cancel-order", reason="取消") == ["tool_out", "cart_out"]
    floor.do("technician", "check-in-tool", tool=floor.tool(SPARE))
    count(job, IN_KIT, moment="after_work")
    job.do("technician", "put-cart-back", cart=floor.cart(KIT))
    job.do("advisor", "cancel-order", reason="取消")


@pytest.mark.parametrize(
    ("tool", "more", "code"),
    [(SPARE, {}, "not_instrument"), (OVERDUE, {}, "tool_overdue"), (TORQUE, {"value": None}, "nothing_measured")],
)
def test_a_value_cites_only_an_instrument_that_may_be_used(
    floor: Floor, tool: int, more: dict[str, object], code: str
) -> None:
    job = floor.open("BRAKE").to(Stage.IN_WORK)
    job.finish()
    row = job.checks(0)[1]
    answer = ok(row) | {"instrument": floor.tool(tool)}
    wrong = {"answer": "not_applicable", "reason": "x"} if more else {}
    assert floor.refused("technician", "answer-check", **answer | more | wrong) == [code]
    floor.do("technician", "answer-check", **answer | {"instrument": floor.tool(TORQUE)})
