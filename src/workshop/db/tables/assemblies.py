"""Assemblies taken off a car while it is worked on (S3)."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice, partial_index
from workshop.domain.assemblies import AssemblyEnd, Rest


class RemovedAssembly(SQLModel, table=True):
    """Something taken off the car for an item, where it lies, and what became of it. `place`: which tray or shelf."""

    __tablename__ = "removed_assembly"
    __table_args__: ClassVar = (
        sa.CheckConstraint("cleaned", name="cleaned"),
        sa.CheckConstraint("(covered_at IS NULL) = (covered_by_id IS NULL)", name="covered_by_somebody"),
        sa.CheckConstraint(
            "(ended IS NULL) = (ended_at IS NULL) AND (ended IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"
        ),
        sa.CheckConstraint("ended IS NULL OR ended = 'refitted' OR note <> ''", name="note"),
        partial_index("ix_removed_assembly_off", "item_id", "ended IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="order_item.id", index=True)
    what: str = Field(max_length=60)
    rest: Rest = choice(Rest)
    place: str = Field(max_length=60)
    cleaned: bool
    removed_by_id: int = Field(foreign_key="person.id")
    removed_at: datetime
    covered_by_id: int | None = Field(default=None, foreign_key="person.id")
    covered_at: datetime | None = None
    ended: AssemblyEnd | None = choice(AssemblyEnd, default=None, nullable=True)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None
    note: str = Field(default="", sa_type=sa.Text)
