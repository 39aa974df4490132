"""Findings and change requests: nothing is added or removed without consent (W4, W5)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Cents, choice, partial_index
from workshop.domain.states import ChangeKind, Channel, Decision, FindingEnd, Severity


class Finding(SQLModel, table=True):
    """A fault found that is not on the order (W4)."""

    __table_args__: ClassVar = (
        sa.CheckConstraint("(ended IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        partial_index("ix_finding_open", "order_id", "ended IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    what: str = Field(sa_type=sa.Text)
    place: str = Field(max_length=100)
    severity: Severity = choice(Severity)
    at: datetime
    found_by_id: int = Field(foreign_key="person.id")
    ended: FindingEnd | None = choice(FindingEnd, default=None, nullable=True)
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None
    note: str = Field(default="", sa_type=sa.Text)


class ChangeRequest(SQLModel, table=True):
    """追加项目单: what somebody wants changed on an order; decided line by line (W5)."""

    __tablename__ = "change_request"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    finding_id: int | None = Field(default=None, foreign_key="finding.id")
    raised_by_id: int = Field(foreign_key="person.id")
    at: datetime
    reason: str = Field(default="", sa_type=sa.Text)


class ChangeLine(SQLModel, table=True):
    """One line of a change request, with the decision, how the customer consented and the price agreed (W5)."""

    __tablename__ = "change_line"
    __table_args__: ClassVar = (
        sa.CheckConstraint("(decision IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"),
        partial_index("ix_change_line_open", "request_id", "decision IS NULL"),
        sa.CheckConstraint(
            "decision IS NULL OR decision <> 'approved' OR (channel IS NOT NULL AND consented_by <> '')",
            name="consent",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="change_request.id", index=True)
    kind: ChangeKind = choice(ChangeKind)
    item_id: int = Field(foreign_key="order_item.id", index=True)
    minutes: int | None = None
    price: Annotated[Decimal, Field(sa_type=Cents)]
    decision: Decision | None = choice(Decision, default=None, nullable=True)
    channel: Channel | None = choice(Channel, default=None, nullable=True)
    consented_by: str = Field(default="", max_length=60)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    agreed_price: Annotated[Decimal | None, Field(sa_type=Cents)] = None
    note: str = Field(default="", sa_type=sa.Text)
