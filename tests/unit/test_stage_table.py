"""The stages and the moves between them: one way forward, no way past a gate, no release without an inspection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.facts import ORDERS, order

from workshop.domain import gates, moves, safety_gates, tool_gates
from workshop.domain.facts import OrderFacts
from workshop.domain.moves import MOVES, Move, next_step
from workshop.domain.reasons import Refused
from workshop.domain.states import ENDED, Stage

WAY = (
    ("opened", "dispatched"),
    ("dispatched", "plate_verified"),
    ("plate_verified", "items_confirmed"),
    ("items_confirmed", "in_work"),
    ("in_work", "self_checked"),
    ("self_checked", "handed_over"),
    ("handed_over", "released"),
    ("released", "delivered"),
)
BACK = (
    ("self_checked", "in_work"),
    ("handed_over", "in_work"),
    ("opened", "cancelled"),
    ("dispatched", "cancelled"),
    ("plate_verified", "cancelled"),
    ("items_confirmed", "cancelled"),
    ("in_work", "cancelled"),
)
MOVE = st.sampled_from(MOVES)


def _pairs(*, forward: bool) -> set[tuple[str, str]]:
    return {(source.value, move.target.value) for move in MOVES if move.forward is forward for source in move.sources}


def test_the_stages_come_in_the_order_of_the_regulation() -> None:
    assert _pairs(forward=True) == set(WAY)


def test_the_only_other_ways_are_back_to_work_and_out() -> None:
    assert _pairs(forward=False) == set(BACK)


def test_a_life_that_is_over_has_no_move() -> None:
    for stage in ENDED:
        assert not [move for move in MOVES if stage in move.sources]
        assert next_step(order(stage=stage)) is None


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in ENDED])
def test_every_living_order_has_exactly_one_next_stage(stage: Stage) -> None:
    assert len([move for move in MOVES if move.forward and stage in move.sources]) == 1


def test_there_is_one_way_to_release_and_it_is_the_inspectors() -> None:
    ways = [move for move in MOVES if move.target is Stage.RELEASED]
    assert [(move.name, [role.value for role in move.roles]) for move in ways] == [("release", ["inspector"])]


@pytest.mark.parametrize(
    ("move", "asked"),
    [
        (moves.DISPATCH, {gates.has_items}),
        (moves.VERIFY_PLATE, {gates.plate_not_held}),
        (moves.CONFIRM_ITEMS, {gates.plate_verified, gates.discrepancies_answered}),
        (moves.START_WORK, {gates.plate_verified, gates.discrepancies_answered, tool_gates.counted_before_work}),
        (
            moves.SELF_CHECK,
            {
                gates.has_items,
                gates.plate_verified,
                gates.discrepancies_answered,
                gates.changes_decided,
                gates.findings_answered,
                gates.items_done,
                gates.parts_fitted,
                gates.loans_settled,
                gates.self_checks_answered,
                safety_gates.high_voltage_on,
                safety_gates.high_voltage_recorded,
                safety_gates.assemblies_accounted_for,
                tool_gates.counted_at_the_end,
            },
        ),
        (
            moves.TAKE_OVER,
            {gates.handover_offered, gates.findings_answered, gates.changes_decided, tool_gates.tools_back},
        ),
        (moves.RELEASE, {*moves.SELF_CHECK.gates, gates.inspection_answered}),
        (moves.DELIVER, {gates.findings_answered, gates.changes_decided}),
        (moves.SEND_BACK, {gates.handover_offered}),
        (moves.CANCEL, {gates.clocks_stopped, gates.nothing_fitted, gates.loans_settled, tool_gates.nothing_drawn}),
        (
            moves.CANCEL,
            {safety_gates.high_voltage_on, safety_gates.assemblies_accounted_for, safety_gates.vehicle_down},
        ),
        (moves.TAKE_OVER, {safety_gates.vehicle_down}),
        (moves.RELEASE, {safety_gates.vehicle_down}),
    ],
    ids=lambda value: value.name if isinstance(value, Move) else "",
)
def test_a_move_asks_for_the_gates_of_the_regulation(move: Move, asked: set[object]) -> None:
    assert asked <= set(move.gates)


@given(ORDERS, MOVE)
def test_no_move_is_taken_from_a_stage_or_past_a_gate_that_is_not_its_own(facts: OrderFacts, move: Move) -> None:
    open_now = facts.stage in move.sources and not [reason for gate in move.gates for reason in gate(facts)]
    if open_now:
        assert move.require(facts) is move.target
        return
    with pytest.raises(Refused) as refused:
        move.require(facts)
    codes = [reason.code for reason in refused.value.reasons]
    expected = ["wrong_stage"] if facts.stage not in move.sources else [one.code for one in move.objections(facts)]
    assert codes == expected


@given(ORDERS)
def test_what_the_order_calls_missing_is_exactly_what_the_gate_refuses(facts: OrderFacts) -> None:
    step = next_step(facts)
    assert (step is None) is (facts.stage in ENDED)
    if step is None:
        return
    if not step.missing:
        assert step.move.require(facts) is step.move.target
        return
    with pytest.raises(Refused) as refused:
        step.move.require(facts)
    assert refused.value.reasons == step.missing


@given(ORDERS)
def test_whatever_may_be_released_may_be_self_checked_too(facts: OrderFacts) -> None:
    if not moves.RELEASE.objections(facts):
        assert not moves.SELF_CHECK.objections(facts)
