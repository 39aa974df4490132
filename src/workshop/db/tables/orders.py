"""The repair order and its items."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Cents, choice, partial_index
from workshop.domain.states import ItemState, OldPartsChoice, PauseReason, RepairClass, Stage

_OPEN = "stage NOT IN ('delivered', 'cancelled')"
OPEN_ORDERS = sa.text(f"repair_order.{_OPEN}")  # as the index has it: bound parameters would not use it


class RepairOrder(SQLModel, table=True):
    """任务委托书. Its stage is stored; what holds it, whether it is late and what is missing are derived."""

    __tablename__ = "repair_order"
    __table_args__: ClassVar = (
        partial_index("ix_repair_order_open", "id", _OPEN),
        sa.CheckConstraint("stage <> 'opened' OR technician_id IS NULL", name="dispatch"),
        sa.CheckConstraint("stage <> 'delivered' OR delivered_at IS NOT NULL", name="delivery"),
        sa.CheckConstraint("stage NOT IN ('released', 'delivered') OR released_at IS NOT NULL", name="release"),
        sa.CheckConstraint("odometer_in >= 0", name="odometer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    stage: Stage = choice(Stage, default=Stage.OPENED)
    round: int = 1
    vehicle_id: int = Field(foreign_key="vehicle.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    plate: str | None = Field(default=None, max_length=12)
    brought_by: str = Field(default="", max_length=60)
    phone: str = Field(default="", max_length=20)
    request: str = Field(sa_type=sa.Text)
    odometer_in: int
    fuel: str = Field(default="", max_length=20)
    belongings: str = Field(default="", sa_type=sa.Text)
    old_parts: OldPartsChoice = choice(OldPartsChoice, default=OldPartsChoice.SHOP_KEEPS)
    advisor_id: int = Field(foreign_key="person.id")
    opened_at: datetime
    promised_at: datetime
    comeback_of_id: int | None = Field(default=None, foreign_key="repair_order.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    technician_id: int | None = Field(default=None, foreign_key="person.id")
    bay_id: int | None = Field(default=None, foreign_key="bay.id")
    released_at: datetime | None = None
    odometer_out: int | None = None
    certificate_no: str | None = Field(default=None, max_length=20, unique=True)
    delivered_at: datetime | None = None
    delivered_by_id: int | None = Field(default=None, foreign_key="person.id")
    received_by: str = Field(default="", max_length=60)
    cancelled_reason: str = Field(default="", sa_type=sa.Text)


class OrderItem(SQLModel, table=True):
    """维修项目: one job on the order, with name, minutes and charge as agreed. `round` counts its self-checks."""

    __tablename__ = "order_item"
    __table_args__: ClassVar = (sa.CheckConstraint("minutes > 0 AND price >= 0", name="amounts"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    operation: str = Field(foreign_key="operation.code")
    name_zh: str = Field(max_length=100)
    name_en: str = Field(max_length=100)
    repair_class: RepairClass = choice(RepairClass)
    minutes: int
    price: Annotated[Decimal, Field(sa_type=Cents)]
    state: ItemState = choice(ItemState)
    round: int = 1
    note: str = Field(default="", sa_type=sa.Text)
    work_done: str = Field(default="", sa_type=sa.Text)
    guarantee_until: date | None = None
    guarantee_odometer: int | None = None
    taken_up_by_id: int | None = Field(default=None, foreign_key="order_item.id")


class PlateCheck(SQLModel, table=True):
    """A blind check of the plate on the car against the order's (W1), as typed and as understood."""

    __tablename__ = "plate_check"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    at: datetime
    technician_id: int = Field(foreign_key="person.id")
    typed: str = Field(max_length=60)
    seen: str = Field(max_length=20)
    matched: bool


class PlateCorrection(SQLModel, table=True):
    """The front desk's correction after a mismatch (W1). It voids the checks before it."""

    __tablename__ = "plate_correction"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    at: datetime
    advisor_id: int = Field(foreign_key="person.id")
    before: str | None = Field(default=None, max_length=12)
    after: str | None = Field(default=None, max_length=12)
    reason: str = Field(sa_type=sa.Text)
    after_check_id: int | None = Field(default=None, foreign_key="plate_check.id")


class Discrepancy(SQLModel, table=True):
    """What the fault and the listed items disagree on (W2)."""

    __table_args__: ClassVar = (partial_index("ix_discrepancy_open", "order_id", "answered_at IS NULL"),)

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="order_item.id")
    at: datetime
    reported_by_id: int = Field(foreign_key="person.id")
    note: str = Field(sa_type=sa.Text)
    answer: str = Field(default="", sa_type=sa.Text)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None


class LabourEntry(SQLModel, table=True):
    """A stretch of work by one technician on one item. A person has at most one clock running."""

    __tablename__ = "labour_entry"
    __table_args__: ClassVar = (
        partial_index("uq_labour_entry_running", "technician_id", "ended_at IS NULL", unique=True),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="order_of_times"),
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="order_item.id", index=True)
    technician_id: int = Field(foreign_key="person.id")
    started_at: datetime
    ended_at: datetime | None = None
    paused: PauseReason | None = choice(PauseReason, default=None, nullable=True)


class SafetyConfirmation(SQLModel, table=True):
    """What a technician confirmed before starting an item (S1, S4 to S7), and who watches the hoist (S5)."""

    __tablename__ = "safety_confirmation"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="order_item.id", index=True)
    technician_id: int = Field(foreign_key="person.id")
    watcher_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    confirmed: str = Field(max_length=200)
