"""S1: nobody reaches into a car that was not made dead by the trade's rule; it leaves live, with a record."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.facts import item, order

from workshop.domain.high_voltage import (
    PowerUpStep,
    ShutdownFacts,
    ShutdownStep,
    least_insulation,
    not_dead,
    steps_left,
)
from workshop.domain.safety_facts import SafetyFacts
from workshop.domain.safety_gates import high_voltage_on, high_voltage_recorded
from workshop.domain.states import ItemState

OFF = datetime(2026, 3, 2, 9, tzinfo=UTC)
VOLTS = st.decimals(0, 2000, places=2)


def shutdown(**more: object) -> ShutdownFacts:
    """A shutdown of a model that asks for ten minutes."""
    return ShutdownFacts(1, 5, OFF, 10, **more)  # type: ignore[arg-type]


@given(VOLTS)
def test_only_less_than_sixty_volts_lets_the_work_begin(volts: Decimal) -> None:
    reasons = [reason.code for reason in not_dead(shutdown(volts=volts))]
    assert reasons == ([] if volts < 60 else ["still_live"])


def test_what_is_missing_before_the_work_is_said_with_its_time() -> None:
    assert [(one.rule, one.code) for one in not_dead(None)] == [("S1", "shut_down_first")]
    unmeasured = not_dead(shutdown())
    assert [(one.code, one.args["time"]) for one in unmeasured] == [("measure_first", OFF + timedelta(minutes=10))]


def test_after_a_live_measurement_the_wait_begins_anew() -> None:
    live = shutdown(volts=Decimal(380), live_at=OFF + timedelta(minutes=12))
    assert live.measurable_from == OFF + timedelta(minutes=22)
    assert [one.args["volts"] for one in not_dead(live)] == ["380"]


@given(st.sets(st.sampled_from(ShutdownStep)), st.sets(st.sampled_from(PowerUpStep)))
def test_every_step_left_out_is_named(off: set[ShutdownStep], on: set[PowerUpStep]) -> None:
    left = [reason.args["step"] for reason in steps_left(ShutdownStep, frozenset(off))]
    assert left == [step.label for step in ShutdownStep if step not in off]
    assert len(steps_left(PowerUpStep, frozenset(on))) == len(PowerUpStep) - len(on)


@pytest.mark.parametrize(("volts", "least"), [(400, "0.2"), (800, "0.4"), (None, "0.4")])
def test_the_insulation_goes_by_the_cars_voltage_and_by_the_highest_where_it_is_unknown(
    volts: int | None, least: str
) -> None:
    assert least_insulation(volts) == Decimal(least)


def test_no_order_goes_on_with_its_high_voltage_off_or_without_the_record() -> None:
    electric = frozenset({1})
    off = order(item(), safety=SafetyFacts(electric, shutdown(volts=Decimal(0))))
    assert [one.code for one in (*high_voltage_on(off), *high_voltage_recorded(off))] == ["high_voltage_off"]
    bare = order(item(), safety=SafetyFacts(electric))
    assert [one.code for one in (*high_voltage_on(bare), *high_voltage_recorded(bare))] == ["high_voltage_unrecorded"]
    for whole in (
        order(item(), safety=SafetyFacts(electric, restored=True)),
        order(item(workers=frozenset()), safety=SafetyFacts(electric)),
        order(item(state=ItemState.REMOVED), safety=SafetyFacts(electric)),
        order(item()),
    ):
        assert [*high_voltage_on(whole), *high_voltage_recorded(whole)] == []
