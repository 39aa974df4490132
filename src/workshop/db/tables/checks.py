"""Self-checks, hand-overs and final inspections (W7a, W7b, W7c)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Exact, choice
from workshop.domain.states import Answer, DefectClass


class CheckAnswer(SQLModel, table=True):
    """One line that somebody must answer, copied from its template, and the answer.

    With `item_id`: the technician's self-check of that item in that round of the item (W7a).
    Without: the final inspection in that round of the order (W7c).
    """

    __tablename__ = "check_answer"
    __table_args__: ClassVar = (
        sa.UniqueConstraint("order_id", "item_id", "round", "position"),
        sa.CheckConstraint("(answer IS NULL) = (answered_by_id IS NULL)", name="answered_by_somebody"),
        sa.CheckConstraint("answer IS NULL OR answer = 'ok' OR reason <> ''", name="reason"),
        sa.CheckConstraint("answer IS NULL OR answer <> 'ok' OR NOT value_required OR value IS NOT NULL", name="value"),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="order_item.id", index=True)
    round: int
    position: int
    text_zh: str = Field(max_length=200)
    text_en: str = Field(max_length=200)
    unit: str = Field(default="", max_length=20)
    low: Annotated[Decimal | None, Field(sa_type=Exact)] = None
    high: Annotated[Decimal | None, Field(sa_type=Exact)] = None
    value_required: bool = False
    answer: Answer | None = choice(Answer, default=None, nullable=True)
    value: Annotated[Decimal | None, Field(sa_type=Exact)] = None
    reason: str = Field(default="", sa_type=sa.Text)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None


class SelfCheck(SQLModel, table=True):
    """The technician's signature under the self-check of an order's round (W7a)."""

    __tablename__ = "self_check"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    round: int
    technician_id: int = Field(foreign_key="person.id")
    at: datetime


class HandOver(SQLModel, table=True):
    """A hand-over: the giver's signature, then the taker's or his reason for sending it back (W7b)."""

    __tablename__ = "hand_over"
    __table_args__: ClassVar = (
        sa.CheckConstraint("taker_id IS NULL OR taker_id <> giver_id", name="two_people"),
        sa.CheckConstraint("accepted IS NULL OR accepted OR reason <> ''", name="reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    round: int
    giver_id: int = Field(foreign_key="person.id")
    given_at: datetime
    taker_id: int | None = Field(default=None, foreign_key="person.id")
    taken_at: datetime | None = None
    accepted: bool | None = None
    reason: str = Field(default="", sa_type=sa.Text)


class Inspection(SQLModel, table=True):
    """The result of a final inspection, one per round of the order (W7c)."""

    __table_args__: ClassVar = (sa.UniqueConstraint("order_id", "round"),)

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    round: int
    inspector_id: int = Field(foreign_key="person.id")
    at: datetime
    passed: bool
    odometer: int
    note: str = Field(default="", sa_type=sa.Text)


class Defect(SQLModel, table=True):
    """What was wrong with an item when the order was sent back by the taker or the inspector (W7b, W7c)."""

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    item_id: int = Field(foreign_key="order_item.id", index=True)
    inspection_id: int | None = Field(default=None, foreign_key="inspection.id")
    hand_over_id: int | None = Field(default=None, foreign_key="hand_over.id")
    defect_class: DefectClass = choice(DefectClass)
    note: str = Field(sa_type=sa.Text)
