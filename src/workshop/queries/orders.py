"""One order, whole: for its page and for `workshop show`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.facts import load_facts
from workshop.db.tables import (
    Bay,
    Customer,
    Defect,
    FitException,
    Inspection,
    OldPart,
    OrderItem,
    Part,
    PartLine,
    Person,
    RepairOrder,
    Team,
    Vehicle,
)
from workshop.domain.facts import ItemFacts, OrderFacts, PartLineFacts
from workshop.domain.holds import Lateness, holds, lateness
from workshop.domain.moves import NextStep, next_step
from workshop.domain.roles import Role
from workshop.domain.states import DefectClass, Hold, OldPartsChoice, OldPartState, RepairClass
from workshop.domain.words import Name
from workshop.queries.board import sees_plate


@dataclass(frozen=True, slots=True)
class LineView:
    """A part line with its price each and whether it was signed for without fitment data (W6a)."""

    facts: PartLineFacts
    price: Decimal
    without_fit_data: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with its money, parts and guarantee."""

    facts: ItemFacts
    price: Decimal
    repair_class: RepairClass
    lines: tuple[LineView, ...]
    guarantee_until: date | None
    guarantee_odometer: int | None
    work_done: str

    @property
    def total(self) -> Decimal:
        """Labour charge and agreed parts that were needed."""
        parts = (
            line.price * (line.facts.fitted if line.facts.not_needed else line.facts.quantity)
            for line in self.lines
            if line.facts.agreed
        )
        return sum(parts, start=self.price)


@dataclass(frozen=True, slots=True)
class OldPartView:
    """An old part that came off the car."""

    number: str
    name: Name
    quantity: int
    state: OldPartState
    hazardous: bool


@dataclass(frozen=True, slots=True)
class DefectView:
    """A defect for which the order was sent back, with the item and the round."""

    item: Name
    defect_class: DefectClass
    note: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """Everything about one order that its reader may see; `plate` is None where it must be proven first (W1)."""

    facts: OrderFacts
    holds: tuple[Hold, ...]
    lateness: Lateness
    step: NextStep | None
    plate: str | None
    plate_hidden: bool
    vin: str
    vehicle: str
    customer: str
    phone: str
    brought_by: str
    request: str
    odometer_in: int
    odometer_out: int | None
    fuel: str
    belongings: str
    old_parts_wish: OldPartsChoice
    advisor: str
    technician: str
    technician_badge: str
    team: str
    bay: str
    bay_number: str
    items: tuple[ItemView, ...]
    old_parts: tuple[OldPartView, ...]
    defects: tuple[DefectView, ...]
    inspections_failed: int
    certificate_no: str | None
    comeback_of: str | None
    delivered_at: datetime | None
    cancelled_reason: str

    @property
    def total(self) -> Decimal:
        """What the agreed items and parts come to."""
        return sum((item.total for item in self.items if item.facts.agreed), start=Decimal(0))

    @property
    def dispatched_to(self) -> dict[str, str]:
        """Team, technician's badge and bay's number, as an act takes them; empty before the order is dispatched."""
        if not self.technician_badge:
            return {}
        return {"team": self.team, "technician": self.technician_badge, "bay": self.bay_number}


def order(session: Session, number: str, now: datetime, roles: frozenset[Role]) -> OrderView | None:
    """The order with this number, or None."""
    row = session.execute(_query().where(col(RepairOrder.number) == number)).one_or_none()
    if row is None:
        return None
    facts = load_facts(session, [row.id], now)[row.id]
    shown = sees_plate(roles, facts.stage)
    return OrderView(
        facts=facts,
        holds=holds(facts),
        lateness=lateness(facts, now),
        step=next_step(facts),
        plate=row.plate if shown else None,
        plate_hidden=not shown,
        vin=row.vin if shown else "",
        vehicle=f"{row.make} {row.model}".strip(),
        customer=row.customer,
        phone=row.phone or row.customer_phone,
        brought_by=row.brought_by,
        request=row.request,
        odometer_in=row.odometer_in,
        odometer_out=row.odometer_out,
        fuel=row.fuel,
        belongings=row.belongings,
        old_parts_wish=row.old_parts,
        advisor=row.advisor,
        technician=row.technician or "",
        technician_badge=row.technician_badge or "",
        team=row.team or "",
        bay=row.bay or "",
        bay_number=row.bay_number or "",
        items=_items(session, facts),
        old_parts=_old_parts(session, row.id),
        defects=_defects(session, row.id),
        inspections_failed=_failed(session, row.id),
        certificate_no=row.certificate_no,
        comeback_of=row.comeback_of,
        delivered_at=row.delivered_at,
        cancelled_reason=row.cancelled_reason,
    )


def _query() -> sa.Select[*tuple[object, ...]]:
    advisor, technician, first = aliased(Person), aliased(Person), aliased(RepairOrder)
    return (
        sa.select(
            col(RepairOrder.id),
            col(RepairOrder.plate),
            col(RepairOrder.phone),
            col(RepairOrder.brought_by),
            col(RepairOrder.request),
            col(RepairOrder.odometer_in),
            col(RepairOrder.odometer_out),
            col(RepairOrder.fuel),
            col(RepairOrder.belongings),
            col(RepairOrder.old_parts),
            col(RepairOrder.certificate_no),
            col(RepairOrder.delivered_at),
            col(RepairOrder.cancelled_reason),
            col(Vehicle.vin),
            col(Vehicle.make),
            col(Vehicle.model),
            col(Customer.name).label("customer"),
            col(Customer.phone).label("customer_phone"),
            col(advisor.name).label("advisor"),
            col(technician.name).label("technician"),
            col(technician.badge).label("technician_badge"),
            col(Team.name).label("team"),
            col(Bay.name).label("bay"),
            col(Bay.number).label("bay_number"),
            col(first.number).label("comeback_of"),
        )
        .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
        .join(Customer, col(Customer.id) == col(RepairOrder.customer_id))
        .join(advisor, col(advisor.id) == col(RepairOrder.advisor_id))
        .outerjoin(technician, col(technician.id) == col(RepairOrder.technician_id))
        .outerjoin(Team, col(Team.id) == col(RepairOrder.team_id))
        .outerjoin(Bay, col(Bay.id) == col(RepairOrder.bay_id))
        .outerjoin(first, col(first.id) == col(RepairOrder.comeback_of_id))
    )


def _items(session: Session, facts: OrderFacts) -> tuple[ItemView, ...]:
    ids = [item.id for item in facts.items]
    money = {
        row.id: row
        for row in session.execute(
            sa.select(
                col(OrderItem.id),
                col(OrderItem.price),
                col(OrderItem.repair_class),
                col(OrderItem.guarantee_until),
                col(OrderItem.guarantee_odometer),
                col(OrderItem.work_done),
            ).where(col(OrderItem.id).in_(ids))
        )
    }
    lines = {
        row.id: row
        for row in session.execute(
            sa.select(col(PartLine.id), col(PartLine.price), col(FitException.technician_id).label("signed"))
            .outerjoin(FitException, col(FitException.line_id) == col(PartLine.id))
            .where(col(PartLine.item_id).in_(ids))
        )
    }
    return tuple(
        ItemView(
            facts=item,
            price=money[item.id].price,
            repair_class=money[item.id].repair_class,
            lines=tuple(
                LineView(line, lines[line.id].price, without_fit_data=lines[line.id].signed is not None)
                for line in item.lines
            ),
            guarantee_until=money[item.id].guarantee_until,
            guarantee_odometer=money[item.id].guarantee_odometer,
            work_done=money[item.id].work_done,
        )
        for item in facts.items
    )


def _old_parts(session: Session, order_id: int) -> tuple[OldPartView, ...]:
    query = (
        sa.select(
            col(OldPart.number),
            col(Part.name_zh),
            col(Part.name_en),
            col(OldPart.quantity),
            col(OldPart.state),
            col(OldPart.hazardous),
        )
        .join(PartLine, col(PartLine.id) == col(OldPart.line_id))
        .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
        .join(Part, col(Part.id) == col(OldPart.part_id))
        .where(col(OrderItem.order_id) == order_id)
        .order_by(col(OldPart.id))
    )
    return tuple(
        OldPartView(row.number, Name(row.name_zh, row.name_en), row.quantity, row.state, row.hazardous)
        for row in session.execute(query)
    )


def _defects(session: Session, order_id: int) -> tuple[DefectView, ...]:
    query = (
        sa.select(col(OrderItem.name_zh), col(OrderItem.name_en), col(Defect.defect_class), col(Defect.note))
        .join(OrderItem, col(OrderItem.id) == col(Defect.item_id))
        .where(col(Defect.order_id) == order_id)
        .order_by(col(Defect.id))
    )
    return tuple(
        DefectView(Name(row.name_zh, row.name_en), row.defect_class, row.note) for row in session.execute(query)
    )


def _failed(session: Session, order_id: int) -> int:
    query = sa.select(sa.func.count()).where(col(Inspection.order_id) == order_id, col(Inspection.passed).is_(False))
    return int(session.execute(query).scalar_one())
