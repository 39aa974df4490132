"""`workshop figures`: the manager's figures of a period, as text or in a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Final

from sqlmodel import Session

from workshop.commands.perform import ROLE_MISSING, Clock, utc_now
from workshop.commands.tx import Actor
from workshop.domain.figures import Period, Ratio, Span, Spread, period_of
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_
from workshop.doors.lines import columns
from workshop.i18n import Translator
from workshop.queries.figures import READERS, Figure, Report, by_definition, figures
from workshop.queries.figures.sheets import case_sheet, figure_sheet
from workshop.queries.figures.words import hours, named_terms, number, term, terms, title, value
from workshop.queries.spreadsheets import write_csv, write_excel

NO_PERIOD = ReasonKind(
    "-", "no_period", N_("From {first} to {last} is no period. Give its first day, and its last one if not today.")
)
FROM_TO: Final = N_("Figures from {first} to {last}")
WRITTEN: Final = N_("The figures from {first} to {last} are written in {file}.")


def report_for(session: Session, reader: Actor, period: Period, zone: str, clock: Clock = utc_now) -> Report:
    """The figures of a period for somebody; `Refused` unless they may see them."""
    if not reader.roles & READERS:
        raise Refused(ROLE_MISSING(roles=tuple(role.label for role in sorted(READERS))))
    return figures(session, period, clock(), zone)


def asked_period(span: str, first: date | None, last: date | None, said: Translator, clock: Clock = utc_now) -> Period:
    """The days asked for, else a period by its name, as seen today in the shop's zone. `Refused` if they are none."""
    today = clock().astimezone(said.zone).date()
    if first is None and last is None:
        return period_of(Span(span), today)
    if first is None or (last or today) < first:
        raise Refused(NO_PERIOD(first=str(first or "-"), last=str(last or today)))
    return Period(first, last or today)


def as_text(report: Report, said: Translator) -> Iterator[str]:
    """The figures for people, as lines under their subjects."""
    yield said(FROM_TO, first=report.period.first, last=report.period.last)
    for subject, found in groupby(report.figures, lambda figure: figure.definition.subject):
        yield from ("", said(subject.label))
        yield from columns(row for one in by_definition(found) for row in _rows(one, said))


def _rows(found: Sequence[Figure], said: Translator) -> Iterator[tuple[str, str, str]]:
    if found[0].about:
        one = found[0].definition
        made_of = f"{said(one.numerator)} / {said(one.denominator)}" if one.denominator else ""
        yield f"  {said(one.label)}", "", made_of
    for figure in found:
        indent = "    " if figure.about else "  "
        made_of = terms(figure, said) if figure.about else named_terms(figure, said)
        yield f"{indent}{title(figure, said)}", value(figure, said), made_of


def as_json(report: Report, said: Translator) -> dict[str, object]:
    """The figures for programs: times as hours, shares as per cent, with the orders of their cases."""
    return {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "at": report.at.isoformat(),
        "figures": [_figure_json(figure, said) for figure in report.figures],
    }


def _figure_json(figure: Figure, said: Translator) -> dict[str, object]:
    found: dict[str, object] = {
        "figure": figure.definition.id,
        "of": figure.about and said.value(figure.about.name),
        "unit": figure.definition.unit.value,
        "value": _number(number(figure)),
        "cases": [case.order for case in figure.cases],
    }
    if isinstance(figure.amount, Ratio):
        found["numerator"] = _number(term(figure.amount.numerator, figure))
        found["denominator"] = _number(term(figure.amount.denominator, figure))
    if isinstance(figure.amount, Spread):
        found["nine_in_ten"] = _number(hours(figure.amount.ninety))
    return found


def _number(found: Decimal | int | None) -> float | int | None:
    return float(found) if isinstance(found, Decimal) else found


def write(report: Report, said: Translator, *, csv: Path | None, excel: Path | None, cases: bool) -> Iterator[str]:
    """Write the files asked for; a sentence for each. The CSV holds the figures, or the `cases` behind them."""
    if csv is not None:
        write_csv(case_sheet(report, said) if cases else figure_sheet(report, said), csv)
    if excel is not None:
        write_excel([figure_sheet(report, said), case_sheet(report, said)], excel)
    for file in (csv, excel):
        if file is not None:
            yield said(WRITTEN, first=report.period.first, last=report.period.last, file=str(file))
