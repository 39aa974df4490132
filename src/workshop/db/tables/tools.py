"""Tools: the catalogue, single pieces and where each is, carts and kits, calibration and inspection (W8a, W8b, S2)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workshop.db.types import Cents, choice
from workshop.domain.tools import CartKind, Service, ToolClass, ToolPlace


class ToolModel(SQLModel, table=True):
    """A kind of tool in the catalogue. `price` is what it is paid for at (W8a); `rated_load` in kg (S2).

    With `service`, every piece must have undergone it within the last `service_days`.
    """

    __tablename__ = "tool_model"
    __table_args__: ClassVar = (
        sa.CheckConstraint("price >= 0", name="price"),
        sa.CheckConstraint("(service IS NULL) = (service_days IS NULL)", name="service_interval"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    name_zh: str = Field(max_length=100)
    name_en: str = Field(max_length=100)
    initials: str = Field(default="", max_length=300)
    tool_class: ToolClass = choice(ToolClass)
    price: Annotated[Decimal, Field(sa_type=Cents)]
    service: Service | None = choice(Service, default=None, nullable=True)
    service_days: int | None = None
    rated_load: int | None = None
    active: bool = True


class Cart(SQLModel, table=True):
    """A tool cart or a kit, with its own barcode. `owner_id`: whose it is; a kit may be nobody's."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    name: str = Field(max_length=60, unique=True)
    kind: CartKind = choice(CartKind)
    team_id: int | None = Field(default=None, foreign_key="team.id")
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    active: bool = True


class Tool(SQLModel, table=True):
    """One piece, with its own barcode. `home_cart_id`: the cart or kit it belongs in, if to one."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=10, unique=True)
    model_id: int = Field(foreign_key="tool_model.id", index=True)
    serial_no: str = Field(default="", max_length=40)
    home_cart_id: int | None = Field(default=None, foreign_key="cart.id", index=True)


class ToolMove(SQLModel, table=True):
    """A change of custody; rows are only ever added. A tool is where its newest move says, so in exactly one place.

    `order_id`: the order it went out for. `kept`: on handing that order over, the tool is knowingly kept (W8b).
    """

    __tablename__ = "tool_move"
    __table_args__: ClassVar = (
        sa.CheckConstraint("(place = 'person') = (person_id IS NOT NULL)", name="person"),
        sa.CheckConstraint("(place = 'cart') = (cart_id IS NOT NULL)", name="cart"),
        sa.CheckConstraint("(place = 'bay') = (bay_id IS NOT NULL)", name="bay"),
    )

    id: int | None = Field(default=None, primary_key=True)
    tool_id: int = Field(foreign_key="tool.id", index=True)
    place: ToolPlace = choice(ToolPlace)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    cart_id: int | None = Field(default=None, foreign_key="cart.id", index=True)
    bay_id: int | None = Field(default=None, foreign_key="bay.id", index=True)
    order_id: int | None = Field(default=None, foreign_key="repair_order.id", index=True)
    kept: bool = False
    note: str = Field(default="", sa_type=sa.Text)
    by_id: int = Field(foreign_key="person.id")
    at: datetime


class ToolService(SQLModel, table=True):
    """A calibration or inspection that a piece passed; it may be used up to and including `valid_until`."""

    __tablename__ = "tool_service"
    __table_args__: ClassVar = (sa.CheckConstraint("done_on <= valid_until", name="validity"),)

    id: int | None = Field(default=None, primary_key=True)
    tool_id: int = Field(foreign_key="tool.id", index=True)
    service: Service = choice(Service)
    done_on: date
    valid_until: date
    done_by: str = Field(max_length=100)
    certificate_no: str = Field(default="", max_length=40)
    by_id: int = Field(foreign_key="person.id")
    at: datetime
