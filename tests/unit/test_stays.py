"""The stays of an order in its stages, told from its acts."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.states import ChangeKind, Stage
from workshop.domain.stays import MOVING, Act, stays

START = datetime(2026, 3, 2, tzinfo=UTC)
ONE, OTHER = {"technician": "6000000016", "bay": "5000000018"}, {"technician": "6000000016", "bay": "5000000026"}
ADDED = {"kind": {"text": str(ChangeKind.ADD_ITEM.label)}}
REMOVED = {"kind": {"text": str(ChangeKind.REMOVE_ITEM.label)}}


def act(minute: int, command: str, fields: dict[str, Any] | None = None, outcome: dict[str, Any] | None = None) -> Act:
    return Act(START + timedelta(minutes=minute), command, fields or {}, outcome or {})


def told(*acts: Act) -> list[tuple[Stage, int]]:
    """The stages in order, with the minute in which each was entered."""
    return [(stay.stage, int((stay.since - START).total_seconds() // 60)) for stay in stays(acts)]


UNTIL_WORK = (
    act(0, "open-order"),
    act(10, "dispatch", ONE),
    act(12, "verify-plate", outcome={"matched": False}),
    act(15, "verify-plate", outcome={"matched": True}),
    act(16, "confirm-items"),
    act(20, "start-item"),
)
UNTIL_CHECKED = (*UNTIL_WORK, act(50, "start-item"), act(60, "sign-self-check"))


def test_an_order_goes_from_stage_to_stage_and_stays_where_no_act_moved_it() -> None:
    way = (*UNTIL_CHECKED, act(70, "take-over"), act(80, "pass-inspection"), act(90, "deliver"))
    assert told(*way) == [
        (Stage.OPENED, 0),
        (Stage.DISPATCHED, 10),
        (Stage.PLATE_VERIFIED, 15),
        (Stage.ITEMS_CONFIRMED, 16),
        (Stage.IN_WORK, 20),
        (Stage.SELF_CHECKED, 60),
        (Stage.HANDED_OVER, 70),
        (Stage.RELEASED, 80),
        (Stage.DELIVERED, 90),
    ]


def test_an_order_given_to_another_bay_before_work_begins_anew_and_in_work_goes_on() -> None:
    before = told(*UNTIL_WORK[:5], act(17, "dispatch", ONE), act(18, "dispatch", OTHER))
    assert before[-2:] == [(Stage.ITEMS_CONFIRMED, 16), (Stage.DISPATCHED, 18)]
    assert told(*UNTIL_WORK, act(30, "dispatch", OTHER)) == told(*UNTIL_WORK)


def test_only_new_work_that_is_agreed_brings_a_checked_order_back() -> None:
    approved, declined = {"decision": "approved"}, {"decision": "declined"}
    assert told(*UNTIL_CHECKED, act(65, "decide-line", approved, ADDED))[-1] == (Stage.IN_WORK, 65)
    assert told(*UNTIL_CHECKED, act(65, "decide-line", declined, ADDED)) == told(*UNTIL_CHECKED)
    assert told(*UNTIL_CHECKED, act(65, "decide-line", approved, REMOVED)) == told(*UNTIL_CHECKED)
    assert told(*UNTIL_WORK, act(65, "decide-line", approved, ADDED)) == told(*UNTIL_WORK)


def test_a_stay_ends_where_the_next_begins_and_the_last_goes_on() -> None:
    found = stays(UNTIL_CHECKED)
    assert all(before.until == after.since for before, after in pairwise(found))
    assert found[-1].until is None
    assert found[-1].lasted == timedelta()


ACTS = st.builds(
    act,
    st.integers(0, 500),
    st.sampled_from(MOVING),
    st.sampled_from([{}, ONE, OTHER, {"decision": "approved"}, {"decision": "declined"}]),
    st.sampled_from([{}, {"matched": True}, {"matched": False}, ADDED, REMOVED]),
)


@given(st.lists(ACTS, max_size=30))
def test_whatever_the_acts_and_their_clocks_stays_are_never_negative_and_change_the_stage(acts: list[Act]) -> None:
    found = stays(acts)
    assert all(stay.lasted >= timedelta() for stay in found)
    assert all(before.stage is not after.stage for before, after in pairwise(found))
