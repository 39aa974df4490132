"""What a command works with: the writing transaction, the one `now`, who acts and where."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from workshop.db import numbering
from workshop.db.facts import load_facts
from workshop.db.tables import ChecklistLine, Shop, Team
from workshop.domain.facts import OrderFacts
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.words import N_

Row = TypeVar("Row", bound=SQLModel)
Condition = bool | sa.ColumnElement[bool]

NOT_FOUND = ReasonKind(
    "-", "not_found", N_("There is no such record here: {what}. Check the number, or search for it.")
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a signed-in person."""

    id: int
    badge: str
    name: str
    roles: frozenset[Role]
    language: str = "zh_CN"
    team_id: int | None = None


@dataclass
class Tx:
    """One command at work in the one writing transaction."""

    session: Session
    now: datetime
    actor: Actor
    terminal: str
    _facts: dict[int, OrderFacts] = field(default_factory=dict)
    _kept: list[SQLModel] = field(default_factory=list)

    def facts(self, order_id: int | None) -> OrderFacts:
        """The order's facts as they were before this command changed anything."""
        key = order_id or 0
        if key not in self._facts:
            self._facts.update(load_facts(self.session, [key], self.now))
        return self._facts[key]

    def facts_now(self, order_id: int | None) -> OrderFacts:
        """The order's facts with the changes that this command has made so far."""
        self.session.flush()
        self._facts.pop(order_id or 0, None)
        return self.facts(order_id)

    def get(self, table: type[Row], key: int | str | None) -> Row:
        """The row with this primary key; refused if there is none."""
        row = self.session.get(table, key)
        if row is None:
            raise Refused(NOT_FOUND(what=str(key)))
        self._kept.append(row)  # a session forgets rows that nobody holds, and would read them again
        return row

    def one(self, table: type[Row], *conditions: Condition, what: str) -> Row:
        """The one row that meets the conditions; refused, naming `what` was asked for, if there is none."""
        row = self.find(table, *conditions)
        if row is None:
            raise Refused(NOT_FOUND(what=what))
        return row

    def find(self, table: type[Row], *conditions: Condition) -> Row | None:
        """The one row that meets the conditions, or None."""
        return self.session.exec(select(table).where(*conditions)).one_or_none()

    def all(self, table: type[Row], *conditions: Condition) -> list[Row]:
        """Every row that meets the conditions."""
        return list(self.session.exec(select(table).where(*conditions)).all())

    def add(self, row: Row) -> Row:
        """Keep a new row; its id is known afterwards."""
        self.session.add(row)
        self.session.flush()
        return row

    def number(self, kind: Kind) -> str:
        """The next number of a kind."""
        return numbering.next_number(self.session, kind)

    def team_name(self, team_id: int | None) -> str:
        """The team's name; empty where there is none."""
        team = self.session.get(Team, team_id) if team_id else None
        return team.name if team else ""

    def checklist(self, checklist: str) -> list[ChecklistLine]:
        """The lines of a checklist template, in order."""
        query = select(ChecklistLine).where(ChecklistLine.checklist == checklist)
        return list(self.session.exec(query.order_by(col(ChecklistLine.position))).all())

    @property
    def today(self) -> date:
        """The day in the shop's own zone."""
        return self.day(self.now)

    def day(self, moment: datetime) -> date:
        """The day of a moment in the shop's own zone."""
        return moment.astimezone(ZoneInfo(self.get(Shop, 1).timezone)).date()


def key(row_id: int | None) -> int:
    """The id of a row that has been kept."""
    if row_id is None:
        raise ValueError("the row has not been kept yet")
    return row_id
