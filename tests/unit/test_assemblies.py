"""S3: what is off the car asks for a cover when it is left long, and for its place on the car before anybody signs."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from support.facts import item, order

from workshop.domain.assemblies import COVER_AFTER, AssemblyEnd, AssemblyFacts, Rest, Whereabouts
from workshop.domain.safety_facts import SafetyFacts
from workshop.domain.safety_gates import assemblies_accounted_for

OFF = datetime(2026, 3, 2, 9, tzinfo=UTC)


def off(number: int = 1, *, covered: bool = False) -> AssemblyFacts:
    """Something that came off at nine."""
    return AssemblyFacts(number, 1, f"护板{number}", Rest.TRAY, "3号", OFF, covered)


@given(st.integers(0, 2 * 24 * 60), st.booleans())
def test_it_asks_for_a_cover_once_it_has_lain_open_for_the_set_time(minutes: int, covered: bool) -> None:
    now = OFF + timedelta(minutes=minutes)
    long = timedelta(minutes=minutes) >= COVER_AFTER
    assert off(covered=covered).asks_for_cover(now) is (long and not covered)


@given(st.integers(0, 4))
def test_each_thing_off_the_car_is_named_with_its_place(count: int) -> None:
    facts = order(item(), safety=SafetyFacts(assemblies=tuple(off(number) for number in range(count))))
    reasons = assemblies_accounted_for(facts)
    assert [(one.rule, one.args["what"], one.args["where"]) for one in reasons] == [
        ("S3", f"护板{number}", "3号") for number in range(count)
    ]


def test_there_is_no_way_to_put_it_on_the_floor_and_one_end_that_needs_no_word() -> None:
    assert "floor" not in {rest.value for rest in Rest}
    assert {one.value for one in AssemblyEnd} - {one.value for one in Whereabouts} == {"refitted"}
