"""Hands out the numbers that carry barcodes: one series per kind, no serial twice."""

from sqlmodel import Session

from workshop.db.tables import NumberSeries
from workshop.domain import numbers
from workshop.domain.numbers import Kind


def next_number(session: Session, kind: Kind) -> str:
    """The next number of a kind; must be called within the writing transaction."""
    series = session.get(NumberSeries, kind.value)
    if series is None:
        series = NumberSeries(kind=kind.value, last=0)
        session.add(series)
    series.last += 1
    return numbers.make(kind, series.last)
