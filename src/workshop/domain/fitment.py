"""Does a part match the car (W6a)? "No data" is not "match"."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Match(StrEnum):
    """The answer of the catalogue."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Car:
    """What fitment asks of a car; unknown facts are empty."""

    make: str
    model: str
    year: int | None
    engine: str
    vin: str


@dataclass(frozen=True, slots=True)
class Fit:
    """One line of the catalogue: the part fits cars for which every filled field agrees. All empty: fits every car."""

    make: str = ""
    model: str = ""
    year_from: int | None = None
    year_to: int | None = None
    engine: str = ""
    vin_prefix: str = ""


def match(car: Car, fits: Iterable[Fit]) -> Match:
    """One agreeing line is enough; a line asking for an unknown fact gives no data, and so does no line at all."""
    answers = [_line(car, fit) for fit in fits]
    if Match.FITS in answers:
        return Match.FITS
    if not answers or Match.NO_DATA in answers:
        return Match.NO_DATA
    return Match.DOES_NOT_FIT


def _line(car: Car, fit: Fit) -> Match:
    checks = [
        _text(fit.make, car.make, exact=True),
        _text(fit.model, car.model, exact=False),
        _text(fit.engine, car.engine, exact=False),
        _text(fit.vin_prefix, car.vin, exact=False),
        _year(fit, car.year),
    ]
    if Match.DOES_NOT_FIT in checks:
        return Match.DOES_NOT_FIT
    return Match.NO_DATA if Match.NO_DATA in checks else Match.FITS


def _text(wanted: str, found: str, *, exact: bool) -> Match:
    if not wanted:
        return Match.FITS
    if not found:
        return Match.NO_DATA
    wanted, found = wanted.casefold(), found.casefold()
    if found == wanted or (not exact and found.startswith(wanted)):
        return Match.FITS
    # A car known only as "EA211" may or may not be the "EA211 1.4T" that the catalogue names.
    return Match.NO_DATA if not exact and wanted.startswith(found) else Match.DOES_NOT_FIT


def _year(fit: Fit, year: int | None) -> Match:
    if fit.year_from is None and fit.year_to is None:
        return Match.FITS
    if year is None:
        return Match.NO_DATA
    low, high = fit.year_from or year, fit.year_to or year
    return Match.FITS if low <= year <= high else Match.DOES_NOT_FIT
