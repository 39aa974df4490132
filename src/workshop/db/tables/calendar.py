"""The working calendar that the shop keeps (W10c)."""

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice
from workshop.domain.calendar import DayKind


class WorkingWeek(SQLModel, table=True):
    """The regular working days (`12345`, by ISO number) from a Monday until the next row's."""

    __tablename__ = "working_week"
    __table_args__: ClassVar = (sa.CheckConstraint("days <> ''", name="days"),)

    valid_from: date = Field(primary_key=True)
    days: str = Field(max_length=7)


class CalendarDay(SQLModel, table=True):
    """A day that differs from the regular week, with its name."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    kind: DayKind = choice(DayKind)
    name_zh: str = Field(default="", max_length=60)
    name_en: str = Field(default="", max_length=60)


class CalendarYear(SQLModel, table=True):
    """A year whose holidays have been entered."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
