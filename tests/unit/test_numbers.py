"""The numbers under the bar codes: what is given out is read back, what is misread is refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import damm

from workshop.domain import numbers
from workshop.domain.numbers import Kind, Number, NumberError, NumberFault

kinds = st.sampled_from(Kind)
serials = st.integers(1, numbers.MAX_SERIAL)
made = st.builds(numbers.make, kinds, serials)


def refusal(text: str, expected: Kind | None = None) -> NumberError:
    with pytest.raises(NumberError) as caught:
        numbers.parse(text, expected)
    return caught.value


def checked(stem: str) -> str:
    return f"{stem}{damm.calc_check_digit(stem)}"


@given(kinds, serials)
def test_a_number_made_is_read_back(kind: Kind, serial: int) -> None:
    text = numbers.make(kind, serial)
    assert numbers.parse(text, kind) == Number(kind, serial, text)
    assert len(text) == numbers.LENGTH


def test_numbers_already_on_labels_do_not_change() -> None:
    assert numbers.make(Kind.ORDER, 1234567) == "1012345679"
    assert numbers.make(Kind.TOOL, 1234567) == "2012345678"


@pytest.mark.parametrize("serial", [0, -1, 10_000_000])
def test_a_serial_outside_seven_digits_is_not_numbered(serial: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        numbers.make(Kind.ORDER, serial)


@given(made, st.integers(0, 9), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_refused(text: str, place: int, digit: str) -> None:
    assume(text[place] != digit)
    assert refusal(text[:place] + digit + text[place + 1 :]).code is NumberFault.CHECK_DIGIT


@given(made, st.integers(0, 8))
def test_every_swap_of_two_different_neighbours_is_refused(text: str, place: int) -> None:
    assume(text[place] != text[place + 1])
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert refusal(swapped).code is NumberFault.CHECK_DIGIT


@given(made)
def test_full_width_digits_spaces_and_dashes_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    assert numbers.parse(f" {wide[:2]}－{wide[2:9]}\u3000-\u200b{wide[9:]}\n") == numbers.parse(text)


@given(made, kinds)
def test_the_number_of_another_kind_is_refused_and_both_kinds_are_named(text: str, expected: Kind) -> None:
    found = numbers.parse(text).kind
    assume(found is not expected)
    error = refusal(text, expected)
    assert (error.code, error.found, error.expected) == (NumberFault.WRONG_KIND, found, expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", NumberFault.WRONG_LENGTH),
        ("123", NumberFault.WRONG_LENGTH),
        ("10123456799", NumberFault.WRONG_LENGTH),
        ("粤B12345", NumberFault.NOT_DIGITS),
        ("101234567x", NumberFault.NOT_DIGITS),
        ("١٠١٢٣٤٥٦٧٣", NumberFault.NOT_DIGITS),
        ("1012345678", NumberFault.CHECK_DIGIT),
        (checked("991234567"), NumberFault.UNKNOWN_KIND),
        ("0000000000", NumberFault.UNKNOWN_KIND),
        (checked("100000000"), NumberFault.ZERO_SERIAL),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(text: str, code: NumberFault) -> None:
    error = refusal(text)
    assert error.code is code
    assert str(error) == code.label


@given(st.one_of(st.text(), st.text("0123456789０１ -", min_size=9, max_size=12)), st.one_of(st.none(), kinds))
def test_any_text_is_a_number_or_a_refusal(text: str, expected: Kind | None) -> None:
    try:
        number = numbers.parse(text, expected)
    except NumberError:
        return
    assert numbers.make(number.kind, number.serial) == number.text
