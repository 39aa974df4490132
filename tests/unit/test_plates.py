"""Plates: published examples, the grammar of every kind, and what happens to anything else."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain import plates
from workshop.domain.plates import Difference, PlateError, PlateFault, PlateKind, PlateWarning

DATA = Path(__file__).parent.parent / "data"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def rows(name: str) -> list[tuple[str, ...]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def refusal(text: str) -> PlateError:
    with pytest.raises(PlateError) as caught:
        plates.parse(text)
    return caught.value


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


@st.composite
def serials(draw: st.DrawFn, length: int) -> str:
    """Digits with at most two letters among them, in any place."""
    places = draw(st.sets(st.integers(0, length - 1), max_size=2))
    return "".join(draw(st.sampled_from(LETTERS if i in places else DIGITS)) for i in range(length))


province = st.sampled_from(plates.PROVINCES)
area = st.builds("".join, st.tuples(province, st.sampled_from(LETTERS + "O"))).filter(lambda head: head != "粤Z")
nev_letter = st.sampled_from("ABCDEFGHJK")
alphanumeric = st.sampled_from(DIGITS + LETTERS)


def joined(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in parts)).map("".join)


GRAMMAR = {
    PlateKind.CIVIL: joined(area, serials(5)),
    PlateKind.NEV_SMALL: joined(area, nev_letter, alphanumeric, digits(4)),
    PlateKind.NEV_LARGE: joined(area, digits(5), nev_letter),
    PlateKind.TRAILER: joined(area, serials(4), "挂"),
    PlateKind.COACH: joined(area, serials(4), "学"),
    PlateKind.POLICE: joined(area, serials(4), "警"),
    PlateKind.HONG_KONG: joined("粤Z", serials(4), "港"),
    PlateKind.MACAU: joined("粤Z", serials(4), "澳"),
    PlateKind.TEST: joined(area, serials(4), "试"),
    PlateKind.OVERSIZE: joined(area, serials(4), "超"),
    PlateKind.EMBASSY: joined(digits(6), "使"),
    PlateKind.EMBASSY_OLD: joined("使", digits(6)),
    PlateKind.CONSULATE: joined(province, digits(4), alphanumeric, "领"),
    PlateKind.CONSULATE_OLD: joined(area, serials(4), "领"),
    PlateKind.ARMED_POLICE: joined("WJ", province, digits(4), st.sampled_from(DIGITS + "XBTSHJD")),
    PlateKind.ARMED_POLICE_HQ: joined("WJ", st.one_of(digits(5), joined(st.sampled_from(LETTERS), digits(5)))),
    PlateKind.EMERGENCY: joined(province, st.sampled_from("XS"), digits(4), "应急"),
    PlateKind.EMERGENCY_MINISTRY: joined(province, digits(5), "应急"),
    PlateKind.AVIATION: joined("民航", st.text(DIGITS + LETTERS, min_size=5, max_size=5)),
    PlateKind.TRACTOR: joined(province, digits(7)),
    PlateKind.MILITARY: joined(st.sampled_from("VKHBSLJNGCEZ"), st.sampled_from(LETTERS), digits(5)),
    PlateKind.TEMPORARY: joined(area, digits(4), "临"),
}
any_plate = st.one_of(*GRAMMAR.values())


@pytest.mark.parametrize(("value", "kind"), rows("plates_valid.csv"))
def test_a_published_valid_plate_is_accepted_as_its_kind(value: str, kind: str) -> None:
    plate = plates.parse(value)
    assert (plate.text, plate.kind) == (plates.normalise(value), kind)


@pytest.mark.parametrize(("value", "why", "code"), rows("plates_invalid.csv"))
def test_a_published_invalid_plate_is_refused_with_the_reason(value: str, why: str, code: str) -> None:
    error = refusal(value)
    assert error.code == code, why
    assert str(error) == error.code.label


@pytest.mark.parametrize(("value", "recommended"), rows("plates_disputed.csv"))
def test_a_disputed_plate_comes_out_as_recommended(value: str, recommended: str) -> None:
    if recommended.startswith("reject"):
        refusal(value)
        return
    warned = "warning" in recommended or recommended.startswith("kind")
    assert bool(plates.parse(value).warnings) is warned


def test_every_kind_has_a_grammar_here_so_none_goes_untested() -> None:
    assert set(GRAMMAR) == set(PlateKind)


@pytest.mark.parametrize("kind", PlateKind)
@given(data=st.data())
def test_a_plate_of_each_grammar_is_accepted_as_its_kind(kind: PlateKind, data: st.DataObject) -> None:
    assert plates.parse(data.draw(GRAMMAR[kind])).kind is kind


@given(any_plate)
def test_full_width_lower_case_and_separators_make_no_difference(plate: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in plate.lower())
    assert plates.parse(f"\u3000{wide[:2]} ·\u200b{wide[2:]}\n") == plates.parse(plate)


def test_traditional_characters_are_read_as_simplified() -> None:
    assert plates.parse("粵B·1234學").text == "粤B1234学"
    assert plates.parse("滬A12345").text == "沪A12345"


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = plates.normalise(text)
    assert plates.normalise(once) == once


@pytest.mark.parametrize("text", ["i\u0307", "a\u200b\u0301", "A \u0301", "\u1100\u200b\u1161", "ß", "ŉ", "\ufdfa"])
def test_normalising_is_stable_where_characters_join_after_something_between_them_is_dropped(text: str) -> None:
    assert plates.normalise(plates.normalise(text)) == plates.normalise(text)


@given(st.one_of(st.text(), st.text(plates.PROVINCES + DIGITS + LETTERS + "IO挂学警港澳试超使领应急民航临·")))
def test_any_text_is_a_plate_or_a_refusal_and_a_suggestion_is_always_a_plate(text: str) -> None:
    try:
        spelling: str | None = plates.parse(text).text
    except PlateError as error:
        spelling = error.suggestion
    assert spelling is None or plates.parse(spelling).text == spelling


@given(joined(area, serials(5)), st.integers(2, 6))
def test_i_and_o_in_the_number_are_refused_and_the_digits_suggested(plate: str, place: int) -> None:
    for letter, digit in ("I1", "O0"):
        error = refusal(plate[:place] + letter + plate[place + 1 :])
        assert error.code is PlateFault.SERIAL_I_OR_O
        assert error.suggestion == plate[:place] + digit + plate[place + 1 :]


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("京0A12O3", "京OA1203"),
        ("粤A012345", "粤AD12345"),
        ("粤A123450", "粤A12345D"),
        ("粤AO12345", "粤AD12345"),
        ("2I4578使", "214578使"),
        ("WJ粤1234O", "WJ粤12340"),
        ("粤A012340", None),  # a green plate with 0 at both ends: either may be the D
        ("粤A812345", None),  # 8 for B would damage plates that are right
        ("粤A1234", None),
    ],
)
def test_a_suggestion_is_made_only_where_one_loss_free_repair_exists(value: str, suggestion: str | None) -> None:
    assert refusal(value).suggestion == suggestion


def test_a_letter_outside_the_list_of_the_province_only_warns() -> None:
    assert plates.parse("浙Z12345").warnings == (PlateWarning.UNKNOWN_AUTHORITY,)
    assert plates.parse("浙L12345").warnings == ()
    assert plates.parse("浙OA2160").warnings == ()
    assert plates.parse("京S1234应急").warnings == ()


def test_a_plate_without_its_province_does_not_pass_as_military_unseen() -> None:
    assert plates.parse("BA12345").warnings == (PlateWarning.READ_AS_MILITARY,)


@given(st.sampled_from(plates.PROVINCES), st.sampled_from("港澳"))
def test_the_marks_of_hong_kong_and_macau_belong_to_guangdong_z_alone(head: str, mark: str) -> None:
    assert refusal(f"{head}A1234{mark}").code is PlateFault.CROSS_BORDER


@pytest.mark.parametrize("serial", ["ABC12", "A2B3C", "ABCD1", "ABCDE", "AB1C警", "ABCD挂"])
def test_three_letters_or_more_are_too_many(serial: str) -> None:
    assert refusal(f"粤A{serial}").code is PlateFault.TOO_MANY_LETTERS


def test_differences_name_the_places_and_the_pairs_often_confused() -> None:
    assert plates.differences("粤B·12345", "粤b12395") == (Difference(6, "4", "9", confusable=False),)
    assert plates.differences("粤B8123A", "豫BB123A") == (
        Difference(1, "粤", "豫", confusable=True),
        Difference(3, "8", "B", confusable=True),
    )
    assert plates.differences("粤AD12345", "粤AD1234") == (Difference(8, "5", "", confusable=False),)


@given(any_plate, any_plate)
def test_two_plates_have_no_differences_exactly_when_they_are_the_same(left: str, right: str) -> None:
    assert (not plates.differences(left, right)) is (left == right)
    assert not plates.differences(left, f" {left.lower()}")
