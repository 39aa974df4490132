"""The kinds of value that commands take; each refuses nonsense where it enters."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError, PydanticKnownError

from workshop.domain import numbers, plates, vins
from workshop.domain.numbers import Kind
from workshop.domain.text import clean, clean_line
from workshop.domain.words import N_, Message

PIN_RULE = N_("A PIN has 4 to 8 digits, not all alike and not in sequence.")
PHONE_RULE = N_("A telephone number has 5 to 20 digits; +, - and spaces may stand between them.")
TEXT_EMPTY = N_("Write something here.")
DATE_RANGE = N_("This date is too far from today to be meant.")
DayOrMoment = TypeVar("DayOrMoment", date, datetime)


def problem(text: Message) -> PydanticCustomError:
    """A refusal of one field's value; the source string travels in the context, so that it can be translated."""
    return PydanticCustomError("workshop", "{text}", {"text": text})


def _number(kind: Kind) -> BeforeValidator:
    def check(value: object) -> str:
        try:
            return numbers.parse(str(value), kind).text
        except numbers.NumberError as error:
            raise problem(error.code.label) from error

    return BeforeValidator(check)


def _plate(value: object) -> str:
    try:
        return plates.parse(str(value)).text
    except plates.PlateError as error:
        raise problem(error.code.label) from error


def _vin(value: object) -> str:
    try:
        return vins.parse(str(value)).text
    except vins.VinError as error:
        raise problem(error.code.label) from error


def _pin(value: SecretStr) -> SecretStr:
    digits = value.get_secret_value()
    if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 8):
        raise problem(PIN_RULE)
    if {ord(b) - ord(a) for a, b in pairwise(digits)} in ({0}, {1}, {-1}):
        raise problem(PIN_RULE)
    return value


def _phone(value: str) -> str:
    digits = "".join(c for c in value if c not in " -()+")
    kept = ("+" if value.startswith("+") else "") + digits
    if not (digits.isascii() and digits.isdigit() and len(digits) >= 5 and len(kept) <= 20):
        raise problem(PHONE_RULE)
    return kept


def _filled(value: str) -> str:
    """Something that can be seen: joiners and other characters without a shape of their own are no text."""
    if all(unicodedata.category(character)[0] in "CZ" for character in value):
        raise problem(TEXT_EMPTY)
    return value


def at_most(most: int) -> AfterValidator:
    """No more characters than the database keeps, counted after cleaning, which can make a text longer."""

    def check(value: str) -> str:
        if len(value) > most:
            raise PydanticKnownError("string_too_long", {"max_length": most})
        return value

    return AfterValidator(check)


def _near(value: DayOrMoment) -> DayOrMoment:
    if not 2000 <= value.year <= 2100:
        raise problem(DATE_RANGE)
    return value


OrderNumber = Annotated[str, _number(Kind.ORDER)]
ItemNumber = Annotated[str, _number(Kind.ITEM)]
PartNumber = Annotated[str, _number(Kind.PART)]
OldPartNumber = Annotated[str, _number(Kind.OLD_PART)]
ToolNumber = Annotated[str, _number(Kind.TOOL)]
CartNumber = Annotated[str, _number(Kind.CART)]
CaseNumber = Annotated[str, _number(Kind.CASE)]
BayNumber = Annotated[str, _number(Kind.BAY)]
AreaNumber = Annotated[str, _number(Kind.AREA)]
Badge = Annotated[str, _number(Kind.BADGE)]
PlateText = Annotated[str, BeforeValidator(_plate)]
VinText = Annotated[str, BeforeValidator(_vin)]
Pin = Annotated[SecretStr, AfterValidator(_pin)]
Phone = Annotated[str, Field(max_length=30), AfterValidator(clean_line), AfterValidator(_phone)]
Short = Annotated[str, Field(max_length=60), AfterValidator(clean_line), at_most(60)]
ShortFilled = Annotated[Short, AfterValidator(_filled)]
Upto10 = Annotated[Short, at_most(10)]
Upto17 = Annotated[Short, at_most(17)]
Upto20 = Annotated[Short, at_most(20)]
Upto20Filled = Annotated[ShortFilled, at_most(20)]
Upto30 = Annotated[Short, at_most(30)]
Upto40 = Annotated[Short, at_most(40)]
Upto40Filled = Annotated[ShortFilled, at_most(40)]
Long = Annotated[str, Field(max_length=200), AfterValidator(clean_line), at_most(200)]
LongFilled = Annotated[Long, AfterValidator(_filled)]
Note = Annotated[str, Field(max_length=4000), AfterValidator(clean)]
NoteFilled = Annotated[Note, AfterValidator(_filled)]
Money = Annotated[Decimal, Field(ge=0, le=Decimal("99999999.99"), decimal_places=2, allow_inf_nan=False)]
Sum = Annotated[Decimal, Field(ge=Decimal("0.01"), le=Decimal("99999999.99"), decimal_places=2, allow_inf_nan=False)]
Percent = Annotated[Decimal, Field(ge=Decimal("0.01"), le=100, decimal_places=2, allow_inf_nan=False)]
Measured = Annotated[Decimal, Field(ge=-100000, le=100000, max_digits=12, allow_inf_nan=False)]
Minutes = Annotated[int, Field(ge=1, le=60_000)]
Pieces = Annotated[int, Field(ge=1, le=9_999)]
Days = Annotated[int, Field(ge=1, le=3_660)]
Kilograms = Annotated[int, Field(ge=1, le=100_000)]
Odometer = Annotated[int, Field(ge=0, le=9_999_999)]
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Day = Annotated[date, AfterValidator(_near)]
Moment = Annotated[AwareDatetime, AfterValidator(_near)]
