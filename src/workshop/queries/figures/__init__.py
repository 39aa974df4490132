"""The manager's figures of a period. One module a subject; each declares what it counts and of what.

To add one: declare its `Definition`, yield it with its cases from the `figures` of its subject's module, and list a new
module in `_SUBJECTS`. The screen, the exports and the page of definitions in the docs follow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from workshop.domain.figures import Period
from workshop.domain.roles import Role
from workshop.queries.figures import approvals, cleaning, compensation, hours, inspections, loans, orders, stages
from workshop.queries.figures.model import Case, Definition, Figure, Scope, Subject

__all__ = ["DEFINITIONS", "READERS", "Case", "Definition", "Figure", "Report", "Subject", "by_definition", "figures"]

READERS: Final = frozenset({Role.MANAGER})
"""Who may see them: they tell how individual people work."""

_SUBJECTS: Final = (orders, stages, approvals, inspections, hours, loans, compensation, cleaning)
_ORDER: Final = {subject: place for place, subject in enumerate(Subject)}
DEFINITIONS: Final[tuple[Definition, ...]] = tuple(
    sorted((one for module in _SUBJECTS for one in module.DEFINITIONS), key=lambda one: _ORDER[one.subject])
)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period as they stood at a moment, in the order of their definitions."""

    period: Period
    at: datetime
    figures: tuple[Figure, ...]


def figures(session: Session, period: Period, now: datetime, timezone: str) -> Report:
    """Every figure of the period; its days are those of the shop's zone."""
    scope = Scope(session, period, ZoneInfo(timezone), now)
    found = [figure for module in _SUBJECTS for figure in module.figures(scope)]
    place = {definition.id: number for number, definition in enumerate(DEFINITIONS)}
    return Report(period, now, tuple(sorted(found, key=lambda figure: place[figure.definition.id])))


def by_definition(found: Iterable[Figure]) -> list[list[Figure]]:
    """The figures of each definition together: one, or one for each that it is told apart by."""
    return [list(group) for _, group in groupby(found, lambda figure: figure.definition)]
