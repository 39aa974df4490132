"""Reception: the repair order is opened, its items agreed with the customer, its promise kept or moved."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import Command, OnOrder, Outcome
from workshop.commands.fields import (
    ItemNumber,
    Moment,
    Note,
    NoteFilled,
    Odometer,
    OrderNumber,
    Phone,
    PlateText,
    Short,
    ShortFilled,
    Upto20,
    VinText,
)
from workshop.commands.shared import GivenItem, GivenPart, add_item, add_line, name_of
from workshop.commands.tx import Tx, key
from workshop.db.tables import (
    ChangeLine,
    Finding,
    FitException,
    OrderItem,
    Part,
    PartIssue,
    PartLine,
    PlateCheck,
    PlateCorrection,
    RepairOrder,
    Vehicle,
)
from workshop.domain.moves import CANCEL
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.safety_gates import high_voltage_on, vehicle_down
from workshop.domain.states import (
    ENDED,
    ON_THE_FLOOR,
    Channel,
    Decision,
    FindingEnd,
    ItemState,
    OldPartsChoice,
    Stage,
)
from workshop.domain.words import N_, JsonValue, told_at

IN_HOUSE = ReasonKind("W3", "vehicle_in_house", N_("This vehicle already has an open order: {order}"))
PROMISE_PAST = ReasonKind("W3", "promise_past", N_("The promised time has already passed. Promise a time to come."))
NOT_OFFERED_LINE = ReasonKind(
    "W5", "not_deferred", N_("This is no open line of an earlier visit of the vehicle: {item}")
)
NOT_ITS_COMEBACK = ReasonKind(
    "W3",
    "not_its_comeback",
    N_("A comeback belongs to a delivered order of the same vehicle; this one is not: {order}"),
)
OWN_CHECK = ReasonKind(
    "W1", "own_check", N_("You checked the plate of this order yourself; an advisor who did not must correct it.")
)
OTHER_CAR = ReasonKind(
    "W6a",
    "parts_of_other_car",
    N_("Parts were issued or signed for the first car. Cancel this order and open a new one for {plate}."),
)
ODOMETER_BACK = ReasonKind("W3", "odometer_back", N_("The odometer showed {before} km at the last visit; check it."))
_ADVISOR = frozenset({Role.ADVISOR})


class OpenOrder(Command):
    """Open a repair order (任务委托书) for a registered vehicle, with the items that the customer agreed to."""

    roles = _ADVISOR
    rule = "W5"
    label = N_("open order")
    story = N_("{actor} opened the order for {plate} at {odometer} km: {request}")

    vin: VinText = Field(title=N_("VIN"))
    request: NoteFilled = Field(title=N_("customer request"))
    odometer: Odometer = Field(title=N_("mileage in"))
    odometer_lower: bool = Field(default=False, title=N_("the lower mileage is right"))
    promised_at: Moment = Field(title=N_("promised time"))
    brought_by: Short = Field(default="", title=N_("brought by"))
    phone: Phone | None = Field(default=None, title=N_("telephone"))
    fuel: Upto20 = Field(default="", title=N_("fuel level"))
    belongings: Note = Field(default="", title=N_("belongings"))
    old_parts: OldPartsChoice = Field(default=OldPartsChoice.SHOP_KEEPS, title=N_("old parts"))
    items: tuple[GivenItem, ...] = Field(default=(), max_length=60, title=N_("items"))
    deferred: tuple[ItemNumber, ...] = Field(default=(), max_length=60, title=N_("deferred lines taken up"))
    comeback_of: OrderNumber | None = Field(default=None, title=N_("comeback of order"))

    def handle(self, tx: Tx) -> Outcome:
        """Create the order with its items; deferred and declined lines of earlier visits may be taken up."""
        vehicle = tx.one(Vehicle, Vehicle.vin == self.vin, what=self.vin)
        self._require_sense(tx, vehicle)
        order = tx.add(
            RepairOrder(
                number=tx.number(Kind.ORDER),
                vehicle_id=key(vehicle.id),
                customer_id=vehicle.customer_id,
                plate=vehicle.plate,
                brought_by=self.brought_by,
                phone=self.phone or "",
                request=self.request,
                odometer_in=self.odometer,
                fuel=self.fuel,
                belongings=self.belongings,
                old_parts=self.old_parts,
                advisor_id=tx.actor.id,
                opened_at=tx.now,
                promised_at=self.promised_at,
                comeback_of_id=self._first_order(tx, vehicle),
            )
        )
        items = [add_item(tx, key(order.id), given, ItemState.APPROVED) for given in self.items]
        items += [self._take_up(tx, vehicle, order, number) for number in self.deferred]
        numbers: list[JsonValue] = [item.number for item in items]
        return {"order": order.number, "items": numbers, "plate": order.plate or vehicle.vin[-8:]}

    def _require_sense(self, tx: Tx, vehicle: Vehicle) -> None:
        if self.promised_at <= tx.now:
            raise Refused(PROMISE_PAST())
        _require_away(tx, vehicle)
        before = tx.all(RepairOrder, RepairOrder.vehicle_id == vehicle.id)
        visits = sorted(before, key=lambda order: key(order.id))
        last = next((order.odometer_out or order.odometer_in for order in reversed(visits)), 0)
        if self.odometer < last and not self.odometer_lower:
            raise Refused(ODOMETER_BACK(before=last))

    def _first_order(self, tx: Tx, vehicle: Vehicle) -> int | None:
        if self.comeback_of is None:
            return None
        first = tx.one(RepairOrder, RepairOrder.number == self.comeback_of, what=self.comeback_of)
        if first.vehicle_id != vehicle.id or first.stage is not Stage.DELIVERED:
            raise Refused(NOT_ITS_COMEBACK(order=first.number))
        return first.id

    def _take_up(self, tx: Tx, vehicle: Vehicle, order: RepairOrder, number: str) -> OrderItem:
        old = tx.one(OrderItem, OrderItem.number == number, what=number)
        earlier = tx.get(RepairOrder, old.order_id)
        waiting = old.state in {ItemState.DEFERRED, ItemState.DECLINED} and old.taken_up_by_id is None
        if earlier.vehicle_id != vehicle.id or not waiting:
            raise Refused(NOT_OFFERED_LINE(item=number))
        given = GivenItem(operation=old.operation, minutes=old.minutes, price=old.price)
        item = add_item(tx, key(order.id), given, ItemState.APPROVED)
        for line in tx.all(PartLine, PartLine.item_id == old.id):
            part_no = tx.get(Part, line.part_id).part_no
            add_line(
                tx, key(item.id), GivenPart(part_no=part_no, quantity=line.quantity, price=line.price), agreed=True
            )
        old.taken_up_by_id = item.id
        tx.session.add(old)
        return item


class AddItem(OnOrder):
    """Add an item while the customer is still at the front desk; later it takes a change request."""

    roles = _ADVISOR
    rule = "W5"
    label = N_("add item")
    story = N_("{actor} added {item} with the consent of {consented_by} ({channel}).")
    stages = (Stage.OPENED,)

    given: GivenItem = Field(title=N_("item"))
    channel: Channel = Field(title=N_("consent by"))
    consented_by: ShortFilled = Field(title=N_("who consented"))

    def handle(self, tx: Tx) -> Outcome:
        """Add the item as agreed."""
        item = add_item(tx, key(self.locate(tx).id), self.given, ItemState.APPROVED)
        return {"number": item.number, "item": name_of(item).as_json()}


class CorrectPlate(OnOrder):
    """Correct the plate on the order after a mismatch, or confirm it, with a reason. A fresh check must follow."""

    roles = _ADVISOR
    rule = "W1"
    label = N_("correct plate")
    story = N_("{actor} set the plate on the order from {before} to {after}: {reason}")
    stages = (Stage.OPENED, Stage.DISPATCHED)

    plate: PlateText | None = Field(default=None, title=N_("plate"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Void the checks so far; if another known vehicle bears the plate, the order is about that one."""
        order = self.locate(tx)
        vehicle = tx.get(Vehicle, order.vehicle_id)
        bearer = tx.find(Vehicle, Vehicle.plate == self.plate) if self.plate else None
        checks = tx.all(PlateCheck, PlateCheck.order_id == order.id)
        if any(check.technician_id == tx.actor.id for check in checks):
            raise Refused(OWN_CHECK())
        if bearer is not None and bearer.id != vehicle.id:
            _require_away(tx, bearer)
            _require_no_parts(tx, order, bearer)
            _require_at_rest(tx, order)
            order.vehicle_id, order.customer_id, order.comeback_of_id = key(bearer.id), bearer.customer_id, None
            _release_taken_up(tx, order)
        elif vehicle.plate != self.plate:
            vehicle.plate = self.plate
            tx.session.add(vehicle)
        before = order.plate
        tx.session.add(
            PlateCorrection(
                order_id=key(order.id),
                at=tx.now,
                advisor_id=tx.actor.id,
                before=before,
                after=self.plate,
                reason=self.reason,
                after_check_id=max((key(check.id) for check in checks), default=None),
            )
        )
        order.plate = self.plate
        tx.session.add(order)
        return {"before": before or "-", "after": self.plate or "-"}


def _require_no_parts(tx: Tx, order: RepairOrder, bearer: Vehicle) -> None:
    """W6a: what was issued or signed for one car is not carried over to another."""
    items = [item.id for item in tx.all(OrderItem, OrderItem.order_id == order.id)]
    lines = [line.id for line in tx.all(PartLine, col(PartLine.item_id).in_(items))]
    issues = tx.all(PartIssue, col(PartIssue.line_id).in_(lines))
    signed = tx.all(FitException, col(FitException.line_id).in_(lines))
    if issues or signed:
        raise Refused(OTHER_CAR(plate=bearer.plate or bearer.vin))


def _require_at_rest(tx: Tx, order: RepairOrder) -> None:
    """S1, S2: a car that is on a lift or dead stays the order's; no record of its safety passes to another car."""
    facts = tx.facts(order.id)
    require([*vehicle_down(facts), *high_voltage_on(facts)])


class ChangePromise(OnOrder):
    """Move the promised time, with the reason that the customer was given."""

    roles = _ADVISOR
    rule = "W3"
    label = N_("change promised time")
    story = N_("{actor} moved the promised time from {before} to {promised_at}: {reason}")
    stages = (Stage.OPENED, *sorted(ON_THE_FLOOR, key=list(Stage).index))

    promised_at: Moment = Field(title=N_("promised time"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Promise another time to come."""
        if self.promised_at <= tx.now:
            raise Refused(PROMISE_PAST())
        order = self.locate(tx)
        before = order.promised_at
        order.promised_at = self.promised_at
        tx.session.add(order)
        return {"before": told_at(before)}


class CancelOrder(OnOrder):
    """Cancel the order; possible until parts are fitted, with every part back and every clock stopped."""

    roles = frozenset({Role.ADVISOR, Role.MANAGER})
    rule = "W5"
    label = N_("cancel order")
    story = N_("{actor} cancelled the order: {reason}")
    stages = CANCEL.sources
    signature = True

    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """End the order's life; what was still proposed or found is kept, so that it is offered at the next visit."""
        order = self.locate(tx)
        order.stage = CANCEL.require(tx.facts(order.id))
        order.cancelled_reason = self.reason
        tx.session.add(order)
        for item in tx.all(OrderItem, OrderItem.order_id == order.id):
            if item.state is ItemState.PROPOSED:
                item.state = ItemState.DEFERRED
                tx.session.add(item)
            for line in tx.all(ChangeLine, ChangeLine.item_id == item.id, col(ChangeLine.decision).is_(None)):
                line.decision, line.decided_by_id, line.decided_at = Decision.DEFERRED, tx.actor.id, tx.now
                tx.session.add(line)
        for finding in tx.all(Finding, Finding.order_id == order.id, col(Finding.ended).is_(None)):
            finding.ended, finding.closed_by_id, finding.closed_at = FindingEnd.NEXT_VISIT, tx.actor.id, tx.now
            tx.session.add(finding)
        _release_taken_up(tx, order)
        return {}


def _require_away(tx: Tx, vehicle: Vehicle) -> None:
    """W3: a vehicle is here on one order at a time."""
    for order in tx.all(RepairOrder, RepairOrder.vehicle_id == vehicle.id):
        if order.stage not in ENDED:
            raise Refused(IN_HOUSE(order=order.number))


def _release_taken_up(tx: Tx, order: RepairOrder) -> None:
    """W5: the earlier lines that the order had taken up will be offered again."""
    items = [item.id for item in tx.all(OrderItem, OrderItem.order_id == order.id)]
    for old in tx.all(OrderItem, col(OrderItem.taken_up_by_id).in_(items)):
        old.taken_up_by_id = None
        tx.session.add(old)
