"""People, their roles, teams and certificates, and the lockout of badges."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice
from workshop.domain.roles import Role
from workshop.domain.states import Training


class Team(SQLModel, table=True):
    """A team of technicians."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60, unique=True)


class Person(SQLModel, table=True):
    """Somebody who works here. People are never deleted: what they signed stays theirs."""

    id: int | None = Field(default=None, primary_key=True)
    badge: str = Field(max_length=10, unique=True)
    name: str = Field(max_length=60)
    initials: str = Field(default="", max_length=300)
    pin_hash: str = Field(max_length=200)
    language: str = Field(default="zh_CN", max_length=10)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    active: bool = True


class PersonRole(SQLModel, table=True):
    """A role held by a person."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: Role = choice(Role, primary_key=True)


class Certificate(SQLModel, table=True):
    """A certificate of training (W11), valid from the first to the last day, both included."""

    __table_args__ = (sa.CheckConstraint("valid_from <= valid_until", name="validity"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    training: Training = choice(Training)
    valid_from: date
    valid_until: date


class SignInGuard(SQLModel, table=True):
    """Failed sign-ins per badge as typed, whether such a badge exists or not; growing lockout."""

    badge: str = Field(max_length=32, primary_key=True)
    failures: int = 0
    locked_until: datetime | None = None
