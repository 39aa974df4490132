"""S2: nothing heavier than it carries is put on a lift, and on none that is unsound, elsewhere or occupied."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.facts import item, order

from workshop.domain.custody import Piece, not_to, unmovable
from workshop.domain.lifting import LiftFacts, not_onto
from workshop.domain.safety_facts import SafetyFacts
from workshop.domain.safety_gates import vehicle_down
from workshop.domain.tools import Service, ToolClass, ToolPlace
from workshop.domain.words import Name

TODAY = date(2026, 3, 2)
NAME = Name("双柱举升机", "Two-post lift")
SOUND = Piece(
    1,
    "2000000015",
    NAME,
    ToolClass.LIFT,
    ToolPlace.BAY,
    bay_id=7,
    service=Service.INSPECTION,
    services=((date(2026, 1, 1), date(2026, 6, 30)),),
    rated_load=4000,
)


def codes(lift: Piece, weight: int | None = 1500, bay: int | None = 7, today: date = TODAY) -> list[str]:
    return [reason.code for reason in not_onto(lift, weight, bay, today)]


@given(st.integers(1, 9000), st.integers(1, 9000))
def test_a_lift_carries_up_to_its_rated_load_and_no_more(weight: int, load: int) -> None:
    assert codes(replace(SOUND, rated_load=load), weight) == ([] if weight <= load else ["overloaded"])


@pytest.mark.parametrize(
    ("lift", "told"),
    [
        (replace(SOUND, tool_class=ToolClass.EQUIPMENT), ["not_a_lift"]),
        (replace(SOUND, services=()), ["tool_overdue"]),
        (replace(SOUND, services=((date(2025, 1, 1), date(2026, 3, 1)),)), ["tool_overdue"]),
        (replace(SOUND, services=((date(2025, 1, 1), TODAY),)), []),
        (replace(SOUND, service=None), ["inspection_unknown"]),
        (replace(SOUND, service=Service.CALIBRATION), ["inspection_unknown"]),
        (replace(SOUND, frozen=True), ["tool_frozen"]),
        (replace(SOUND, place=ToolPlace.OUT_OF_USE), ["tool_retired"]),
        (replace(SOUND, carries="1000000018"), ["lift_occupied"]),
        (replace(SOUND, rated_load=None), ["rated_load_unknown"]),
        (replace(SOUND, bay_id=8), ["lift_elsewhere"]),
        (replace(SOUND, place=ToolPlace.PERSON, bay_id=None), []),
    ],
)
def test_each_thing_that_is_wrong_with_a_lift_has_its_own_reason(lift: Piece, told: list[str]) -> None:
    assert codes(lift) == told


def test_everything_is_said_at_once_and_an_unknown_weight_is_asked_for() -> None:
    assert codes(replace(SOUND, frozen=True, bay_id=8), weight=5000) == ["tool_frozen", "lift_elsewhere", "overloaded"]
    assert codes(SOUND, weight=None) == ["weight_unknown"]


def test_nobody_takes_a_lift_away_from_under_a_vehicle() -> None:
    under = replace(SOUND, carries="1000000018")
    assert [one.code for one in unmovable(under)] == ["tool_carries"]
    assert [one.code for one in not_to(under, 5, TODAY)] == ["tool_carries"]


def test_a_vehicle_that_is_up_shuts_the_gate_once_for_each_lift() -> None:
    lifts = tuple(
        LiftFacts(number, NAME, datetime(2026, 3, 2, 9, tzinfo=UTC)) for number in ("2000000015", "2000000023")
    )
    facts = order(item(), safety=SafetyFacts(lifts=lifts))
    assert [(one.rule, one.code) for one in vehicle_down(facts)] == [("S2", "vehicle_up")] * 2
    assert vehicle_down(order(item())) == []
