"""Customers and their vehicles."""

from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import choice
from workshop.domain.states import VehicleClass


class Customer(SQLModel, table=True):
    """Who brings vehicles and pays."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    initials: str = Field(default="", max_length=300)
    phone: str = Field(max_length=20, index=True)


class Vehicle(SQLModel, table=True):
    """A car that has been here. It may have no plate yet; its VIN is unique. `weight` in kg, where it is known (S2)."""

    __table_args__: ClassVar = (
        sa.CheckConstraint("length(vin) = 17", name="vin_length"),
        sa.Index("ix_vehicle_vin_last8", sa.text("substr(vin, 10)")),
    )

    id: int | None = Field(default=None, primary_key=True)
    vin: str = Field(max_length=17, unique=True)
    plate: str | None = Field(default=None, max_length=12, unique=True)
    plate_colour: str = Field(default="", max_length=20)
    vehicle_class: VehicleClass = choice(VehicleClass, default=VehicleClass.CAR)
    make: str = Field(default="", max_length=40)
    model: str = Field(default="", max_length=60)
    model_year: int | None = None
    engine: str = Field(default="", max_length=40)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    weight: int | None = None
