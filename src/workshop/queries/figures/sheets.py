"""The figures as tables for files: one of the figures, one of the cases behind them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from workshop.domain.figures import Ratio, Spread
from workshop.domain.words import N_
from workshop.i18n import Translator
from workshop.queries.figures import Report
from workshop.queries.figures.model import Figure
from workshop.queries.figures.words import hours, number, term
from workshop.queries.spreadsheets import Cell, Sheet

FIGURES, CASES = N_("figures"), N_("cases")
SUBJECT, FIGURE, OF, VALUE, UNIT = N_("subject"), N_("figure"), N_("about"), N_("value"), N_("unit")
NUMERATOR, DENOMINATOR, IS = N_("numerator"), N_("denominator"), N_("what it counts")
COUNT, NINETY, MEANING = N_("number of cases"), N_("9 in 10 within, hours"), N_("definition")
ORDER, VEHICLE, TIME, WHO, WHAT = N_("order"), N_("vehicle"), N_("time"), N_("person"), N_("what")
COUNTS, AMOUNT, MEASURE = N_("in the numerator"), N_("amount"), N_("what was measured")

_HEAD: Final = (
    *(SUBJECT, FIGURE, OF, VALUE, UNIT),
    *(NUMERATOR, IS, DENOMINATOR, IS),
    *(NINETY, COUNT, MEANING),
)
_CASE_HEAD: Final = (FIGURE, OF, ORDER, VEHICLE, TIME, WHO, WHAT, COUNTS, AMOUNT, MEASURE)


def figure_sheet(report: Report, t: Translator) -> Sheet:
    """One row a figure. Times are hours, shares are per cent."""
    return Sheet(t(FIGURES), tuple(map(t, _HEAD)), tuple(_row(figure, t) for figure in report.figures))


def case_sheet(report: Report, t: Translator) -> Sheet:
    """One row for each case behind each figure. Times are hours."""
    rows = (row for figure in report.figures for row in _case_rows(figure, t))
    return Sheet(t(CASES), tuple(map(t, _CASE_HEAD)), tuple(rows))


def _row(figure: Figure, t: Translator) -> tuple[Cell, ...]:
    amount, definition = figure.amount, figure.definition
    terms: tuple[Cell, ...] = (None, "", None, "")
    if isinstance(amount, Ratio):
        numerator, denominator = term(amount.numerator, figure), term(amount.denominator, figure)
        terms = (numerator, t(definition.numerator), denominator, t(definition.denominator))
    return (
        *(t(definition.subject.label), t(definition.label), _of(figure, t), number(figure), t(definition.unit.label)),
        *terms,
        hours(amount.ninety) if isinstance(amount, Spread) else None,
        *(len(figure.cases), t(definition.meaning)),
    )


def _case_rows(figure: Figure, t: Translator) -> Iterator[tuple[Cell, ...]]:
    definition = figure.definition
    for case in figure.cases:
        amount = hours(case.amount) if isinstance(case.amount, timedelta) else case.amount
        yield (
            *(t(definition.label), _of(figure, t), case.order, case.vehicle),
            *(case.at.astimezone(t.zone).replace(tzinfo=None), case.who, t.value(case.what)),
            t.value(case.counts) if definition.numerator else "",
            *(amount, "" if amount is None else t(definition.measure)),
        )


def _of(figure: Figure, t: Translator) -> str:
    return t.value(figure.about.name) if figure.about else ""
