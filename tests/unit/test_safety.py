"""S1, S4 to S7: what an operation asks for is confirmed, all of it, before it starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.safety import Conditions, Precaution, parse_gear

PRECAUTIONS = st.frozensets(st.sampled_from(Precaution))
ME, OTHER = 1, 2
RULES = {
    Precaution.DRIP_PAN: "S4",
    Precaution.OUTSIDE_COVERS: "S6",
    Precaution.INSIDE_COVERS: "S7",
}


@pytest.mark.parametrize("precaution", Precaution)
def test_each_precaution_left_out_is_named_under_its_own_rule(precaution: Precaution) -> None:
    reasons = Conditions(frozenset({precaution})).unmet([], ME, None)
    assert [(reason.rule, reason.args["precaution"]) for reason in reasons] == [
        (RULES.get(precaution, "S1"), precaution.label)
    ]


@given(PRECAUTIONS, PRECAUTIONS)
def test_exactly_what_was_not_confirmed_is_missing(asked: frozenset[Precaution], done: frozenset[Precaution]) -> None:
    reasons = Conditions(asked).unmet(done, ME, None)
    assert {reason.args["precaution"] for reason in reasons} == {one.label for one in asked - done}


@pytest.mark.parametrize(
    ("asked", "watcher", "codes"),
    [
        (True, None, ["watcher_missing"]),
        (True, ME, ["watcher_self"]),
        (True, OTHER, []),
        (False, None, []),
        (False, ME, ["watcher_self"]),
    ],
)
def test_hoisting_is_watched_by_somebody_else(asked: bool, watcher: int | None, codes: list[str]) -> None:
    conditions = Conditions(frozenset(), watcher=asked)
    assert [reason.code for reason in conditions.unmet([], ME, watcher)] == codes


def test_gear_is_read_from_the_catalogue() -> None:
    assert parse_gear("gloves;goggles;") == {Precaution.GLOVES, Precaution.GOGGLES}
    assert parse_gear("") == frozenset()


@pytest.mark.parametrize("text", ["wings", "gloves,goggles", "drip_pan", "inside_covers;gloves", " gloves"])
def test_what_is_no_gear_is_no_gear(text: str) -> None:
    with pytest.raises(ValueError, match=text.split(";", maxsplit=1)[0].strip()[:4]):
        parse_gear(text)
