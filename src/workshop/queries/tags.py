"""What labels say: an old part's tag, the label of a part or a bay, a badge."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.cleaning_facts import load_areas
from workshop.db.tables import Area as AreaRow
from workshop.db.tables import Bay, OldPart, OrderItem, Part, PartLine, Person, RepairOrder, Vehicle
from workshop.domain.cleaning import Area
from workshop.domain.words import Name


@dataclass(frozen=True, slots=True)
class TaggedPart:
    """An old part with what its tags say of the car it came off."""

    number: str
    name: Name
    part_no: str
    quantity: int
    hazardous: bool
    order_number: str
    item: Name
    vin: str
    vehicle: str
    plate: str | None
    odometer: int
    request: str
    opened_at: datetime
    received_at: datetime
    technician: str
    clerk: str


def tagged_part(session: Session, number: str) -> TaggedPart | None:
    """The old part with this tag, or None."""
    clerk, technician = aliased(Person), aliased(Person)
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(
            OldPart,
            RepairOrder,
            Vehicle,
            col(Part.name_zh),
            col(Part.name_en),
            col(Part.part_no),
            col(OrderItem.name_zh).label("item_zh"),
            col(OrderItem.name_en).label("item_en"),
            col(clerk.name).label("clerk"),
            sa.func.coalesce(col(technician.name), "").label("technician"),
        )
        .join(PartLine, col(PartLine.id) == col(OldPart.line_id))
        .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
        .join(RepairOrder, col(RepairOrder.id) == col(OrderItem.order_id))
        .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
        .join(Part, col(Part.id) == col(OldPart.part_id))
        .join(clerk, col(clerk.id) == col(OldPart.received_by_id))
        .outerjoin(technician, col(technician.id) == col(RepairOrder.technician_id))
        .where(col(OldPart.number) == number)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    old, order, car = row.OldPart, row.RepairOrder, row.Vehicle
    return TaggedPart(
        number=old.number,
        name=Name(row.name_zh, row.name_en),
        part_no=row.part_no,
        quantity=old.quantity,
        hazardous=old.hazardous,
        order_number=order.number,
        item=Name(row.item_zh, row.item_en),
        vin=car.vin,
        vehicle=f"{car.make} {car.model}".strip(),
        plate=order.plate,
        odometer=order.odometer_in,
        request=order.request,
        opened_at=order.opened_at,
        received_at=old.received_at,
        technician=row.technician,
        clerk=row.clerk,
    )


@dataclass(frozen=True, slots=True)
class CataloguePart:
    """A part as its shelf label names it."""

    number: str
    name: Name
    part_no: str
    unit: str


def catalogue_part(session: Session, number: str) -> CataloguePart | None:
    """The part with this number, or None."""
    row = session.execute(sa.select(Part).where(col(Part.number) == number)).scalar_one_or_none()
    return CataloguePart(row.number, Name(row.name_zh, row.name_en), row.part_no, row.unit) if row else None


@dataclass(frozen=True, slots=True)
class BayCard:
    """A bay as its label names it."""

    number: str
    name: str


def bay_card(session: Session, number: str) -> BayCard | None:
    """The bay with this number, or None."""
    name = session.execute(sa.select(col(Bay.name)).where(col(Bay.number) == number)).scalar_one_or_none()
    return BayCard(number, name) if name else None


def area_card(session: Session, number: str) -> Area | None:
    """The area with this number, or None."""
    return next(iter(load_areas(session, col(AreaRow.number) == number)), None)
