"""Vehicles on lifts and stands (S2)."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import partial_index


class Lifting(SQLModel, table=True):
    """A vehicle put on a lift or stand, and down again; `weight` of it and `rated_load` in kg, as they were then."""

    __table_args__: ClassVar = (
        partial_index("uq_lifting_up", "tool_id", "down_at IS NULL", unique=True),
        sa.CheckConstraint("weight > 0 AND weight <= rated_load", name="load"),
        sa.CheckConstraint("(down_at IS NULL) = (down_by_id IS NULL)", name="lowered_by_somebody"),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    tool_id: int = Field(foreign_key="tool.id", index=True)
    weight: int
    rated_load: int
    up_by_id: int = Field(foreign_key="person.id")
    up_at: datetime
    down_by_id: int | None = Field(default=None, foreign_key="person.id")
    down_at: datetime | None = None
