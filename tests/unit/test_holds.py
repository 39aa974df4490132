"""What holds an order and whether it is late are derived from what is open, never stored (W3)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.facts import FINDING, NOON, ORDERS, item, line, order

from workshop.domain.facts import OrderFacts
from workshop.domain.holds import holds, lateness
from workshop.domain.states import Hold, ItemState, Stage


@pytest.mark.parametrize(
    ("facts", "held"),
    [
        (order(), ()),
        (order(plate_held=True), (Hold.PLATE,)),
        (order(discrepancies=("a",)), (Hold.DISCREPANCY,)),
        (order(undecided=1), (Hold.APPROVAL,)),
        (order(findings=(FINDING,)), (Hold.APPROVAL,)),
        (order(item(line(in_stock=0))), (Hold.PARTS,)),
        (order(item(line(in_stock=1))), ()),
        (order(item(line(in_stock=0), state=ItemState.DECLINED)), ()),
        (order(item(line(in_stock=0, not_needed=True))), ()),
        (order(inspection_failed=True), (Hold.INSPECTION,)),
        (order(inspection_failed=True, stage=Stage.SELF_CHECKED), ()),
        (order(plate_held=True, undecided=1), (Hold.PLATE, Hold.APPROVAL)),
        (order(plate_held=True, stage=Stage.CANCELLED), ()),
    ],
)
def test_an_order_is_held_by_what_is_open(facts: OrderFacts, held: tuple[Hold, ...]) -> None:
    assert holds(facts) == held


@pytest.mark.parametrize(
    ("state", "worked", "left", "late", "will_be"),
    [
        (ItemState.APPROVED, 0, 31, False, False),
        (ItemState.APPROVED, 0, 30, False, False),
        (ItemState.APPROVED, 0, 29, False, True),
        (ItemState.STARTED, 10, 20, False, False),
        (ItemState.STARTED, 10, 19, False, True),
        (ItemState.STARTED, 90, 0, False, False),
        (ItemState.DONE, 0, 0, False, False),
        (ItemState.DONE, 0, -1, True, False),
        (ItemState.APPROVED, 0, -1, True, False),
    ],
)
def test_late_is_shown_before_it_is_late(state: ItemState, worked: int, left: int, late: bool, will_be: bool) -> None:
    facts = order(item(state=state, worked=worked), promised_at=NOON + timedelta(minutes=left))
    found = lateness(facts, NOON)
    assert (found.late, found.will_be) == (late, will_be)


@pytest.mark.parametrize("stage", [Stage.RELEASED, Stage.DELIVERED, Stage.CANCELLED])
def test_what_has_left_the_workshop_is_not_its_delay(stage: Stage) -> None:
    found = lateness(order(stage=stage), NOON + timedelta(days=9))
    assert not found.late
    assert not found.will_be


@given(ORDERS, st.integers(-600, 600))
def test_nothing_is_both_late_and_going_to_be(facts: OrderFacts, minutes: int) -> None:
    found = lateness(facts, NOON + timedelta(minutes=minutes))
    assert not (found.late and found.will_be)


@given(ORDERS, st.integers(0, 600), st.integers(0, 600))
def test_an_order_does_not_become_punctual_by_waiting(facts: OrderFacts, minutes: int, more: int) -> None:
    before = lateness(facts, NOON + timedelta(minutes=minutes))
    after = lateness(facts, NOON + timedelta(minutes=minutes + more))
    assert after.late >= before.late
    assert (after.late or after.will_be) >= (before.late or before.will_be)
