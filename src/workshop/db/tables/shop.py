"""The shop itself: its data, its bays, the series its numbers come from."""

from decimal import Decimal
from typing import Annotated

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Cents


class Shop(SQLModel, table=True):
    """The one row that says whose workshop this is."""

    __table_args__ = (sa.CheckConstraint("id = 1", name="one_shop"),)

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=100)
    address: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=30)
    timezone: str = Field(default="Asia/Shanghai", max_length=60)
    labour_rate: Annotated[Decimal, Field(sa_type=Cents)]
    demo: bool = False


class Bay(SQLModel, table=True):
    """A working place on the floor."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    name: str = Field(max_length=60, unique=True)


class NumberSeries(SQLModel, table=True):
    """The last serial given out per kind of number; serials are never reused."""

    kind: str = Field(max_length=2, primary_key=True)
    last: int = 0
