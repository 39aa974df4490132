"""The gates of an order's tools: counted three times, found or signed for, back or knowingly kept (W8b)."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.facts import ORDERS, TOOLS, order, tool

from workshop.domain import tool_gates
from workshop.domain.facts import OrderFacts
from workshop.domain.moves import MOVES
from workshop.domain.order_tools import ToolFacts, stands
from workshop.domain.reasons import Reason
from workshop.domain.states import Stage
from workshop.domain.tools import CountMoment

Gate = Callable[[OrderFacts], list[Reason]]
GATES: tuple[Gate, ...] = (
    tool_gates.counted_before_work,
    tool_gates.counted_at_the_end,
    tool_gates.missing_settled,
    tool_gates.tools_back,
    tool_gates.nothing_drawn,
)
ALL_THREE = dict.fromkeys(CountMoment, frozenset({1, 2, 3, 4}))


@given(st.sampled_from(CountMoment), st.datetimes(), st.none() | st.datetimes())
def test_only_the_count_after_work_falls_when_work_goes_on(
    moment: CountMoment, counted_at: datetime, started_at: datetime | None
) -> None:
    later = started_at is not None and started_at > counted_at
    assert stands(moment, counted_at, started_at) is not (later and moment is CountMoment.AFTER_WORK)


@pytest.mark.parametrize(
    ("gate", "tools", "codes"),
    [
        (tool_gates.counted_before_work, ToolFacts(own=(tool(),)), ["tools_uncounted"]),
        (tool_gates.counted_at_the_end, ToolFacts(own=(tool(),)), ["tools_uncounted"] * 2),
        (
            tool_gates.counted_at_the_end,
            ToolFacts(own=(tool(),), counted={CountMoment.AFTER_WORK: frozenset({1})}),
            ["tools_uncounted"],
        ),
        (
            tool_gates.counted_at_the_end,
            ToolFacts(own=(tool(),), counted=ALL_THREE, missing=(tool(),)),
            ["tool_not_found"],
        ),
        (tool_gates.tools_back, ToolFacts(own=(tool(), tool(2, kept=True), tool(3, in_cart=True))), ["tool_out"]),
        (tool_gates.nothing_drawn, ToolFacts(own=(tool(1, in_cart=True),), carts=("1号工具车",)), ["cart_out"]),
    ],
)
def test_a_gate_is_shut_for_its_own_reason(gate: Gate, tools: ToolFacts, codes: list[str]) -> None:
    reasons = gate(order(stage=Stage.ITEMS_CONFIRMED, tools=tools))
    assert [reason.code for reason in reasons] == codes
    assert {reason.rule for reason in reasons} == {"W8b"}


def test_an_order_without_tools_is_asked_for_nothing() -> None:
    for gate in GATES:
        assert gate(order()) == []


def test_work_that_runs_is_not_asked_for_the_count_before_it() -> None:
    facts = order(stage=Stage.IN_WORK, tools=ToolFacts(own=(tool(),), missing=(tool(),)))
    assert tool_gates.counted_before_work(facts) == []


@given(TOOLS)
def test_a_tool_is_uncounted_until_a_count_of_that_moment_answers_it_or_a_leader_signed(tools: ToolFacts) -> None:
    for moment in CountMoment:
        answered = tools.counted.get(moment, frozenset()) | tools.signed
        assert {one.id for one in tools.uncounted(moment)} == {one.id for one in tools.own} - answered


@given(TOOLS)
def test_what_is_out_is_neither_in_a_cart_nor_kept_nor_signed_for(tools: ToolFacts) -> None:
    for one in tools.own:
        assert (one in tools.out) is not (one.in_cart or one.kept or one.id in tools.signed)


@given(ORDERS, st.sampled_from(MOVES))
def test_tools_shut_only_the_start_of_work_the_self_check_the_way_out_and_cancelling(
    facts: OrderFacts, move: object
) -> None:
    told = [reason.code for one in MOVES if one is move for reason in one.objections(facts)]
    asked = {"tools_uncounted", "tool_not_found", "tool_out", "cart_out"} & set(told)
    names = {"start_work", "self_check", "take_over", "release", "cancel"}
    assert not asked or getattr(move, "name", "") in names
