"""Areas, their plans, and the lists that somebody has answered (W9, W10a-W10e).

A list that nobody has answered has no row: that it is due follows from the calendar and the plan.
"""

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice, partial_index
from workshop.domain.cleaning import CleaningMoment


class Area(SQLModel, table=True):
    """A place to keep clean: a team's, a person's or, with neither, everybody's; in use on the days from `since` to
    `until`, both included. Its plan stays the same for good, so that no past day is rewritten.
    """

    __table_args__: ClassVar = (partial_index("uq_area_name", "name", "until IS NULL", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    name: str = Field(max_length=60)
    plan: str = Field(max_length=20)
    team_id: int | None = Field(default=None, foreign_key="team.id")
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    since: date
    until: date | None = None


class CleaningPlanLine(SQLModel, table=True):
    """A line of a plan, valid on the days from the first to the last, both included."""

    __tablename__ = "cleaning_plan_line"

    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(max_length=20, index=True)
    moment: CleaningMoment = choice(CleaningMoment)
    position: int
    text_zh: str = Field(max_length=200)
    text_en: str = Field(max_length=200)
    valid_from: date
    valid_until: date | None = None


class CleaningList(SQLModel, table=True):
    """A list of which somebody has answered a line. `until`: the last day in time, as it was then.

    `open_reason`: why a closing list was signed while areas that it closes had not signed (W10e).
    """

    __tablename__ = "cleaning_list"
    __table_args__: ClassVar = (
        sa.UniqueConstraint("area_id", "day", "moment"),
        sa.CheckConstraint("(signed_by_id IS NULL) = (signed_at IS NULL)", name="signature"),
        sa.CheckConstraint("(countersigned_by_id IS NULL) = (countersigned_at IS NULL)", name="countersignature"),
        sa.CheckConstraint("countersigned_by_id IS NULL OR signed_by_id IS NOT NULL", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    day: date = Field(index=True)
    moment: CleaningMoment = choice(CleaningMoment)
    until: date
    signed_by_id: int | None = Field(default=None, foreign_key="person.id")
    signed_at: datetime | None = None
    signed_on: date | None = None
    late: bool = False
    late_reason: str = Field(default="", sa_type=sa.Text)
    open_reason: str = Field(default="", sa_type=sa.Text)
    countersigned_by_id: int | None = Field(default=None, foreign_key="person.id")
    countersigned_at: datetime | None = None


class CleaningLine(SQLModel, table=True):
    """A line of such a list, as the plan had it. `answered_on`: the shop's own day of the answer, whatever its zone."""

    __tablename__ = "cleaning_line"
    __table_args__: ClassVar = (
        sa.UniqueConstraint("list_id", "position"),
        sa.CheckConstraint("done IS NULL OR done OR reason <> ''", name="reason"),
        sa.CheckConstraint(
            "(done IS NULL) = (answered_by_id IS NULL) AND (done IS NULL) = (answered_at IS NULL) "
            "AND (done IS NULL) = (answered_on IS NULL)",
            name="answer",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    list_id: int = Field(foreign_key="cleaning_list.id")
    position: int
    text_zh: str = Field(max_length=200)
    text_en: str = Field(max_length=200)
    done: bool | None = None
    reason: str = Field(default="", sa_type=sa.Text)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    answered_on: date | None = None
    late: bool = False


class CleaningExtra(SQLModel, table=True):
    """Something done as needed, such as covers and rags washed when soiled (W9); rows are only ever added."""

    __tablename__ = "cleaning_extra"

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id", index=True)
    text_zh: str = Field(max_length=200)
    text_en: str = Field(max_length=200)
    note: str = Field(default="", sa_type=sa.Text)
    done_by_id: int = Field(foreign_key="person.id")
    done_at: datetime
    done_on: date
