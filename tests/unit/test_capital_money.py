"""Amounts in capital numerals (大写金额): as banks write them, and read back to what they were."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.capital_money import capital_money

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
FEN = st.integers(0, 99_999_999_999_999).map(lambda fen: Decimal(fen) / 100)


def read(text: str) -> Decimal:
    """The amount that a text in capital numerals says, digit by digit."""
    whole, _, rest = text.rpartition("元")
    jiao, fen = (re.search(rf"([{_DIGITS}]){sign}", rest or text) for sign in "角分")
    tenths = _DIGITS.index(jiao[1]) * 10 if jiao else 0
    return Decimal(_whole(whole)) + Decimal(tenths + (_DIGITS.index(fen[1]) if fen else 0)) / 100


def _whole(text: str) -> int:
    total = group = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        elif sign in _UNITS:
            group, digit = group + digit * _UNITS[sign], 0
        else:
            total, group, digit = total + (group + digit) * {"万": 10_000, "亿": 100_000_000}[sign], 0, 0
    return total + group + digit


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("100000005", "壹亿零伍元整"),
        ("107000.53", "壹拾万零柒仟元零伍角叁分"),
        ("200030004.00", "贰亿零叁万零肆元整"),
    ],
)
def test_amounts_are_written_as_the_rules_of_payment_write_them(amount: str, text: str) -> None:
    assert capital_money(Decimal(amount)) == text


@given(FEN)
def test_an_amount_read_back_is_the_amount(amount: Decimal) -> None:
    assert read(capital_money(amount)) == amount


@given(FEN)
def test_no_amount_has_two_zeros_in_a_row_or_one_before_its_end(amount: Decimal) -> None:
    text = capital_money(amount)
    assert "零零" not in text
    assert amount == 0 or "零元" not in text
    assert text.endswith("整") != text.endswith("分")


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "1000000000000"])
def test_what_no_form_has_room_for_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="capital numerals"):
        capital_money(Decimal(amount))
