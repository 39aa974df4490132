"""Questions that the commands of several places ask."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col

from workshop.commands.fields import ItemNumber, Minutes, Money, NoteFilled, Pieces, Short
from workshop.commands.tx import Actor, Tx, key
from workshop.db.tables import (
    Certificate,
    CheckAnswer,
    Defect,
    HandOver,
    Operation,
    OrderItem,
    Part,
    PartLine,
    Person,
    PersonRole,
    RepairOrder,
    ToolModel,
)
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import AGREED, DefectClass, ItemState, Stage, Training
from workshop.domain.words import N_, JsonValue, Message, Name

NOT_YOUR_ORDER = ReasonKind("W1", "not_your_order", N_("This order is dispatched to another team: {team}"))
CERTIFICATE_MISSING = ReasonKind(
    "W11", "certificate_missing", N_("{person} holds no valid certificate for {training}, which this needs: {item}")
)
OPERATION_CLOSED = ReasonKind("-", "operation_closed", N_("This operation is no longer offered: {item}"))
PART_CLOSED = ReasonKind("-", "part_closed", N_("This part is no longer in the catalogue: {part}"))
NOT_A = ReasonKind("-", "not_in_role", N_("{person} is not a {role}. Choose somebody who is."))
DEFECT_ASTRAY = ReasonKind(
    "W7c", "defect_astray", N_("This item is {state}; name the defect on an item that was done: {item}")
)
ITEM_ELSEWHERE = ReasonKind("-", "item_elsewhere", N_("This item belongs to another order: {item}"))


class Given(BaseModel):
    """A part of a command's input."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GivenPart(Given):
    """A part asked for; without a price the catalogue's counts."""

    part_no: Short = Field(title=N_("part number"))
    quantity: Pieces = Field(default=1, title=N_("pieces"))
    price: Money | None = Field(default=None, title=N_("price each"))


class GivenItem(Given):
    """An operation asked for; without minutes or price the catalogue's count."""

    operation: Short = Field(title=N_("operation"))
    minutes: Minutes | None = Field(default=None, title=N_("labour minutes"))
    price: Money | None = Field(default=None, title=N_("labour charge"))
    parts: tuple[GivenPart, ...] = Field(default=(), max_length=60, title=N_("parts"))


class GivenDefect(Given):
    """What is wrong with an item."""

    item: ItemNumber = Field(title=N_("item"))
    defect_class: DefectClass = Field(title=N_("class"))
    note: NoteFilled = Field(title=N_("what is wrong"))


def add_item(tx: Tx, order_id: int, given: GivenItem, state: ItemState) -> OrderItem:
    """Put an operation on the order with its part lines; agreed at once unless it is a proposal."""
    operation = tx.get(Operation, given.operation)
    name = Name(operation.name_zh, operation.name_en)
    if not operation.active:
        raise Refused(OPERATION_CLOSED(item=name))
    item = tx.add(
        OrderItem(
            number=tx.number(Kind.ITEM),
            order_id=order_id,
            operation=operation.code,
            name_zh=operation.name_zh,
            name_en=operation.name_en,
            repair_class=operation.repair_class,
            minutes=given.minutes or operation.minutes,
            price=operation.price if given.price is None else given.price,
            state=state,
        )
    )
    for part in given.parts:
        add_line(tx, key(item.id), part, agreed=state is not ItemState.PROPOSED)
    return item


def add_line(tx: Tx, item_id: int, given: GivenPart, *, agreed: bool, change_line_id: int | None = None) -> PartLine:
    """Ask for a part on an item."""
    part = tx.one(Part, Part.part_no == given.part_no, what=given.part_no)
    if not part.active:
        raise Refused(PART_CLOSED(part=Name(part.name_zh, part.name_en)))
    return tx.add(
        PartLine(
            item_id=item_id,
            part_id=key(part.id),
            quantity=given.quantity,
            price=part.price if given.price is None else given.price,
            agreed=agreed,
            change_line_id=change_line_id,
        )
    )


def item_on(tx: Tx, order: RepairOrder, number: str) -> OrderItem:
    """The item with this number; refused unless it is on the order."""
    item = tx.one(OrderItem, OrderItem.number == number, what=number)
    if item.order_id != order.id:
        raise Refused(ITEM_ELSEWHERE(item=number))
    return item


def require_team(tx: Tx, order: RepairOrder) -> None:
    """W1: only the technician or the team that the order was dispatched to works on it."""
    if tx.actor.id == order.technician_id or (tx.actor.team_id is not None and tx.actor.team_id == order.team_id):
        return
    team = tx.team_name(order.team_id)
    raise Refused(NOT_YOUR_ORDER(team=team))


def person_in_role(tx: Tx, badge: str, role: Role) -> Person:
    """The person with this badge; refused unless active and in the role."""
    person = tx.one(Person, Person.badge == badge, what=badge)
    if not person.active or tx.session.get(PersonRole, (person.id, role)) is None:
        raise Refused(NOT_A(person=person.name, role=role.label))
    return person


def active_person(tx: Tx, badge: str) -> Person:
    """The person with this badge; refused where nobody who works here has it."""
    return tx.one(Person, Person.badge == badge, col(Person.active).is_(True), what=badge)


def require_certificates(tx: Tx, person: Person | Actor, items: Iterable[OrderItem]) -> None:
    """W11: whoever is assigned or starts an operation that asks for a training holds its certificate, valid today."""
    for item in items:
        training = tx.get(Operation, item.operation).training
        if training is not None:
            require_certificate(tx, person, training, name_of(item))


def require_certificate(tx: Tx, person: Person | Actor, training: Training, work: Name | Message) -> None:
    """W11: the same for one training, naming the work that asks for it."""
    held = tx.all(Certificate, Certificate.person_id == person.id, Certificate.training == training)
    if not any(one.valid_from <= tx.today <= one.valid_until for one in held):
        raise Refused(CERTIFICATE_MISSING(person=person.name, training=training.label, item=work))


def reopen_item(tx: Tx, item: OrderItem) -> None:
    """Send a finished item back to work; its self-check starts over in a new round (W7a)."""
    item.state = ItemState.STARTED
    item.round += 1
    tx.session.add(item)


def back_to_work(tx: Tx, order: RepairOrder, reason: str) -> None:
    """Send the order back to work: a new round, so that self-check, hand-over and inspection are signed again."""
    order.stage = Stage.IN_WORK
    order.round += 1
    tx.session.add(order)
    for offer in tx.all(HandOver, HandOver.order_id == order.id, col(HandOver.accepted).is_(None)):
        offer.accepted, offer.reason, offer.taken_at = False, reason, tx.now
        tx.session.add(offer)


def add_defects(
    tx: Tx,
    order: RepairOrder,
    defects: Iterable[GivenDefect],
    *,
    inspection_id: int | None = None,
    hand_over_id: int | None = None,
) -> list[JsonValue]:
    """Record what is wrong per item and send those items back to work; the names of the items."""
    found: list[JsonValue] = []
    for given in defects:
        item = item_on(tx, order, given.item)
        if item.state not in AGREED:
            raise Refused(DEFECT_ASTRAY(state=item.state.label, item=Name(item.name_zh, item.name_en)))
        tx.add(
            Defect(
                order_id=key(order.id),
                item_id=key(item.id),
                inspection_id=inspection_id,
                hand_over_id=hand_over_id,
                defect_class=given.defect_class,
                note=given.note,
            )
        )
        if item.state is ItemState.DONE:
            reopen_item(tx, item)
        found.append(Name(item.name_zh, item.name_en).as_json())
    return found


def name_of(row: OrderItem | Part | Operation | ToolModel) -> Name:
    """The row's name in both languages."""
    return Name(row.name_zh, row.name_en)


def copy_checklist(tx: Tx, checklist: str, order_id: int, item_id: int | None, number: int) -> int:
    """Copy a template's lines for somebody to answer; how many there are."""
    lines = tx.checklist(checklist)
    for line in lines:
        tx.session.add(
            CheckAnswer(
                order_id=order_id,
                item_id=item_id,
                round=number,
                position=line.position,
                text_zh=line.text_zh,
                text_en=line.text_en,
                unit=line.unit,
                low=line.low,
                high=line.high,
                value_required=line.value_required,
            )
        )
    return len(lines)
