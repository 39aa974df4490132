"""Trainings and meetings: sessions, who is invited, who came (W11)."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice, partial_index
from workshop.domain.states import Training


class TrainingSession(SQLModel, table=True):
    """A training or meeting. With `training`, closing it gives everybody on its roll that certificate.

    `certificate_days`: how long the certificate counts. `called_off`: why it never took place.
    """

    __tablename__ = "training_session"
    __table_args__: ClassVar = (
        sa.CheckConstraint("starts_at < ends_at", name="times"),
        sa.CheckConstraint("(training IS NULL) = (certificate_days IS NULL)", name="certificate"),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        sa.CheckConstraint("called_off = '' OR closed_at IS NOT NULL", name="called_off"),
        partial_index("ix_training_session_open", "starts_at", "closed_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    topic: str = Field(max_length=60)
    training: Training | None = choice(Training, default=None, nullable=True)
    certificate_days: int | None = None
    starts_at: datetime
    ends_at: datetime
    place: str = Field(max_length=60)
    held_by: str = Field(max_length=60)
    planned_by_id: int = Field(foreign_key="person.id")
    planned_at: datetime
    closed_at: datetime | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")
    called_off: str = Field(default="", sa_type=sa.Text)


class SessionInvitee(SQLModel, table=True):
    """Somebody who is expected at a session, and the excuse where there is one."""

    __tablename__ = "session_invitee"
    __table_args__: ClassVar = (
        sa.CheckConstraint("(excused_at IS NULL) = (excused_by_id IS NULL)", name="excused_by_somebody"),
        sa.CheckConstraint("(excused_at IS NULL) = (excuse = '')", name="excuse"),
        sa.CheckConstraint("excused_by_id <> person_id", name="two_people"),
    )

    session_id: int = Field(foreign_key="training_session.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    excuse: str = Field(default="", sa_type=sa.Text)
    excused_by_id: int | None = Field(default=None, foreign_key="person.id")
    excused_at: datetime | None = None


class SessionAttendance(SQLModel, table=True):
    """Somebody whose badge was scanned at a session, invited or not, and the certificate that came of it."""

    __tablename__ = "session_attendance"

    session_id: int = Field(foreign_key="training_session.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    at: datetime
    called_by_id: int = Field(foreign_key="person.id")
    certificate_id: int | None = Field(default=None, foreign_key="certificate.id", unique=True)
