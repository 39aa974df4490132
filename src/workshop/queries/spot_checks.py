"""What was seen on walks through the workshop: findings with their remedies, violations (W10d, S8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.tables import Area as AreaRow
from workshop.db.tables import Person, SpotCheck, Violation
from workshop.domain.cleaning import ViolationKind

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class SpotCheckView:
    """A spot check that found something: open, or remedied and to be looked at again."""

    id: int
    area: str
    area_number: str
    finding: str
    checked_by: str
    checked_at: datetime
    remedy: str
    remedied_by: str


@dataclass(frozen=True, slots=True)
class ViolationView:
    """What somebody did on the premises (S8)."""

    id: int
    badge: str
    name: str
    kind: ViolationKind
    place: str
    note: str
    seen_by: str
    seen_at: datetime


def open_checks(session: Session, area_ids: Sequence[int] | None = None) -> list[SpotCheckView]:
    """Findings (of these areas) without a remedy, then remedies that no later check has confirmed (W10d)."""
    of_areas = col(SpotCheck.area_id).in_(area_ids) if area_ids is not None else sa.true()
    later = aliased(SpotCheck)
    looked_again = sa.exists().where(
        col(later.area_id) == col(SpotCheck.area_id), col(later.id) > col(SpotCheck.id), col(later.passed)
    )
    checker, remedier = aliased(Person), aliased(Person)
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(SpotCheck, col(AreaRow.name), col(AreaRow.number), col(checker.name), col(remedier.name))
        .join(AreaRow, col(AreaRow.id) == col(SpotCheck.area_id))
        .join(checker, col(checker.id) == col(SpotCheck.checked_by_id))
        .outerjoin(remedier, col(remedier.id) == col(SpotCheck.remedied_by_id))
        .where(of_areas, ~col(SpotCheck.passed), sa.or_(col(SpotCheck.remedied_at).is_(None), ~looked_again))
        .order_by(col(SpotCheck.remedied_at).is_not(None), col(SpotCheck.id))
        .limit(_MOST)
    )
    return [
        SpotCheckView(row.id, area, number, row.finding, checked_by, row.checked_at, row.remedy, remedied_by or "")
        for row, area, number, checked_by, remedied_by in session.execute(query)
    ]


def violations(session: Session, since: datetime) -> list[ViolationView]:
    """What people were seen doing since then, the newest first (S8)."""
    seer = aliased(Person)
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(Violation, col(Person.badge), col(Person.name), col(seer.name))
        .join(Person, col(Person.id) == col(Violation.person_id))
        .join(seer, col(seer.id) == col(Violation.seen_by_id))
        .where(col(Violation.seen_at) >= since)
        .order_by(col(Violation.id).desc())
        .limit(_MOST)
    )
    return [
        ViolationView(row.id, badge, name, row.kind, row.place, row.note, seen_by, row.seen_at)
        for row, badge, name, seen_by in session.execute(query)
    ]
