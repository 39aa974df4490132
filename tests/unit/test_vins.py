"""VINs: published examples, the check digit, the model year."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain import vins
from workshop.domain.vins import VinError, VinFault

DATA = Path(__file__).parent.parent / "data"
ALPHABET = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
drafts = st.text(ALPHABET, min_size=17, max_size=17)


def rows() -> list[tuple[str, str]]:
    with (DATA / "vins.csv").open(encoding="utf-8", newline="") as file:
        return [(value, valid) for value, valid in csv.reader(file)][1:]


def refusal(text: str) -> VinError:
    with pytest.raises(VinError) as caught:
        vins.parse(text)
    return caught.value


@pytest.mark.parametrize(("value", "valid"), rows())
def test_a_published_vin_is_judged_as_published(value: str, valid: str) -> None:
    if valid == "format-invalid":
        assert refusal(value).code is VinFault.I_O_OR_Q
        return
    vin = vins.parse(value)
    assert vin.check_digit_ok is (valid == "yes")
    if not vin.check_digit_ok:
        assert valid == f"no(expected {vin.expected_check_digit})"


def test_a_wrong_check_digit_is_doubtful_only_where_the_region_prescribes_it() -> None:
    assert vins.parse("LSGJA52U0AH012345").doubtful
    assert vins.parse("1HGCM82643A004352").doubtful
    assert not vins.parse("WAUZZZ8R0BA098735").doubtful
    assert not vins.parse("LFV3A23C9L3046742").doubtful


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", VinFault.EMPTY),
        (" - ", VinFault.EMPTY),
        ("LFV3A23C9L304674", VinFault.WRONG_LENGTH),
        ("LFV3A23C9L30467422", VinFault.WRONG_LENGTH),
        ("LFV3A23C9L304674Q", VinFault.I_O_OR_Q),
        ("LFV3A23C9L304674京", VinFault.BAD_CHARACTER),
        ("LFV3A23C9L30467٤2", VinFault.BAD_CHARACTER),
    ],
)
def test_a_malformed_vin_is_refused_with_the_reason(text: str, code: VinFault) -> None:
    error = refusal(text)
    assert error.code is code
    assert str(error) == code.label


@given(drafts.map(vins.with_check_digit))
def test_full_width_lower_case_and_spaces_make_no_difference(vin: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in vin.lower())
    assert vins.parse(f" {wide[:9]}\u3000{wide[9:]}\n") == vins.parse(vin)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = vins.normalise(text)
    assert vins.normalise(once) == once


@given(st.one_of(st.text(), st.text(ALPHABET + "IOQ", min_size=17, max_size=17)))
def test_any_text_is_a_vin_or_a_refusal_and_a_suggestion_has_a_right_check_digit(text: str) -> None:
    try:
        vin = vins.parse(text)
    except VinError as error:
        assert error.suggestion is None or vins.parse(error.suggestion).check_digit_ok  # noqa: PT017
    else:
        assert vins.parse(vin.text) == vin


def test_a_letter_for_a_digit_is_refused_and_the_repair_suggested_if_its_check_digit_is_right() -> None:
    assert refusal("LFV3A23C9L3O46742").suggestion == "LFV3A23C9L3046742"
    assert refusal("LFV3A23C8L3O46742").suggestion is None


@given(drafts)
def test_the_check_digit_put_in_is_right_and_nothing_else_is_touched(draft: str) -> None:
    vin = vins.with_check_digit(draft)
    assert vins.parse(vin).check_digit_ok
    assert (vin[:8], vin[9:]) == (draft[:8], draft[9:])


def test_a_check_digit_can_be_put_in_for_a_placeholder_but_not_into_a_malformed_vin() -> None:
    assert vins.with_check_digit("LFV3A23C?L3046742") == "LFV3A23C9L3046742"
    with pytest.raises(VinError):
        vins.with_check_digit("LFV3A23C9L304674")
    with pytest.raises(VinError):
        vins.with_check_digit("LFV3A23C9L304674O")


@given(drafts.map(vins.with_check_digit), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_found(vin: str, place: int, digit: str) -> None:
    if vin[place].isdigit() and vin[place] != digit:
        assert not vins.parse(vin[:place] + digit + vin[place + 1 :]).check_digit_ok


def test_the_last_eight_are_taken_from_the_normalised_vin() -> None:
    assert vins.last8("lfv3a23c9l 3046742 ") == "L3046742"


@pytest.mark.parametrize(
    ("vin", "latest", "year"),
    [
        ("LVSHFFAL3HS328495", 2030, 2017),
        ("LSGVT54Z15Y028499", 2030, 2005),
        ("LRWYGCEK5PC179877", 2030, 2023),
        ("1FTFW5L88TFA10526", 2026, 2026),
        ("1FTFW5L88TFA10526", 2025, 1996),
        ("LSGVT54Z15Y028499", 2035, 2035),
        ("LSGVT54Z15Y028499", 2000, None),
        ("WBA71DC010CH14720", 2030, None),  # place 10 is 0, and Europe does not prescribe a year there
        ("JTEGD54M57A002582", 2030, None),
        ("not a VIN", 2030, None),
    ],
)
def test_the_model_year_is_the_newest_that_the_code_can_mean(vin: str, latest: int, year: int | None) -> None:
    assert vins.model_year(vin, latest) == year


def test_the_maker_is_named_where_it_is_known() -> None:
    assert vins.parse("LFV3A23C9L3046742").maker == "FAW-Volkswagen"
    assert vins.parse("92TA36FX9TML92914").maker is None
    assert all(len(wmi) == 3 and set(wmi) <= set(ALPHABET) for wmi in vins.MAKERS)
