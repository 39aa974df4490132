"""Loads what the rules of cleaning need: the calendar, areas, plans, and the lists that somebody has answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.tables import Area as AreaRow
from workshop.db.tables import (
    CalendarDay,
    CalendarYear,
    CleaningLine,
    CleaningList,
    CleaningPlanLine,
    Person,
    Team,
    WorkingWeek,
)
from workshop.domain.calendar import Calendar
from workshop.domain.cleaning import Area, CleaningMoment, LineFacts, PlanLine
from workshop.domain.words import Name

Key = tuple[int, date, CleaningMoment]
"""An area's id, the day and the moment: what names a list."""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list that was answered at least in part."""

    area_id: int
    day: date
    moment: CleaningMoment
    until: date
    signed_by: str
    signed_by_id: int | None
    late: bool
    late_reason: str
    open_reason: str
    countersigned_by: str
    lines: tuple[LineFacts, ...]

    @property
    def signed(self) -> bool:
        """Whether somebody stands for it."""
        return self.signed_by_id is not None


def load_calendar(session: Session) -> Calendar:
    """The working calendar."""
    weeks = session.execute(sa.select(col(WorkingWeek.valid_from), col(WorkingWeek.days)))
    days = session.execute(sa.select(col(CalendarDay.day), col(CalendarDay.kind)))
    years = session.execute(sa.select(col(CalendarYear.year))).scalars()
    return Calendar(
        {row.valid_from: frozenset(map(int, row.days)) for row in weeks},
        {row.day: row.kind for row in days},
        frozenset(years),
    )


def load_areas(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Area]:
    """The areas that meet the conditions, also those no longer in use, in the order in which they were entered."""
    return [
        Area(
            row.id,
            row.number,
            row.name,
            row.plan,
            row.since,
            row.until,
            row.team_id,
            team or "",
            row.owner_id,
            owner or "",
            badge,
        )
        for row, team, owner, badge in session.execute(_AREAS.where(*conditions))
    ]


_AREAS: sa.Select[*tuple[Any, ...]] = (
    sa.select(AreaRow, col(Team.name), col(Person.name), col(Person.badge))
    .outerjoin(Team, col(Team.id) == col(AreaRow.team_id))
    .outerjoin(Person, col(Person.id) == col(AreaRow.owner_id))
    .order_by(col(AreaRow.id))
)


def load_plans(session: Session, codes: Iterable[str] | None = None) -> dict[str, list[PlanLine]]:
    """Every line that the plans have or had, by plan."""
    query = sa.select(CleaningPlanLine).order_by(col(CleaningPlanLine.position), col(CleaningPlanLine.id))
    if codes is not None:
        query = query.where(col(CleaningPlanLine.plan).in_(list(codes)))
    found: dict[str, list[PlanLine]] = {}
    for row in session.execute(query).scalars():
        text = Name(row.text_zh, row.text_en)
        line = PlanLine(row.moment, row.position, text, row.valid_from, row.valid_until)
        found.setdefault(row.plan, []).append(line)
    return found


def load_lists(session: Session, *conditions: sa.ColumnElement[bool]) -> dict[Key, ListFacts]:
    """The lists that meet the conditions, by what names them."""
    rows = session.execute(_LISTS.where(*conditions)).all()
    lines = _lines(session, [row[0].id or 0 for row in rows])
    return {
        (row.area_id, row.day, row.moment): ListFacts(
            row.area_id,
            row.day,
            row.moment,
            row.until,
            signed_by or "",
            row.signed_by_id,
            row.late,
            row.late_reason,
            row.open_reason,
            countersigned_by or "",
            tuple(lines.get(row.id, ())),
        )
        for row, signed_by, countersigned_by in rows
    }


_Signer, _Second = aliased(Person), aliased(Person)
_LISTS: sa.Select[*tuple[Any, ...]] = (
    sa.select(CleaningList, col(_Signer.name), col(_Second.name))
    .outerjoin(_Signer, col(_Signer.id) == col(CleaningList.signed_by_id))
    .outerjoin(_Second, col(_Second.id) == col(CleaningList.countersigned_by_id))
)


def _lines(session: Session, list_ids: Sequence[int]) -> Mapping[int, list[LineFacts]]:
    found: dict[int, list[LineFacts]] = {}
    for row, name in session.execute(_LINES, {"ids": list_ids}) if list_ids else ():
        text = Name(row.text_zh, row.text_en)
        found.setdefault(row.list_id, []).append(
            LineFacts(row.position, text, row.done, row.reason, name or "", row.late)
        )
    return found


_LINES = (
    sa.select(CleaningLine, col(Person.name))
    .outerjoin(Person, col(Person.id) == col(CleaningLine.answered_by_id))
    .where(col(CleaningLine.list_id).in_(sa.bindparam("ids", expanding=True)))
    .order_by(col(CleaningLine.position))
)
