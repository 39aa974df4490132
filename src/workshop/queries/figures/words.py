"""A figure in words and numbers: the same on the screen, in print and in files."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from workshop.domain.figures import Ratio, Spread
from workshop.domain.words import N_
from workshop.i18n import Translator, money
from workshop.queries.figures.model import Case, Figure, Unit

NOTHING: Final = "-"
NINE_IN_TEN: Final = N_("9 in 10 within {time}")
HOURS: Final = N_("{hours} h")
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = Fraction(3_600_000_000)


def title(figure: Figure, t: Translator) -> str:
    """What the figure is called, or whom or what it is about where it is one of several."""
    return t.value(figure.about.name) if figure.about else t(figure.definition.label)


def value(figure: Figure, t: Translator) -> str:
    """The value as people read it; a dash where there is nothing to count."""
    amount = figure.amount
    if isinstance(amount, Spread):
        return duration(amount.median, t)
    if figure.definition.unit is Unit.MONEY and isinstance(amount, Decimal):
        return money(amount)
    found = number(figure)
    if found is None:
        return NOTHING
    return f"{found}%" if figure.definition.unit is Unit.PERCENT else str(found)


def terms(figure: Figure, t: Translator) -> str:
    """What the value is made of: numerator and denominator, or the time that nine in ten needed at most."""
    amount = figure.amount
    if isinstance(amount, Spread):
        return t(NINE_IN_TEN, time=duration(amount.ninety, t))
    if not isinstance(amount, Ratio):
        return ""
    return f"{_term(amount.numerator, figure, t)} / {_term(amount.denominator, figure, t)}"


def named_terms(figure: Figure, t: Translator) -> str:
    """The same with what each term counts."""
    amount, definition = figure.amount, figure.definition
    if not isinstance(amount, Ratio):
        return terms(figure, t)
    named = ((amount.numerator, definition.numerator), (amount.denominator, definition.denominator))
    return " / ".join(f"{_term(exact, figure, t)} ({t(words)})" for exact, words in named)


def _term(exact: Fraction, figure: Figure, t: Translator) -> str:
    found = term(exact, figure)
    return t(HOURS, hours=found) if figure.definition.terms is Unit.TIME else str(found)


def number(figure: Figure) -> Decimal | int | None:
    """The value as a number in the unit of its definition: hours, per cent, yuan, a count; None of nothing."""
    amount = figure.amount
    if isinstance(amount, Ratio):
        share = amount.share
        return None if share is None else rounded(share * 100 if figure.definition.unit is Unit.PERCENT else share)
    if isinstance(amount, Spread):
        return hours(amount.median)
    return amount


def term(exact: Fraction, figure: Figure) -> Decimal | int:
    """A term of the figure's ratio as a number: hours to a hundredth, else a count."""
    return rounded(exact, 2) if figure.definition.terms is Unit.TIME else int(exact)


def duration(lasted: timedelta, t: Translator) -> str:
    """A time in hours and minutes, to the nearest minute; one before its mark with a minus."""
    minutes = (abs(lasted) + _MINUTE / 2) // _MINUTE
    return f"-{t.minutes(minutes)}" if lasted < timedelta() and minutes else t.minutes(minutes)


def measured(case: Case, t: Translator) -> str:
    """The amount of a case as people read it."""
    if isinstance(case.amount, timedelta):
        return duration(case.amount, t)
    return money(case.amount) if isinstance(case.amount, Decimal) else t.value(case.amount)


def hours(lasted: timedelta) -> Decimal:
    """A time as hours, to a hundredth."""
    return rounded(Fraction(lasted // timedelta(microseconds=1)) / _HOUR, 2)


def rounded(exact: Fraction, places: int = 1) -> Decimal:
    """The nearest decimal; halves go up."""
    step = Decimal(1).scaleb(-places)
    return (Decimal(exact.numerator) / exact.denominator).quantize(step, ROUND_HALF_UP)
