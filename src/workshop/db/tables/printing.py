"""What was printed: originals exist once, what comes after them is a copy."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice
from workshop.domain.papers import Paper


class PrintedPaper(SQLModel, table=True):
    """One printing of a paper about something: `copy` 0 is the original. Append-only by trigger."""

    __tablename__ = "printed_paper"
    __table_args__: ClassVar = (
        sa.UniqueConstraint("paper", "subject", "copy"),
        sa.CheckConstraint("copy >= 0", name="copy"),
    )

    id: int | None = Field(default=None, primary_key=True)
    paper: Paper = choice(Paper)
    subject: str = Field(max_length=20)
    copy_no: int = Field(sa_column=sa.Column("copy", sa.Integer, nullable=False))
    by_id: int = Field(foreign_key="person.id")
    at: datetime
    terminal: str = Field(max_length=60)
