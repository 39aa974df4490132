"""The record of work on high voltage: shutdowns, measurements, power-ups, and the makers' figures (S1)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Exact


class HvModel(SQLModel, table=True):
    """What the maker says of a model: minutes to wait after the shutdown, and the voltage in V where it is known."""

    __tablename__ = "hv_model"
    __table_args__: ClassVar = (
        sa.UniqueConstraint("make", "model"),
        sa.CheckConstraint("wait_minutes >= 5", name="wait"),
        sa.CheckConstraint("volts > 0", name="volts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    make: str = Field(max_length=40)
    model: str = Field(max_length=60)
    wait_minutes: int
    volts: int | None = None


class HvShutdown(SQLModel, table=True):
    """A car made dead, by one person while another watched. It stands until its power-up.

    `confirmed`: the steps, joined by semicolons; `volts`: the model's voltage as it was known then.
    """

    __tablename__ = "hv_shutdown"
    __table_args__: ClassVar = (
        sa.CheckConstraint("worker_id <> watcher_id", name="two_people"),
        sa.CheckConstraint("wait_minutes >= 5", name="wait"),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="repair_order.id", index=True)
    worker_id: int = Field(foreign_key="person.id")
    watcher_id: int = Field(foreign_key="person.id")
    confirmed: str = Field(max_length=200)
    off_at: datetime
    wait_minutes: int
    volts: int | None = None


class HvMeasurement(SQLModel, table=True):
    """A voltage measured after a shutdown, in V DC; rows are only ever added, and the newest counts."""

    __tablename__ = "hv_measurement"

    id: int | None = Field(default=None, primary_key=True)
    shutdown_id: int = Field(foreign_key="hv_shutdown.id", index=True)
    volts: Annotated[Decimal, Field(sa_type=Exact)]
    instrument_id: int = Field(foreign_key="tool.id")
    by_id: int = Field(foreign_key="person.id")
    at: datetime


class HvPowerUp(SQLModel, table=True):
    """The end of a shutdown: insulation in MΩ and the least it had to be. `reason`: why not by who shut it down."""

    __tablename__ = "hv_power_up"
    __table_args__: ClassVar = (sa.CheckConstraint("worker_id <> watcher_id", name="two_people"),)

    id: int | None = Field(default=None, primary_key=True)
    shutdown_id: int = Field(foreign_key="hv_shutdown.id", unique=True)
    worker_id: int = Field(foreign_key="person.id")
    watcher_id: int = Field(foreign_key="person.id")
    confirmed: str = Field(max_length=200)
    insulation: Annotated[Decimal, Field(sa_type=Exact)]
    least_insulation: Annotated[Decimal, Field(sa_type=Exact)]
    reason: str = Field(default="", sa_type=sa.Text)
    at: datetime
