"""The catalogue: operations with their checklists, parts with what they fit."""

from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Cents, Exact, choice
from workshop.domain.states import OldPartClass, RepairClass, Training


class Operation(SQLModel, table=True):
    """A job the shop sells: standard time (minutes), labour charge, what it asks for (S1, S4 to S7, W11)."""

    __table_args__: ClassVar = (sa.CheckConstraint("minutes > 0 AND price >= 0", name="amounts"),)

    code: str = Field(max_length=20, primary_key=True)
    name_zh: str = Field(max_length=100)
    name_en: str = Field(max_length=100)
    initials: str = Field(default="", max_length=300)
    category: str = Field(max_length=40)
    minutes: int
    price: Annotated[Decimal, Field(sa_type=Cents)]
    repair_class: RepairClass = choice(RepairClass)
    checklist: str = Field(max_length=40)
    gear: str = Field(default="", max_length=200)
    drip_pan: bool = False
    hoist_watcher: bool = False
    outside_covers: bool = False
    inside_covers: bool = False
    training: Training | None = choice(Training, default=None, nullable=True)
    active: bool = True


class ChecklistLine(SQLModel, table=True):
    """One line of a checklist template (W7a, W7c). Orders keep their own copy of what they were asked."""

    __table_args__: ClassVar = (sa.UniqueConstraint("checklist", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    checklist: str = Field(max_length=40)
    position: int
    text_zh: str = Field(max_length=200)
    text_en: str = Field(max_length=200)
    unit: str = Field(default="", max_length=20)
    low: Annotated[Decimal | None, Field(sa_type=Exact)] = None
    high: Annotated[Decimal | None, Field(sa_type=Exact)] = None
    value_required: bool = False


class Part(SQLModel, table=True):
    """A part in the catalogue. `old_part` says whether fitting it leaves an old one behind (W6b)."""

    __table_args__: ClassVar = (sa.CheckConstraint("price >= 0", name="price"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    part_no: str = Field(max_length=40, unique=True)
    name_zh: str = Field(max_length=100)
    name_en: str = Field(max_length=100)
    initials: str = Field(default="", max_length=300)
    old_part: OldPartClass = choice(OldPartClass)
    hazardous: bool = False
    unit: str = Field(default="pc", max_length=10)
    price: Annotated[Decimal, Field(sa_type=Cents)]
    active: bool = True


class PartFit(SQLModel, table=True):
    """One line of what a part fits (W6a); empty fields agree with every car."""

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="part.id", index=True)
    make: str = Field(default="", max_length=40)
    model: str = Field(default="", max_length=60)
    year_from: int | None = None
    year_to: int | None = None
    engine: str = Field(default="", max_length=40)
    vin_prefix: str = Field(default="", max_length=17)


class OperationPart(SQLModel, table=True):
    """The parts that an operation usually needs, offered at reception."""

    operation: str = Field(foreign_key="operation.code", primary_key=True)
    part_id: int = Field(foreign_key="part.id", primary_key=True)
    quantity: int = 1
