"""What is drawn of a figure: the figures that tell it apart (stages, technicians), or its days, weeks or months."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from workshop.domain.figures import Period, Ratio, Spread, ratio, spread
from workshop.domain.words import N_
from workshop.i18n import Translator, money
from workshop.queries.figures import Definition, Figure, Report
from workshop.queries.figures.model import Case, Unit
from workshop.queries.figures.words import duration, title, value
from workshop.tui.plot import Bar

BY: Final = N_("{figure}, by {of}")
BY_DAY, BY_WEEK, BY_MONTH = N_("{figure}, day by day"), N_("{figure}, week by week"), N_("{figure}, month by month")


def bars(report: Report, figure: Figure, t: Translator, most: int) -> tuple[str, list[Bar]]:
    """A title and at most so many bars for a figure; none where there is nothing to tell apart."""
    definition = figure.definition
    wanted = definition.id if definition.of else definition.told_apart_by
    if wanted:
        apart = [one for one in report.figures if one.definition.id == wanted][:most]
        of = apart[0].definition.of if apart else definition.of
        return t(BY, figure=definition.label, of=of), [_bar(one, t) for one in apart]
    if definition.now:
        return "", []
    return _by_parts(report, figure, t, most)


def _bar(figure: Figure, t: Translator) -> Bar:
    amount = figure.amount
    if isinstance(amount, Spread):
        return _spread_bar(title(figure, t), amount, t)
    share = amount.share if isinstance(amount, Ratio) else amount
    return Bar(title(figure, t), float(share or 0), value(figure, t))


def _spread_bar(label: str, amount: Spread, t: Translator) -> Bar:
    median, ninety = amount.median.total_seconds(), amount.ninety.total_seconds()
    return Bar(label, median, duration(amount.median, t), tail=ninety)


def _by_parts(report: Report, figure: Figure, t: Translator, most: int) -> tuple[str, list[Bar]]:
    today = report.at.astimezone(t.zone).date()
    parts = [part for part in report.period.parts(most) if part.first <= today][:most]
    days = [case.at.astimezone(t.zone).date() for case in figure.cases]
    drawn = []
    for part in parts:
        mine = [case for case, day in zip(figure.cases, days, strict=True) if day in part]
        drawn.append(_part_bar(_label(part), figure.definition, mine, t))
    longest = max((part.days for part in parts), default=1)
    words = BY_DAY if longest == 1 else BY_WEEK if longest <= 7 else BY_MONTH
    return t(words, figure=figure.definition.label), drawn


def _part_bar(label: str, definition: Definition, cases: Sequence[Case], t: Translator) -> Bar:
    if definition.unit is Unit.TIME:
        lasted = spread([case.amount for case in cases if isinstance(case.amount, timedelta)])
        return _spread_bar(label, lasted, t) if lasted else Bar(label, 0, "")
    if definition.unit is Unit.PERCENT:
        found = ratio(sum(case.counts for case in cases), len(cases))
        return Bar(label, float(found.share or 0), f"{found.numerator} / {found.denominator}" if cases else "")
    if definition.unit is Unit.MONEY:
        amount = sum((case.amount for case in cases if isinstance(case.amount, Decimal)), Decimal(0))
        return Bar(label, float(amount), money(amount) if amount else "")
    return Bar(label, len(cases), str(len(cases) or ""))


def _label(part: Period) -> str:
    return _day(part.first) if part.days == 1 else f"{_day(part.first)} - {_day(part.last)}"


def _day(day: date) -> str:
    return f"{day:%m-%d}"
