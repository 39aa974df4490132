"""The ledger: who did what, when and where, each line carrying the hash of the one before."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class LedgerHead(SQLModel, table=True):
    """The last line's number and hash. Its row is locked first by every writing transaction."""

    __tablename__ = "ledger_head"
    __table_args__: ClassVar = (sa.CheckConstraint("id = 1", name="one_head"),)

    id: int = Field(default=1, primary_key=True)
    number: int = 0
    hash: str = Field(max_length=64)


class LedgerLine(SQLModel, table=True):
    """One act. `payload` and `outcome` are canonical JSON; triggers refuse to change or delete a line."""

    __tablename__ = "ledger_line"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    person_id: int = Field(foreign_key="person.id")
    badge: str = Field(max_length=10)
    terminal: str = Field(max_length=60)
    command: str = Field(max_length=60, index=True)
    command_id: str = Field(max_length=64, unique=True)
    order_number: str | None = Field(default=None, max_length=10, index=True)
    payload: str = Field(sa_type=sa.Text)
    outcome: str = Field(sa_type=sa.Text)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)
