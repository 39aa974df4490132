"""Liability: cases, decisions, shares, answers, settlements, and what a final decision closes (W8a, W6c).

Rows are only ever added, and triggers hold that; where a case stands follows from them (`workshop.domain.liability`).
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Cents, choice
from workshop.domain.liability import CaseSubject, Cause, Ground, Method, ToolFate


class LiabilityCase(SQLModel, table=True):
    """A report of damage or loss. `price` is that of all its pieces at that time.

    `custodian_id` was read from the record then: a tool's from `move_id`, its newest move; a part's from its issue.
    """

    __tablename__ = "liability_case"
    __table_args__: ClassVar = (
        sa.CheckConstraint("(subject = 'tool') = (tool_id IS NOT NULL)", name="tool"),
        sa.CheckConstraint("(subject <> 'tool') = (issue_id IS NOT NULL)", name="issue"),
        sa.CheckConstraint("pieces > 0 AND price >= 0 AND circumstances <> ''", name="amounts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    subject: CaseSubject = choice(CaseSubject)
    tool_id: int | None = Field(default=None, foreign_key="tool.id", index=True)
    move_id: int | None = Field(default=None, foreign_key="tool_move.id")
    issue_id: int | None = Field(default=None, foreign_key="part_issue.id", index=True)
    pieces: int = 1
    price: Annotated[Decimal, Field(sa_type=Cents)]
    cause: Cause = choice(Cause)
    circumstances: str = Field(sa_type=sa.Text)
    custodian_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    order_id: int | None = Field(default=None, foreign_key="repair_order.id", index=True)
    reported_by_id: int = Field(foreign_key="person.id")
    at: datetime


class LiabilityDecision(SQLModel, table=True):
    """A manager's decision: who is liable for how much and how, or on what ground nobody is.

    `instance` 1 may be objected to; 2 is another manager's, and final.
    """

    __tablename__ = "liability_decision"
    __table_args__: ClassVar = (
        sa.UniqueConstraint("case_id", "instance"),
        sa.CheckConstraint("instance IN (1, 2) AND reason <> ''", name="instance"),
        sa.CheckConstraint("(cause IS NULL) = (ground IS NOT NULL) AND cause <> 'wear'", name="liable"),
        sa.CheckConstraint(
            "(cause IS NULL) = (amount IS NULL) AND (cause IS NULL) = (method IS NULL) AND amount > 0", name="terms"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="liability_case.id", index=True)
    instance: int
    decided_by_id: int = Field(foreign_key="person.id")
    at: datetime
    cause: Cause | None = choice(Cause, default=None, nullable=True)
    amount: Annotated[Decimal | None, Field(sa_type=Cents)] = None
    method: Method | None = choice(Method, default=None, nullable=True)
    ground: Ground | None = choice(Ground, default=None, nullable=True)
    reason: str = Field(sa_type=sa.Text)


class LiabilityShare(SQLModel, table=True):
    """What one person is to make good by a decision. `percent` is kept in hundredths, as money is."""

    __tablename__ = "liability_share"
    __table_args__: ClassVar = (
        sa.UniqueConstraint("decision_id", "person_id"),
        sa.CheckConstraint("percent > 0 AND percent <= 10000 AND amount >= 0", name="amounts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="liability_decision.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    percent: Annotated[Decimal, Field(sa_type=Cents)]
    amount: Annotated[Decimal, Field(sa_type=Cents)]


class LiabilityAnswer(SQLModel, table=True):
    """The person's own answer to a share: acknowledged, or objected to with a statement."""

    __tablename__ = "liability_answer"
    __table_args__: ClassVar = (sa.CheckConstraint("acknowledged OR statement <> ''", name="statement"),)

    share_id: int = Field(foreign_key="liability_share.id", primary_key=True)
    acknowledged: bool
    statement: str = Field(default="", sa_type=sa.Text)
    at: datetime


class LiabilitySettlement(SQLModel, table=True):
    """A part of a share that was made good: an instalment, or what a replacement or a repair stands for."""

    __tablename__ = "liability_settlement"
    __table_args__: ClassVar = (sa.CheckConstraint("amount > 0", name="amount"),)

    id: int | None = Field(default=None, primary_key=True)
    share_id: int = Field(foreign_key="liability_share.id", index=True)
    method: Method = choice(Method)
    amount: Annotated[Decimal, Field(sa_type=Cents)]
    received_by_id: int = Field(foreign_key="person.id")
    note: str = Field(default="", sa_type=sa.Text)
    at: datetime


class PartWriteOff(SQLModel, table=True):
    """The final decision of a case about parts: its pieces are owed, or in somebody's hands, no longer (W6c)."""

    __tablename__ = "part_write_off"

    case_id: int = Field(foreign_key="liability_case.id", primary_key=True)
    at: datetime


class ToolRelease(SQLModel, table=True):
    """The end of a tool's freeze. `after_move_id` is the tool's newest move then, `replacement_id` the piece for it."""

    __tablename__ = "tool_release"
    __table_args__: ClassVar = (
        sa.CheckConstraint("replacement_id IS NULL OR fate = 'out_of_use'", name="replacement"),
    )

    case_id: int = Field(foreign_key="liability_case.id", primary_key=True)
    fate: ToolFate = choice(ToolFate)
    replacement_id: int | None = Field(default=None, foreign_key="tool.id", unique=True)
    after_move_id: int | None = Field(default=None, foreign_key="tool_move.id")
    by_id: int = Field(foreign_key="person.id")
    note: str = Field(default="", sa_type=sa.Text)
    at: datetime
