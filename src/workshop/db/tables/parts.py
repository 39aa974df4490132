"""Parts on the order and across the counter: lines, issues, fittings, returns, old parts, stock (W6a, W6b)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Cents, choice
from workshop.domain.states import IssueBasis, MovementKind, OldPartState


class PartLine(SQLModel, table=True):
    """A part that an item asks for. `agreed` once the customer consented to it (W5)."""

    __tablename__ = "part_line"
    __table_args__: ClassVar = (sa.CheckConstraint("quantity > 0 AND price >= 0", name="amounts"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="order_item.id", index=True)
    part_id: int = Field(foreign_key="part.id", index=True)
    quantity: int
    price: Annotated[Decimal, Field(sa_type=Cents)]
    agreed: bool = False
    change_line_id: int | None = Field(default=None, foreign_key="change_line.id")
    not_needed: str = Field(default="", sa_type=sa.Text)


class FitException(SQLModel, table=True):
    """The two signatures under a part without fitment data (W6a): the clerk's first, then the technician's."""

    __tablename__ = "fit_exception"
    __table_args__: ClassVar = (
        sa.CheckConstraint("technician_id IS NULL OR technician_id <> clerk_id", name="two_people"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="part_line.id", unique=True)
    clerk_id: int = Field(foreign_key="person.id")
    clerk_at: datetime
    clerk_reason: str = Field(sa_type=sa.Text)
    technician_id: int | None = Field(default=None, foreign_key="person.id")
    technician_at: datetime | None = None
    technician_reason: str = Field(default="", sa_type=sa.Text)


class PartIssue(SQLModel, table=True):
    """New parts handed over the counter, and on what basis (W6b). A trigger refuses one without old part or loan."""

    __tablename__ = "part_issue"
    __table_args__: ClassVar = (
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.CheckConstraint("basis <> 'loan' OR loan_reason <> ''", name="loan_reason"),
        sa.CheckConstraint("(basis = 'old_part') = (old_part_id IS NOT NULL)", name="old_for_new"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="part_line.id", index=True)
    part_id: int = Field(foreign_key="part.id", index=True)
    quantity: int
    basis: IssueBasis = choice(IssueBasis)
    old_part_id: int | None = Field(default=None, foreign_key="old_part.id", unique=True)
    loan_reason: str = Field(default="", sa_type=sa.Text)
    clerk_id: int = Field(foreign_key="person.id")
    technician_id: int = Field(foreign_key="person.id")
    at: datetime


class PartReturn(SQLModel, table=True):
    """Unused parts back on the shelf (退料)."""

    __tablename__ = "part_return"
    __table_args__: ClassVar = (sa.CheckConstraint("quantity > 0", name="quantity"),)

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="part_issue.id", index=True)
    quantity: int
    reason: str = Field(sa_type=sa.Text)
    clerk_id: int = Field(foreign_key="person.id")
    at: datetime


class PartFitting(SQLModel, table=True):
    """Parts fitted to the car (W6a)."""

    __tablename__ = "part_fitting"
    __table_args__: ClassVar = (sa.CheckConstraint("quantity > 0", name="quantity"),)

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="part_issue.id", index=True)
    quantity: int
    technician_id: int = Field(foreign_key="person.id")
    at: datetime


class OldPart(SQLModel, table=True):
    """An old part with its own tag and its own life (W6b)."""

    __tablename__ = "old_part"
    __table_args__: ClassVar = (sa.CheckConstraint("quantity > 0", name="quantity"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    line_id: int = Field(foreign_key="part_line.id", index=True)
    part_id: int = Field(foreign_key="part.id", index=True)
    quantity: int
    hazardous: bool
    state: OldPartState = choice(OldPartState, default=OldPartState.HELD)
    received_by_id: int = Field(foreign_key="person.id")
    received_at: datetime


class LoanReturn(SQLModel, table=True):
    """The old part that was handed in later, for parts issued on loan (W6b)."""

    __tablename__ = "loan_return"

    old_part_id: int = Field(foreign_key="old_part.id", primary_key=True)
    issue_id: int = Field(foreign_key="part_issue.id", index=True)


class OldPartMove(SQLModel, table=True):
    """A step in the life of an old part."""

    __tablename__ = "old_part_move"

    id: int | None = Field(default=None, primary_key=True)
    old_part_id: int = Field(foreign_key="old_part.id", index=True)
    before: OldPartState = choice(OldPartState, check="before_state")
    after: OldPartState = choice(OldPartState, check="after_state")
    by_id: int = Field(foreign_key="person.id")
    at: datetime
    note: str = Field(default="", sa_type=sa.Text)


class StockMovement(SQLModel, table=True):
    """Every change of stock is a row; what is in stock is their sum and is never edited. Append-only by trigger."""

    __tablename__ = "stock_movement"
    __table_args__: ClassVar = (sa.CheckConstraint("quantity <> 0", name="quantity"),)

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="part.id", index=True)
    quantity: int
    kind: MovementKind = choice(MovementKind)
    issue_id: int | None = Field(default=None, foreign_key="part_issue.id")
    return_id: int | None = Field(default=None, foreign_key="part_return.id")
    by_id: int = Field(foreign_key="person.id")
    at: datetime
    note: str = Field(default="", sa_type=sa.Text)
