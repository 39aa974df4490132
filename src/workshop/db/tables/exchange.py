"""What was sent to the vehicle health record, and what came back."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice, partial_index
from workshop.domain.health_record import ExchangeResult


class HealthExchange(SQLModel, table=True):
    """An attempt that reached, or may have reached, the receiver. A record is accepted once. Append-only by trigger."""

    __tablename__ = "health_exchange"
    __table_args__: ClassVar = (
        partial_index("uq_health_exchange_accepted", "order_id", "result = 'accepted'", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    result: ExchangeResult = choice(ExchangeResult)
    receiver: str = Field(max_length=200)
    answer: str = Field(default="", sa_type=sa.Text)
    by_id: int = Field(foreign_key="person.id")
    at: datetime
