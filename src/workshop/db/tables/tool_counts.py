"""Tools on an order: carts drawn for it, the counts against the record, what was missing, instruments cited (W8b)."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice, partial_index
from workshop.domain.tools import CountMoment


class OrderCart(SQLModel, table=True):
    """A cart or kit drawn for an order in one of its rounds, until it goes back. A cart is at one order at a time.

    `count_id`: the count after work under which it went back; none, if it was empty by then.
    """

    __tablename__ = "order_cart"
    __table_args__: ClassVar = (
        sa.CheckConstraint("(back_at IS NULL) = (back_by_id IS NULL)", name="back_by_somebody"),
        partial_index("uq_order_cart_out", "cart_id", "back_at IS NULL", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    cart_id: int = Field(foreign_key="cart.id")
    round: int
    drawn_by_id: int = Field(foreign_key="person.id")
    drawn_at: datetime
    back_by_id: int | None = Field(default=None, foreign_key="person.id")
    back_at: datetime | None = None
    count_id: int | None = Field(default=None, foreign_key="tool_count.id")


class ToolCount(SQLModel, table=True):
    """One of the three counts of an order's tools, in a round of the order; the newest of a moment counts."""

    __tablename__ = "tool_count"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    round: int
    moment: CountMoment = choice(CountMoment)
    by_id: int = Field(foreign_key="person.id")
    at: datetime


class ToolCountLine(SQLModel, table=True):
    """A tool that the record expected at a count, and whether it was seen."""

    __tablename__ = "tool_count_line"
    __table_args__: ClassVar = (sa.UniqueConstraint("count_id", "tool_id"),)

    id: int | None = Field(default=None, primary_key=True)
    count_id: int = Field(foreign_key="tool_count.id", index=True)
    tool_id: int = Field(foreign_key="tool.id", index=True)
    seen: bool


class MissingTool(SQLModel, table=True):
    """What became of a tool that a count did not see: found, or the team leader's signature with the reason."""

    __tablename__ = "missing_tool"
    __table_args__: ClassVar = (sa.CheckConstraint("found OR reason <> ''", name="reason"),)

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="tool_count_line.id", unique=True)
    found: bool
    reason: str = Field(default="", sa_type=sa.Text)
    by_id: int = Field(foreign_key="person.id")
    at: datetime


class CheckInstrument(SQLModel, table=True):
    """The instrument that a value of a self-check or an inspection was measured with."""

    __tablename__ = "check_instrument"

    check_id: int = Field(primary_key=True, foreign_key="check_answer.id")
    tool_id: int = Field(foreign_key="tool.id", index=True)
