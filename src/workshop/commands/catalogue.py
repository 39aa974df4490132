"""The catalogue is kept: operations, checklists, parts and what they fit."""

from typing import Self, TypeVar

from pydantic import Field, field_validator, model_validator
from sqlmodel import col, select

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import (
    Long,
    LongFilled,
    Measured,
    Minutes,
    Money,
    Pieces,
    Short,
    ShortFilled,
    Upto10,
    Upto17,
    Upto20,
    Upto20Filled,
    Upto40,
    Upto40Filled,
    problem,
)
from workshop.commands.shared import Given, name_of
from workshop.commands.tx import Tx, key
from workshop.db.tables import ChecklistLine, Operation, OperationPart, OrderItem, Part, PartFit, PartLine, RepairOrder
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.initials import initials
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.safety import parse_gear
from workshop.domain.states import OldPartClass, RepairClass, Training
from workshop.domain.words import N_

NO_CHECKLIST = ReasonKind(
    "W7a", "no_checklist", N_("There is no checklist called {checklist}; without one nobody could check the work.")
)
PART_ASKED_FOR = ReasonKind(
    "W6b",
    "part_asked_for",
    N_("The order {order} asks for this part. Only somebody who issues no parts can change this now: {part}"),
    (Role.MANAGER,),
)
GEAR_UNKNOWN = N_("The gear is a list of known words with semicolons, such as gloves;goggles.")
LIMITS_CROSSED = N_("The lower limit lies above the upper one.")
UNIT_MISSING = N_("A measured value needs its unit.")
Keeper = TypeVar("Keeper", Operation, Part)
_KEEPERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


class PutOperation(Command):
    """Enter an operation or change it. Orders keep what was agreed when the item was added."""

    roles = _KEEPERS
    label = N_("enter operation")
    story = N_("{actor} entered the operation {code}.")

    code: Upto20Filled = Field(title=N_("code"))
    name_zh: ShortFilled = Field(title=N_("Chinese name"))
    name_en: ShortFilled = Field(title=N_("English name"))
    category: Upto40Filled = Field(title=N_("category"))
    minutes: Minutes = Field(title=N_("standard minutes"))
    price: Money = Field(title=N_("labour charge"))
    repair_class: RepairClass = Field(title=N_("repair class"))
    checklist: Upto40Filled = Field(title=N_("checklist"))
    gear: Long = Field(default="", title=N_("protective gear"))
    drip_pan: bool = Field(default=False, title=N_("drip pan"))
    hoist_watcher: bool = Field(default=False, title=N_("hoist watcher"))
    outside_covers: bool = Field(default=False, title=N_("outside covers"))
    inside_covers: bool = Field(default=False, title=N_("inside covers"))
    training: Training | None = Field(default=None, title=N_("certificate needed"))
    active: bool = Field(default=True, title=N_("offered"))

    @field_validator("gear")
    @classmethod
    def _known_gear(cls, value: str) -> str:
        try:
            return ";".join(sorted(parse_gear(value)))
        except ValueError as error:
            raise problem(GEAR_UNKNOWN) from error

    def handle(self, tx: Tx) -> Outcome:
        """Create or replace it; its checklist must exist (W7a)."""
        if not tx.checklist(self.checklist):
            raise Refused(NO_CHECKLIST(checklist=self.checklist))
        row = tx.session.get(Operation, self.code) or Operation(**self.model_dump())
        tx.add(_filled(row, self))
        return {}


class GivenCheckLine(Given):
    """A line of a checklist; limits are in `unit`."""

    text_zh: LongFilled = Field(title=N_("Chinese text"))
    text_en: LongFilled = Field(title=N_("English text"))
    unit: Upto20 = Field(default="", title=N_("unit"))
    low: Measured | None = Field(default=None, title=N_("lower limit"))
    high: Measured | None = Field(default=None, title=N_("upper limit"))
    value_required: bool = Field(default=False, title=N_("value required"))

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise problem(LIMITS_CROSSED)
        if not self.unit and (self.value_required or self.low is not None or self.high is not None):
            raise problem(UNIT_MISSING)
        return self


class PutChecklist(Command):
    """Enter a checklist or replace its lines. Lists that are already laid out for an order stay as they are."""

    roles = _KEEPERS
    rule = "W7a"
    label = N_("enter checklist")
    story = N_("{actor} entered the checklist {checklist}.")

    checklist: Upto40Filled = Field(title=N_("checklist"))
    lines: tuple[GivenCheckLine, ...] = Field(min_length=1, max_length=60, title=N_("lines"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace the template."""
        for old in tx.checklist(self.checklist):
            tx.session.delete(old)
        tx.session.flush()
        for position, line in enumerate(self.lines, 1):
            tx.session.add(ChecklistLine(checklist=self.checklist, position=position, **line.model_dump()))
        return {"lines": len(self.lines)}


class PutPart(Command):
    """Enter a part or change it."""

    roles = _KEEPERS | {Role.PARTS_CLERK}
    rule = "W6b"
    label = N_("enter part")
    story = N_("{actor} entered the part {part_no}.")

    part_no: Upto40Filled = Field(title=N_("part number"))
    name_zh: ShortFilled = Field(title=N_("Chinese name"))
    name_en: ShortFilled = Field(title=N_("English name"))
    old_part: OldPartClass = Field(title=N_("old part"))
    hazardous: bool = Field(default=False, title=N_("hazardous waste"))
    unit: Upto10 = Field(default="pc", title=N_("unit"))
    price: Money = Field(title=N_("price each"))
    active: bool = Field(default=True, title=N_("offered"))

    def handle(self, tx: Tx) -> Outcome:
        """Create or replace it; a new part gets its number."""
        row = tx.find(Part, Part.part_no == self.part_no)
        if row is None:
            row = Part(**self.model_dump(), number=tx.number(Kind.PART))
        elif (row.old_part, row.hazardous) != (self.old_part, self.hazardous):
            _require_disinterested(tx, row)
        tx.add(_filled(row, self))
        return {"number": row.number}


class GivenFit(Given):
    """One line of what a part fits; empty fields agree with every car."""

    make: Upto40 = Field(default="", title=N_("make"))
    model: Short = Field(default="", title=N_("model"))
    year_from: int | None = Field(default=None, ge=1950, le=2100, title=N_("from model year"))
    year_to: int | None = Field(default=None, ge=1950, le=2100, title=N_("to model year"))
    engine: Upto40 = Field(default="", title=N_("engine"))
    vin_prefix: Upto17 = Field(default="", title=N_("VIN begins with"))


class PutFits(Command):
    """Say which cars a part fits (W6a); replaces what was said before."""

    roles = _KEEPERS | {Role.PARTS_CLERK}
    rule = "W6a"
    label = N_("enter fitment")
    story = N_("{actor} entered the fitment of {part_no}.")

    part_no: Upto40Filled = Field(title=N_("part number"))
    fits: tuple[GivenFit, ...] = Field(default=(), max_length=200, title=N_("cars that it fits"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace the lines."""
        part = tx.one(Part, Part.part_no == self.part_no, what=self.part_no)
        _require_disinterested(tx, part)
        for old in tx.all(PartFit, PartFit.part_id == part.id):
            tx.session.delete(old)
        for fit in self.fits:
            tx.session.add(PartFit(part_id=key(part.id), **fit.model_dump()))
        return {"lines": len(self.fits)}


class UsualPart(Given):
    """A part that an operation usually needs."""

    part_no: Upto40Filled = Field(title=N_("part number"))
    quantity: Pieces = Field(default=1, title=N_("pieces"))


class PutUsualParts(Command):
    """Say which parts an operation usually needs, offered at reception; replaces what was said before."""

    roles = _KEEPERS | {Role.PARTS_CLERK}
    label = N_("enter usual parts")
    story = N_("{actor} entered the usual parts of {operation}.")

    operation: Upto20Filled = Field(title=N_("operation"))
    parts: tuple[UsualPart, ...] = Field(default=(), max_length=60, title=N_("parts"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace the lines."""
        tx.get(Operation, self.operation)
        for old in tx.all(OperationPart, col(OperationPart.operation) == self.operation):
            tx.session.delete(old)
        tx.session.flush()
        for usual in self.parts:
            part = tx.one(Part, Part.part_no == usual.part_no, what=usual.part_no)
            tx.session.merge(OperationPart(operation=self.operation, part_id=key(part.id), quantity=usual.quantity))
        return {"lines": len(self.parts)}


def _require_disinterested(tx: Tx, part: Part) -> None:
    """W6a, W6b: whoever issues parts does not open the gate for a part that an order is waiting for."""
    if Role.PARTS_CLERK not in tx.actor.roles:
        return
    query = (
        select(RepairOrder.number)
        .join(OrderItem, col(OrderItem.order_id) == col(RepairOrder.id))
        .join(PartLine, col(PartLine.item_id) == col(OrderItem.id))
        .where(PartLine.part_id == part.id, OPEN_ORDERS)
        .order_by(col(RepairOrder.id))
        .limit(1)
    )
    order = tx.session.exec(query).first()
    if order is not None:
        raise Refused(PART_ASKED_FOR(order=order, part=name_of(part)))


def _filled(row: Keeper, given: PutOperation | PutPart) -> Keeper:
    for name, value in given.model_dump().items():
        setattr(row, name, value)
    row.initials = initials(given.name_zh)
    return row
