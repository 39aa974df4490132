"""The numbers under the bar codes: two digits of kind, seven of serial, one Damm check digit.

The check digit finds every single wrong digit and every swap of two neighbours.
"""

from dataclasses import dataclass
from typing import Final

from stdnum import damm

from workshop.domain.plates import fold
from workshop.domain.words import N_, Labelled

LENGTH: Final = 10
MAX_SERIAL: Final = 9_999_999


class Kind(Labelled):
    """What carries the number; the value is the number's first two digits."""

    ORDER = "10", N_("repair order")
    ITEM = "11", N_("item")
    PART = "12", N_("part")
    OLD_PART = "13", N_("old part")
    TOOL = "20", N_("tool")
    CART = "21", N_("tool cart")
    BAY = "22", N_("bay")
    AREA = "23", N_("area")
    BADGE = "30", N_("badge")
    COMMAND = "40", N_("command code")
    CASE = "50", N_("liability case")


class NumberFault(Labelled):
    """Why a text is not the number wanted."""

    NOT_DIGITS = "not_digits", N_("A number has only digits. Scan it again.")
    WRONG_LENGTH = "wrong_length", N_("A number has ten digits. Scan it again.")
    CHECK_DIGIT = "check_digit", N_("A digit is wrong or two are swapped. Scan it again.")
    UNKNOWN_KIND = "unknown_kind", N_("Nothing here has a number that begins like this.")
    ZERO_SERIAL = "zero_serial", N_("This number was never given out.")
    WRONG_KIND = "wrong_kind", N_("This is the number of another kind of thing. Scan the right label.")


class NumberError(ValueError):
    """The text is not the number wanted. `found` and `expected` are set for WRONG_KIND."""

    def __init__(self, code: NumberFault, found: Kind | None = None, expected: Kind | None = None) -> None:
        super().__init__(code.label)
        self.code = code
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Number:
    """A number that passed its check; `text` is its ten digits."""

    kind: Kind
    serial: int
    text: str


def make(kind: Kind, serial: int) -> str:
    """The ten digits for a serial from 1 to 9,999,999; `ValueError` outside."""
    if not 1 <= serial <= MAX_SERIAL:
        raise ValueError(f"serial {serial} is outside 1 to {MAX_SERIAL}")
    stem = f"{kind.value}{serial:07d}"
    return f"{stem}{damm.calc_check_digit(stem)}"


def parse(text: str, expected: Kind | None = None) -> Number:
    """Read a number as scanned or typed: full width, spaces and dashes do not matter. Raises `NumberError`."""
    digits = fold(text)
    if fault := _fault(digits):
        raise NumberError(fault)
    kind = Kind(digits[:2])
    if expected is not None and kind is not expected:
        raise NumberError(NumberFault.WRONG_KIND, found=kind, expected=expected)
    return Number(kind, int(digits[2:-1]), digits)


def _fault(digits: str) -> NumberFault | None:
    if digits and not (digits.isascii() and digits.isdigit()):
        return NumberFault.NOT_DIGITS
    if len(digits) != LENGTH:
        return NumberFault.WRONG_LENGTH
    if not damm.is_valid(digits):
        return NumberFault.CHECK_DIGIT
    if digits[:2] not in set(Kind):
        return NumberFault.UNKNOWN_KIND
    return NumberFault.ZERO_SERIAL if int(digits[2:-1]) == 0 else None
