"""Change requests: nothing is added, removed or priced anew without consent (W5)."""

from typing import Self

from pydantic import Field, model_validator
from sqlmodel import col

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.fields import ItemNumber, Minutes, Money, Note, RowId, problem
from workshop.commands.shared import Given, GivenItem, GivenPart, add_item, add_line, item_on, name_of, require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import ChangeLine, ChangeRequest, Finding, OrderItem, RepairOrder
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import AGREED, ON_THE_FLOOR, TO_DO, ChangeKind, ItemState, Stage
from workshop.domain.words import N_, JsonValue

NOTHING_ASKED = N_("A change request needs at least one line.")
NOT_OPEN = ReasonKind("W5", "item_not_open", N_("Only an agreed item can be changed; this one is {state}: {item}"))
ALREADY_DONE = ReasonKind("W5", "item_already_done", N_("The item is {state}; it can no longer be removed: {item}"))
ASKED_ALREADY = ReasonKind("W5", "asked_already", N_("A change of this item already awaits a decision: {item}"))
OTHER_FINDING = ReasonKind("W4", "other_finding", N_("The finding is not an open one of this order."))
_RAISERS = frozenset({Role.TECHNICIAN, Role.TEAM_LEADER, Role.INSPECTOR, Role.ADVISOR})


class PartForItem(GivenPart):
    """A part to add to an item that is already agreed."""

    item: ItemNumber = Field(title=N_("item"))


class NewTerms(Given):
    """New hours or a new charge for an item."""

    item: ItemNumber = Field(title=N_("item"))
    minutes: Minutes = Field(title=N_("labour minutes"))
    price: Money = Field(title=N_("labour charge"))


class RequestChange(OnOrder):
    """Ask the front desk to add items or parts, remove items, or change hours and prices."""

    roles = _RAISERS
    rule = "W5"
    label = N_("request change")
    story = N_("{actor} asked for changes ({count}): {reason}")
    stages = tuple(stage for stage in Stage if stage is Stage.OPENED or stage in ON_THE_FLOOR)

    reason: Note = Field(default="", title=N_("reason"))
    add_items: tuple[GivenItem, ...] = Field(default=(), max_length=30, title=N_("items to add"))
    add_parts: tuple[PartForItem, ...] = Field(default=(), max_length=60, title=N_("parts to add"))
    remove: tuple[ItemNumber, ...] = Field(default=(), max_length=30, title=N_("items to remove"))
    reprice: tuple[NewTerms, ...] = Field(default=(), max_length=30, title=N_("new terms"))
    finding: RowId | None = Field(default=None, title=N_("finding"))

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.add_items or self.add_parts or self.remove or self.reprice):
            raise problem(NOTHING_ASKED)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Raise the lines; each awaits a decision of its own."""
        order = self.locate(tx)
        if tx.actor.roles.isdisjoint(_RAISERS - {Role.TECHNICIAN}):
            require_team(tx, order)
        request = tx.add(
            ChangeRequest(
                order_id=key(order.id),
                finding_id=self._finding(tx, order),
                raised_by_id=tx.actor.id,
                at=tx.now,
                reason=self.reason,
            )
        )
        lines = [propose_item(tx, request, given) for given in self.add_items]
        lines += [self._add_part(tx, order, request, given) for given in self.add_parts]
        lines += [self._remove(tx, order, request, number) for number in self.remove]
        lines += [self._reprice(tx, order, request, terms) for terms in self.reprice]
        ids: list[JsonValue] = [key(line.id) for line in lines]
        return {"request": key(request.id), "lines": ids, "count": len(ids)}

    def _finding(self, tx: Tx, order: RepairOrder) -> int | None:
        if self.finding is None:
            return None
        finding = tx.get(Finding, self.finding)
        if finding.order_id != order.id or finding.ended is not None:
            raise Refused(OTHER_FINDING())
        return finding.id

    def _add_part(self, tx: Tx, order: RepairOrder, request: ChangeRequest, given: PartForItem) -> ChangeLine:
        item = item_on(tx, order, given.item)
        if item.state not in AGREED:
            raise Refused(NOT_OPEN(state=item.state.label, item=name_of(item)))
        plain = GivenPart(part_no=given.part_no, quantity=given.quantity, price=given.price)
        part = add_line(tx, key(item.id), plain, agreed=False)
        line = _line(tx, request, ChangeKind.ADD_PART, item)
        line.price, part.change_line_id = part.price * part.quantity, line.id
        tx.session.add(part)
        return line

    def _remove(self, tx: Tx, order: RepairOrder, request: ChangeRequest, number: str) -> ChangeLine:
        item = item_on(tx, order, number)
        if item.state not in TO_DO:
            raise Refused(ALREADY_DONE(state=item.state.label, item=name_of(item)))
        _require_unasked(tx, item)
        return _line(tx, request, ChangeKind.REMOVE_ITEM, item)

    def _reprice(self, tx: Tx, order: RepairOrder, request: ChangeRequest, terms: NewTerms) -> ChangeLine:
        item = item_on(tx, order, terms.item)
        if item.state not in AGREED:
            raise Refused(NOT_OPEN(state=item.state.label, item=name_of(item)))
        _require_unasked(tx, item)
        line = _line(tx, request, ChangeKind.REPRICE_ITEM, item)
        line.minutes, line.price = terms.minutes, terms.price
        tx.session.add(line)
        return line


def propose_item(tx: Tx, request: ChangeRequest, given: GivenItem) -> ChangeLine:
    """Put a proposed item on the order and the line that asks for it."""
    item = add_item(tx, request.order_id, given, ItemState.PROPOSED)
    return _line(tx, request, ChangeKind.ADD_ITEM, item)


def _line(tx: Tx, request: ChangeRequest, kind: ChangeKind, item: OrderItem) -> ChangeLine:
    return tx.add(
        ChangeLine(request_id=key(request.id), kind=kind, item_id=key(item.id), minutes=item.minutes, price=item.price)
    )


def _require_unasked(tx: Tx, item: OrderItem) -> None:
    waiting = tx.all(
        ChangeLine,
        ChangeLine.item_id == item.id,
        col(ChangeLine.decision).is_(None),
        col(ChangeLine.kind).in_([ChangeKind.REMOVE_ITEM, ChangeKind.REPRICE_ITEM]),
    )
    if waiting:
        raise Refused(ASKED_ALREADY(item=name_of(item)))
