"""Whether the workshop is kept clean: lists kept, spot checks passed, violations (W9, W10, S8)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from workshop.db.cleaning_facts import load_areas
from workshop.db.tables import Area, Person, SpotCheck, Violation
from workshop.domain.cleaning import ListState
from workshop.domain.figures import Period
from workshop.domain.words import N_
from workshop.queries.cleaning import Diary, ListView
from workshop.queries.figures.model import (
    About,
    Case,
    Definition,
    Figure,
    Scope,
    Subject,
    Unit,
    count_of,
    share_of,
)

_KEPT: Final = N_("signed in time, every line done")
_DUE: Final = N_("lists that were due")
KEPT: Final = Definition(
    "lists_kept",
    Subject.CLEANING,
    Unit.PERCENT,
    N_("cleaning lists kept"),
    N_(
        "Of the lists whose last day was in the period, those signed in time with every line done. A list of today "
        "counts once it is signed."
    ),
    N_("lists whose last day was in the period"),
    _KEPT,
    _DUE,
)
BY_AREA: Final = Definition(
    "lists_kept_by_area",
    Subject.CLEANING,
    Unit.PERCENT,
    N_("lists kept, by area"),
    N_("The same for the lists of one area."),
    N_("lists of the area whose last day was in the period"),
    _KEPT,
    _DUE,
    of=N_("area"),
)
PASSED: Final = Definition(
    "spot_checks_passed",
    Subject.CLEANING,
    Unit.PERCENT,
    N_("spot checks passed"),
    N_("Of the spot checks of areas in the period, those that found nothing."),
    N_("spot checks in the period"),
    N_("passed"),
    N_("spot checks"),
)
VIOLATIONS: Final = Definition(
    "violations",
    Subject.CLEANING,
    Unit.CASES,
    N_("violations"),
    N_("How often people were seen smoking, spitting or littering on the premises in the period."),
    N_("violations recorded in the period"),
)
DEFINITIONS: Final = (KEPT, BY_AREA, PASSED, VIOLATIONS)


def figures(scope: Scope) -> Iterator[Figure]:
    """Lists kept in all and by area, spot checks, violations."""
    by_area: dict[About, list[Case]] = defaultdict(list)
    for one in _due(scope):
        by_area[About(one.area.number, one.area.name)].append(_case(scope, one))
    yield share_of(KEPT, (case for cases in by_area.values() for case in cases))
    yield from (share_of(BY_AREA, cases, area) for area, cases in by_area.items())
    checks = scope.session.execute(
        sa.select(
            col(SpotCheck.checked_at),
            col(SpotCheck.passed),
            col(SpotCheck.finding),
            col(Area.name),
            col(Person.name).label("who"),
        )
        .join(Area, col(Area.id) == col(SpotCheck.area_id))
        .join(Person, col(Person.id) == col(SpotCheck.checked_by_id))
        .where(scope.within(SpotCheck.checked_at))
        .order_by(col(SpotCheck.id))
    )
    yield share_of(
        PASSED,
        (Case("", "", row.checked_at, row.who, (row.name, row.finding), counts=row.passed) for row in checks),
    )
    seen = scope.session.execute(
        sa.select(col(Violation.seen_at), col(Violation.kind), col(Violation.place), col(Person.name).label("who"))
        .join(Person, col(Person.id) == col(Violation.person_id))
        .where(scope.within(Violation.seen_at))
        .order_by(col(Violation.id))
    )
    yield count_of(VIOLATIONS, (Case("", "", row.seen_at, row.who, (row.kind.label, row.place)) for row in seen))


def _due(scope: Scope) -> Iterator[ListView]:
    """The lists whose last day was in the period and is over, and those of today that are signed."""
    today = scope.now.astimezone(scope.zone).date()
    first, last = scope.period.first, min(scope.period.last, today)
    if last < first:
        return
    areas = load_areas(scope.session)
    diary = Diary(scope.session, today, first, last, areas)
    for day in Period(first, last):
        for area in areas:
            yield from (one for one in diary.lists(area, day) if one.due.until == day and (day < today or one.signed))


def _case(scope: Scope, one: ListView) -> Case:
    day = one.due.until
    at, _ = Period(day, day).bounds(scope.zone)
    what = (one.area.name, one.due.moment.label, one.state.label)
    return Case("", "", at, one.signed_by or one.area.whose, what, counts=one.state is ListState.DONE)
