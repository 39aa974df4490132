"""W6b: the life of an old part goes one way, ends once, and hazardous waste never leaves by the wrong door."""

from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.old_parts import can_be_taken, objections
from workshop.domain.states import OldPartsChoice, OldPartState

STATES = st.sampled_from(OldPartState)
WISHES = st.sampled_from(OldPartsChoice)
ENDS = {
    OldPartState.TAKEN,
    OldPartState.RETURNED_TO_MAKER,
    OldPartState.SCRAPPED,
    OldPartState.HAZARDOUS_WASTE,
}


def _allowed(state: OldPartState, target: OldPartState, wish: OldPartsChoice, hazardous: bool) -> bool:
    return not objections(state, target, wish, hazardous=hazardous)


@given(STATES, STATES, WISHES, st.booleans())
def test_a_life_that_is_over_goes_nowhere(
    state: OldPartState, target: OldPartState, wish: OldPartsChoice, hazardous: bool
) -> None:
    if state in ENDS:
        assert not _allowed(state, target, wish, hazardous)


@given(STATES, WISHES, st.booleans())
def test_no_part_goes_back_to_being_held_or_stays_what_it_is(
    state: OldPartState, wish: OldPartsChoice, hazardous: bool
) -> None:
    assert not _allowed(state, OldPartState.HELD, wish, hazardous)
    assert not _allowed(state, state, wish, hazardous)


@given(STATES, WISHES)
def test_hazardous_waste_is_neither_taken_home_nor_thrown_away(state: OldPartState, wish: OldPartsChoice) -> None:
    assert not _allowed(state, OldPartState.TAKEN, wish, hazardous=True)
    assert not _allowed(state, OldPartState.SCRAPPED, wish, hazardous=True)
    assert not can_be_taken(state, hazardous=True)


@given(st.sampled_from([OldPartState.HELD, OldPartState.SHOWN]), st.booleans())
def test_what_the_customer_wants_back_is_kept_unless_it_is_hazardous(state: OldPartState, hazardous: bool) -> None:
    for target in (OldPartState.SCRAPPED, OldPartState.HAZARDOUS_WASTE):
        allowed = _allowed(state, target, OldPartsChoice.CUSTOMER_TAKES, hazardous)
        assert allowed is (hazardous and target is OldPartState.HAZARDOUS_WASTE)


def test_every_end_can_be_reached_from_the_counter() -> None:
    for end in ENDS:
        hazardous = end is OldPartState.HAZARDOUS_WASTE
        assert _allowed(OldPartState.HELD, end, OldPartsChoice.SHOP_KEEPS, hazardous)
        assert _allowed(OldPartState.SHOWN, end, OldPartsChoice.SHOP_KEEPS, hazardous)


@given(STATES)
def test_the_customer_takes_only_what_is_still_at_the_counter(state: OldPartState) -> None:
    assert can_be_taken(state, hazardous=False) is (state in {OldPartState.HELD, OldPartState.SHOWN})
