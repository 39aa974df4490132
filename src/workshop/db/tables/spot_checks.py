"""What is seen on a walk through the workshop: spot checks of areas (W10d), violations by people (S8)."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice, partial_index
from workshop.domain.cleaning import ViolationKind


class SpotCheck(SQLModel, table=True):
    """A look at an area: passed, or failed with what was found and, later, its remedy."""

    __tablename__ = "spot_check"
    __table_args__: ClassVar = (
        sa.CheckConstraint("passed = (finding = '')", name="finding"),
        sa.CheckConstraint(
            "(remedied_by_id IS NULL) = (remedied_at IS NULL) AND (remedied_by_id IS NULL) = (remedy = '')",
            name="remedy",
        ),
        sa.CheckConstraint("NOT passed OR remedied_by_id IS NULL", name="remedied"),
        partial_index("ix_spot_check_open", "area_id", "NOT passed AND remedied_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id", index=True)
    passed: bool
    finding: str = Field(default="", sa_type=sa.Text)
    checked_by_id: int = Field(foreign_key="person.id")
    checked_at: datetime
    remedy: str = Field(default="", sa_type=sa.Text)
    remedied_by_id: int | None = Field(default=None, foreign_key="person.id")
    remedied_at: datetime | None = None


class Violation(SQLModel, table=True):
    """Somebody smoked, spat or littered on the premises; rows are only ever added."""

    __table_args__: ClassVar = (sa.CheckConstraint("person_id <> seen_by_id", name="seen_by_another"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: ViolationKind = choice(ViolationKind)
    place: str = Field(max_length=60)
    note: str = Field(default="", sa_type=sa.Text)
    seen_by_id: int = Field(foreign_key="person.id")
    seen_at: datetime
