"""A vehicle's card: its owner, its visits, and what was deferred or declined and is offered again (W5)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import Customer, OrderItem, PartLine, RepairOrder, Vehicle
from workshop.domain.states import AGREED, ItemState, Stage, VehicleClass
from workshop.domain.words import Name


@dataclass(frozen=True, slots=True)
class Visit:
    """An earlier or present order of the vehicle."""

    order_number: str
    stage: Stage
    opened_at: datetime
    odometer: int
    request: str
    items: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An item that the customer deferred or declined; offered at the next visit. `parts`: what its parts come to."""

    item_number: str
    operation: str
    name: Name
    state: ItemState
    minutes: int
    price: Decimal
    parts: Decimal
    order_number: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Guaranteed:
    """Work that is still under guarantee by date; the odometer limit is shown beside it."""

    name: Name
    order_number: str
    until: date
    odometer: int


@dataclass(frozen=True, slots=True)
class VehicleCard:
    """What the front desk sees of a vehicle."""

    vin: str
    plate: str | None
    plate_colour: str
    vehicle_class: VehicleClass
    make: str
    model: str
    model_year: int | None
    engine: str
    weight: int | None
    customer: str
    phone: str
    visits: tuple[Visit, ...]
    waiting: tuple[WaitingLine, ...]
    guaranteed: tuple[Guaranteed, ...]


def vehicle(session: Session, vin: str, today: date) -> VehicleCard | None:
    """The card of the vehicle with this VIN, or None."""
    found = session.execute(
        sa.select(Vehicle, col(Customer.name), col(Customer.phone))
        .join(Customer, col(Customer.id) == col(Vehicle.customer_id))
        .where(col(Vehicle.vin) == vin)
    ).one_or_none()
    if found is None:
        return None
    row, customer, phone = found
    items = _items(session, row.id)
    return VehicleCard(
        vin=row.vin,
        plate=row.plate,
        plate_colour=row.plate_colour,
        vehicle_class=row.vehicle_class,
        make=row.make,
        model=row.model,
        model_year=row.model_year,
        engine=row.engine,
        weight=row.weight,
        customer=customer,
        phone=phone,
        visits=_visits(session, row.id, items),
        waiting=_waiting(session, items),
        guaranteed=_guaranteed(items, today),
    )


def _items(session: Session, vehicle_id: int) -> list[tuple[OrderItem, RepairOrder]]:
    rows = session.execute(
        sa.select(OrderItem, RepairOrder)
        .join(RepairOrder, col(RepairOrder.id) == col(OrderItem.order_id))
        .where(col(RepairOrder.vehicle_id) == vehicle_id)
        .order_by(col(OrderItem.id))
    )
    return [(row[0], row[1]) for row in rows]


def _visits(session: Session, vehicle_id: int, items: list[tuple[OrderItem, RepairOrder]]) -> tuple[Visit, ...]:
    orders = session.execute(
        sa.select(RepairOrder).where(col(RepairOrder.vehicle_id) == vehicle_id).order_by(col(RepairOrder.id).desc())
    ).scalars()
    return tuple(
        Visit(
            order.number,
            order.stage,
            order.opened_at,
            order.odometer_in,
            order.request,
            tuple(Name(item.name_zh, item.name_en) for item, of in items if of.id == order.id and item.state in AGREED),
        )
        for order in orders
    )


def _waiting(session: Session, items: list[tuple[OrderItem, RepairOrder]]) -> tuple[WaitingLine, ...]:
    waiting = [
        (item, order)
        for item, order in items
        if item.state in {ItemState.DEFERRED, ItemState.DECLINED} and item.taken_up_by_id is None
    ]
    parts: dict[int, Decimal] = {}
    for line in session.execute(
        sa.select(PartLine).where(col(PartLine.item_id).in_([item.id for item, _ in waiting]))
    ).scalars():
        parts[line.item_id] = parts.get(line.item_id, Decimal(0)) + line.price * line.quantity
    return tuple(
        WaitingLine(
            item.number,
            item.operation,
            Name(item.name_zh, item.name_en),
            item.state,
            item.minutes,
            item.price,
            parts.get(item.id or 0, Decimal(0)),
            order.number,
            order.opened_at,
        )
        for item, order in waiting
    )


def _guaranteed(items: list[tuple[OrderItem, RepairOrder]], today: date) -> tuple[Guaranteed, ...]:
    return tuple(
        Guaranteed(Name(item.name_zh, item.name_en), order.number, item.guarantee_until, item.guarantee_odometer or 0)
        for item, order in items
        if item.guarantee_until is not None and item.guarantee_until >= today
    )
