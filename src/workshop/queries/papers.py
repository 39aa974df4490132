"""What papers say of an order beyond its page: the car's data, requests, issues, signatures, checklists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.tables import (
    ChangeLine,
    ChangeRequest,
    ChecklistLine,
    Finding,
    HandOver,
    Inspection,
    LabourEntry,
    OldPart,
    Operation,
    OrderItem,
    Part,
    PartIssue,
    PartLine,
    Person,
    RepairOrder,
    SelfCheck,
    Vehicle,
)
from workshop.domain.checks import CheckLine
from workshop.domain.safety import Precaution, parse_gear
from workshop.domain.states import ChangeKind, Channel, Decision, IssueBasis, Severity, VehicleClass
from workshop.domain.words import Name


@dataclass(frozen=True, slots=True)
class CarData:
    """The vehicle as the official forms name it, with the order's times."""

    plate_colour: str
    vehicle_class: VehicleClass
    model_year: int | None
    engine: str
    released_at: datetime | None
    received_by: str
    inspector: str


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part on a line of a request: asked for, with its price each."""

    name: Name
    part_no: str
    quantity: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of a change request (W5) with the customer's answer; `price` is the agreed one once it is agreed."""

    kind: ChangeKind
    item: Name
    item_number: str
    minutes: int | None
    price: Decimal
    parts: tuple[AskedPart, ...]
    decision: Decision | None
    channel: Channel | None
    consented_by: str
    decided_by: str
    decided_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Asked:
    """追加项目单: one change request, with the finding behind it (W4)."""

    at: datetime
    raised_by: str
    reason: str
    finding: str
    severity: Severity | None
    lines: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """A part that left the counter, and on what ground (W6b)."""

    at: datetime
    item: Name
    name: Name
    part_no: str
    part_number: str
    quantity: int
    unit: str
    basis: IssueBasis
    old_part: str
    clerk: str
    technician: str


@dataclass(frozen=True, slots=True)
class Work:
    """What an item asks for, and who has worked on it when."""

    category: str
    precautions: tuple[Precaution, ...]
    watcher: bool
    lines: tuple[CheckLine, ...]
    stretches: tuple[tuple[str, datetime, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature under the order's checks: who, when, in which round; `passed` for inspections."""

    round: int
    person: str
    at: datetime
    passed: bool | None = None
    odometer: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signatures under an order's self-checks, hand-overs and inspections."""

    self_checks: tuple[Signed, ...]
    hand_overs: tuple[Signed, ...]
    inspections: tuple[Signed, ...]


def car_data(session: Session, number: str) -> CarData:
    """The vehicle's data for an order that is there."""
    query = (
        sa.select(
            col(RepairOrder.id),
            col(RepairOrder.released_at),
            col(RepairOrder.received_by),
            col(Vehicle.plate_colour),
            col(Vehicle.vehicle_class),
            col(Vehicle.model_year),
            col(Vehicle.engine),
        )
        .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
        .where(col(RepairOrder.number) == number)
    )
    row = session.execute(query).one()
    passed = [one.person for one in _inspections(session, row.id) if one.passed]
    return CarData(
        row.plate_colour,
        row.vehicle_class,
        row.model_year,
        row.engine,
        row.released_at,
        row.received_by,
        passed[-1] if passed else "",
    )


def asked(session: Session, number: str) -> list[Asked]:
    """The order's change requests, oldest first."""
    raiser, decider = aliased(Person), aliased(Person)
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(
            ChangeLine,
            col(ChangeRequest.at),
            col(ChangeRequest.reason),
            col(Finding.what),
            col(Finding.place),
            col(Finding.severity),
            col(OrderItem.number),
            col(OrderItem.name_zh),
            col(OrderItem.name_en),
            col(raiser.name).label("raised_by"),
            sa.func.coalesce(col(decider.name), "").label("decided_by"),
        )
        .join(ChangeRequest, col(ChangeRequest.id) == col(ChangeLine.request_id))
        .join(RepairOrder, col(RepairOrder.id) == col(ChangeRequest.order_id))
        .join(OrderItem, col(OrderItem.id) == col(ChangeLine.item_id))
        .outerjoin(Finding, col(Finding.id) == col(ChangeRequest.finding_id))
        .join(raiser, col(raiser.id) == col(ChangeRequest.raised_by_id))
        .outerjoin(decider, col(decider.id) == col(ChangeLine.decided_by_id))
        .where(col(RepairOrder.number) == number)
        .order_by(col(ChangeLine.id))
    )
    rows = session.execute(query).all()
    parts = _asked_parts(session, [row.ChangeLine for row in rows])
    requests: dict[int, list[sa.Row[*tuple[object, ...]]]] = {}
    for row in rows:
        requests.setdefault(row.ChangeLine.request_id, []).append(row)
    return [
        Asked(
            lines[0].at,
            lines[0].raised_by,
            lines[0].reason,
            f"{lines[0].place}: {lines[0].what}" if lines[0].what else "",
            lines[0].severity,
            tuple(_asked_line(row, parts) for row in lines),
        )
        for lines in requests.values()
    ]


def _asked_line(row: sa.Row[*tuple[object, ...]], parts: Mapping[int, list[AskedPart]]) -> AskedLine:
    line: ChangeLine = row.ChangeLine
    return AskedLine(
        line.kind,
        Name(row.name_zh, row.name_en),
        row.number,
        line.minutes,
        line.price if line.agreed_price is None else line.agreed_price,
        tuple(parts.get(line.id or 0, ())),
        line.decision,
        line.channel,
        line.consented_by,
        row.decided_by,
        line.decided_at,
        line.note,
    )


def _asked_parts(session: Session, lines: list[ChangeLine]) -> dict[int, list[AskedPart]]:
    """The parts by change line: those of an item asked for, those asked for on an item that was there already."""
    added = {line.item_id: line.id or 0 for line in lines if line.kind is ChangeKind.ADD_ITEM}
    of_line = col(PartLine.change_line_id).in_([line.id for line in lines])
    of_item = col(PartLine.item_id).in_(added) & col(PartLine.change_line_id).is_(None)
    query = (
        sa.select(
            col(PartLine.change_line_id),
            col(PartLine.item_id),
            col(PartLine.quantity),
            col(PartLine.price),
            col(Part.name_zh),
            col(Part.name_en),
            col(Part.part_no),
        )
        .join(Part, col(Part.id) == col(PartLine.part_id))
        .where(of_line | of_item)
        .order_by(col(PartLine.id))
    )
    found: dict[int, list[AskedPart]] = {}
    for row in session.execute(query):
        part = AskedPart(Name(row.name_zh, row.name_en), row.part_no, row.quantity, row.price)
        found.setdefault(row.change_line_id or added[row.item_id], []).append(part)
    return found


def issued(session: Session, number: str) -> list[Issued]:
    """What left the counter for the order, in that order."""
    clerk, technician = aliased(Person), aliased(Person)
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(
            col(PartIssue.at),
            col(PartIssue.quantity),
            col(PartIssue.basis),
            col(OrderItem.name_zh).label("item_zh"),
            col(OrderItem.name_en).label("item_en"),
            col(Part.name_zh),
            col(Part.name_en),
            col(Part.part_no),
            col(Part.number),
            col(Part.unit),
            sa.func.coalesce(col(OldPart.number), "").label("old_part"),
            col(clerk.name).label("clerk"),
            col(technician.name).label("technician"),
        )
        .join(PartLine, col(PartLine.id) == col(PartIssue.line_id))
        .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
        .join(RepairOrder, col(RepairOrder.id) == col(OrderItem.order_id))
        .join(Part, col(Part.id) == col(PartIssue.part_id))
        .outerjoin(OldPart, col(OldPart.id) == col(PartIssue.old_part_id))
        .join(clerk, col(clerk.id) == col(PartIssue.clerk_id))
        .join(technician, col(technician.id) == col(PartIssue.technician_id))
        .where(col(RepairOrder.number) == number)
        .order_by(col(PartIssue.id))
    )
    return [
        Issued(
            row.at,
            Name(row.item_zh, row.item_en),
            Name(row.name_zh, row.name_en),
            row.part_no,
            row.number,
            row.quantity,
            row.unit,
            row.basis,
            row.old_part,
            row.clerk,
            row.technician,
        )
        for row in session.execute(query)
    ]


def works(session: Session, number: str) -> dict[str, Work]:
    """By item number: its precautions and checklist as the catalogue has them now, and the work done so far."""
    query = (
        sa.select(OrderItem, Operation)
        .join(RepairOrder, col(RepairOrder.id) == col(OrderItem.order_id))
        .join(Operation, col(Operation.code) == col(OrderItem.operation))
        .where(col(RepairOrder.number) == number)
        .order_by(col(OrderItem.id))
    )
    rows = [(row[0], row[1]) for row in session.execute(query)]
    lists = _checklists(session, {operation.checklist for _, operation in rows})
    stretches = _stretches(session, [item.id or 0 for item, _ in rows])
    return {
        item.number: Work(
            operation.category,
            _precautions(operation),
            operation.hoist_watcher,
            tuple(lists.get(operation.checklist, ())),
            tuple(stretches.get(item.id or 0, ())),
        )
        for item, operation in rows
    }


def _precautions(operation: Operation) -> tuple[Precaution, ...]:
    wanted = set(parse_gear(operation.gear))
    for asks, precaution in (
        (operation.drip_pan, Precaution.DRIP_PAN),
        (operation.outside_covers, Precaution.OUTSIDE_COVERS),
        (operation.inside_covers, Precaution.INSIDE_COVERS),
    ):
        if asks:
            wanted.add(precaution)
    return tuple(one for one in Precaution if one in wanted)


def _checklists(session: Session, names: set[str]) -> dict[str, list[CheckLine]]:
    query = (
        sa.select(ChecklistLine)
        .where(col(ChecklistLine.checklist).in_(names))
        .order_by(col(ChecklistLine.checklist), col(ChecklistLine.position))
    )
    found: dict[str, list[CheckLine]] = {}
    for row in session.execute(query).scalars():
        line = CheckLine(Name(row.text_zh, row.text_en), row.unit, row.low, row.high, row.value_required)
        found.setdefault(row.checklist, []).append(line)
    return found


def _stretches(session: Session, items: list[int]) -> dict[int, list[tuple[str, datetime, datetime | None]]]:
    query = (
        sa.select(col(LabourEntry.item_id), col(Person.name), col(LabourEntry.started_at), col(LabourEntry.ended_at))
        .join(Person, col(Person.id) == col(LabourEntry.technician_id))
        .where(col(LabourEntry.item_id).in_(items))
        .order_by(col(LabourEntry.id))
    )
    found: dict[int, list[tuple[str, datetime, datetime | None]]] = {}
    for row in session.execute(query):
        found.setdefault(row.item_id, []).append((row.name, row.started_at, row.ended_at))
    return found


def signatures(session: Session, number: str) -> Signatures:
    """Who signed what under the order's checks, oldest first."""
    order_id = session.execute(sa.select(col(RepairOrder.id)).where(col(RepairOrder.number) == number)).scalar_one()
    checks = session.execute(
        sa.select(col(SelfCheck.round), col(Person.name), col(SelfCheck.at))
        .join(Person, col(Person.id) == col(SelfCheck.technician_id))
        .where(col(SelfCheck.order_id) == order_id)
        .order_by(col(SelfCheck.id))
    )
    taken = session.execute(
        sa.select(col(HandOver.round), col(Person.name), col(HandOver.taken_at), col(HandOver.accepted))
        .join(Person, col(Person.id) == col(HandOver.taker_id))
        .where(col(HandOver.order_id) == order_id)
        .order_by(col(HandOver.id))
    )
    return Signatures(
        tuple(Signed(row.round, row.name, row.at) for row in checks),
        tuple(Signed(row.round, row.name, row.taken_at, row.accepted) for row in taken),
        tuple(_inspections(session, order_id)),
    )


def _inspections(session: Session, order_id: int) -> list[Signed]:
    query = (
        sa.select(Inspection, col(Person.name))
        .join(Person, col(Person.id) == col(Inspection.inspector_id))
        .where(col(Inspection.order_id) == order_id)
        .order_by(col(Inspection.id))
    )
    return [
        Signed(row[0].round, row[1], row[0].at, row[0].passed, row[0].odometer, row[0].note)
        for row in session.execute(query)
    ]
