"""Amounts in the capital numerals that receipts in China ask for (大写金额), which nobody can alter with a stroke.

Source: 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定): 整 after yuan and jiao, 零 for zeros between digits.
"""

from decimal import Decimal
from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿")
MOST: Final = Decimal("999999999999.99")


def capital_money(amount: Decimal) -> str:
    """The amount (yuan, whole fen) in capital numerals: 1234.50 is 壹仟贰佰叁拾肆元伍角整.

    Raises `ValueError` for less than nothing, parts of a fen, and what no form has room for.
    """
    if not 0 <= amount <= MOST or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"{amount} cannot be written in capital numerals")
    yuan, fen = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen, 10)
    if not yuan and not jiao and not fen:
        return "零元整"
    text = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        text += ("零" if yuan and not yuan % 10 else "") + f"{_DIGITS[jiao]}角"
    elif yuan and fen:
        text += "零"
    return text + (f"{_DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    """A whole number above zero, in groups of four digits."""
    text = ""
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**power % 10_000
        if not group:
            continue
        if text and (group < 1000 or not number // 10_000 ** (power + 1) % 10):
            text += "零"
        text += _group(group) + _GROUPS[power]
    return text


def _group(number: int) -> str:
    """Up to four digits: 1050 is 壹仟零伍拾."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return text
