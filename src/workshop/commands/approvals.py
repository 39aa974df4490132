"""The front desk's decisions, line by line, with how the customer consented (W5)."""

from decimal import Decimal

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OrderAct, Outcome
from workshop.commands.change_requests import ALREADY_DONE, NOT_OPEN, RequestChange
from workshop.commands.fields import Money, Note, RowId, ShortFilled
from workshop.commands.findings import OWN_FINDING
from workshop.commands.shared import back_to_work, name_of, reopen_item
from workshop.commands.tx import Tx, key
from workshop.db.tables import (
    ChangeLine,
    ChangeRequest,
    Finding,
    LabourEntry,
    OrderItem,
    PartLine,
    RepairOrder,
)
from workshop.domain.moves import RESUME
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import AGREED, TO_DO, ChangeKind, Channel, Decision, FindingEnd, ItemState, PauseReason
from workshop.domain.words import N_, told

DECIDED = ReasonKind("W5", "line_decided", N_("This line is already decided: {decision}."))
OWN_REQUEST = ReasonKind("W5", "own_request", N_("You raised this line yourself; another advisor must decide it."))
WORK_UNTOLD = ReasonKind(
    "W5", "work_untold", N_("Work on this item has begun. Write down what was done before it is removed: {item}")
)
PARTS_OUT = ReasonKind(
    "W6b", "removal_parts_out", N_("{pieces} of {part} are in the technician's hands; take them back first.")
)
ADDED_AFTER_CHECK = N_("An added item was approved.")
_FEN = Decimal("0.01")


class DecideLine(OrderAct):
    """Decide one line of a change request as the customer wishes; how and by whom is kept."""

    roles = frozenset({Role.ADVISOR})
    rule = "W5"
    label = N_("decide line")
    story = N_("{actor} decided “{kind}: {item_name}”: {decision} by {consented_by} ({channel}). {note}")
    stages = RequestChange.stages

    line: RowId = Field(title=N_("change line"))
    decision: Decision = Field(title=N_("decision"))
    channel: Channel = Field(title=N_("consent by"))
    consented_by: ShortFilled = Field(title=N_("who decided for the customer"))
    price: Money | None = Field(default=None, title=N_("agreed price"))
    note: Note = Field(default="", title=N_("note; for a started item what was already done"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order that the line would change."""
        return tx.get(RepairOrder, self._request(tx).order_id)

    def handle(self, tx: Tx) -> Outcome:
        """Keep the decision and carry it out."""
        line, request, order = tx.get(ChangeLine, self.line), self._request(tx), self.locate(tx)
        if line.decision is not None:
            raise Refused(DECIDED(decision=line.decision.label))
        if request.raised_by_id == tx.actor.id:
            raise Refused(OWN_REQUEST())
        if request.finding_id is not None and tx.get(Finding, request.finding_id).found_by_id == tx.actor.id:
            raise Refused(OWN_FINDING())
        self._record(tx, line)
        item = tx.get(OrderItem, line.item_id)
        _EFFECTS[line.kind](self, tx, order, item, line)
        self._answer_finding(tx, request)
        return {"kind": told(line.kind.label), "item_name": name_of(item).as_json()}

    def _request(self, tx: Tx) -> ChangeRequest:
        return tx.get(ChangeRequest, tx.get(ChangeLine, self.line).request_id)

    def _record(self, tx: Tx, line: ChangeLine) -> None:
        line.decision, line.channel, line.consented_by = self.decision, self.channel, self.consented_by
        line.decided_by_id, line.decided_at, line.note = tx.actor.id, tx.now, self.note
        if self.decision is Decision.APPROVED:
            line.agreed_price = line.price if self.price is None else self.price
        tx.add(line)

    def _add_item(self, tx: Tx, order: RepairOrder, item: OrderItem, line: ChangeLine) -> None:
        item.state = _STATES[self.decision]
        if self.decision is Decision.APPROVED:
            item.price = line.price if line.agreed_price is None else line.agreed_price
            for part in tx.all(PartLine, PartLine.item_id == item.id):
                part.agreed = True
                tx.session.add(part)
            _resume(tx, order)
        tx.session.add(item)

    def _add_part(self, tx: Tx, order: RepairOrder, item: OrderItem, line: ChangeLine) -> None:
        if self.decision is not Decision.APPROVED:
            return
        _require_agreed(item)
        for part in tx.all(PartLine, PartLine.change_line_id == line.id):
            part.agreed = True
            if self.price is not None:
                part.price = (self.price / part.quantity).quantize(_FEN)
            tx.session.add(part)
        if item.state is ItemState.DONE:
            reopen_item(tx, item)
        _resume(tx, order)

    def _remove_item(self, tx: Tx, order: RepairOrder, item: OrderItem, _line: ChangeLine) -> None:
        if self.decision is not Decision.APPROVED:
            return
        if item.state not in TO_DO:
            raise Refused(ALREADY_DONE(state=item.state.label, item=name_of(item)))
        if item.state is ItemState.STARTED and not self.note:
            raise Refused(WORK_UNTOLD(item=name_of(item)))
        _require_parts_back(tx, order, item)
        for entry in tx.all(LabourEntry, LabourEntry.item_id == item.id, col(LabourEntry.ended_at).is_(None)):
            entry.ended_at, entry.paused = max(tx.now, entry.started_at), PauseReason.OTHER_ORDER
            tx.session.add(entry)
        item.state, item.work_done = ItemState.REMOVED, self.note
        tx.session.add(item)

    def _reprice_item(self, tx: Tx, _order: RepairOrder, item: OrderItem, line: ChangeLine) -> None:
        if self.decision is Decision.APPROVED:
            _require_agreed(item)
            item.minutes = line.minutes or item.minutes
            item.price = line.price if line.agreed_price is None else line.agreed_price
            tx.session.add(item)

    def _answer_finding(self, tx: Tx, request: ChangeRequest) -> None:
        """W4: with its last line decided, the finding is answered."""
        if request.finding_id is None:
            return
        finding = tx.get(Finding, request.finding_id)
        requests = tx.all(ChangeRequest, ChangeRequest.finding_id == finding.id)
        lines = [line for one in requests for line in tx.all(ChangeLine, ChangeLine.request_id == one.id)]
        decisions = {line.decision for line in lines}
        if finding.ended is not None or None in decisions:
            return
        finding.ended = next(end for decision, end in _FINDING_ENDS if decision in decisions)
        finding.closed_by_id, finding.closed_at = tx.actor.id, tx.now
        tx.session.add(finding)


_EFFECTS = {
    ChangeKind.ADD_ITEM: DecideLine._add_item,
    ChangeKind.ADD_PART: DecideLine._add_part,
    ChangeKind.REMOVE_ITEM: DecideLine._remove_item,
    ChangeKind.REPRICE_ITEM: DecideLine._reprice_item,
}
_STATES = {
    Decision.APPROVED: ItemState.APPROVED,
    Decision.DECLINED: ItemState.DECLINED,
    Decision.DEFERRED: ItemState.DEFERRED,
}
_FINDING_ENDS = (
    (Decision.APPROVED, FindingEnd.ADDED),
    (Decision.DEFERRED, FindingEnd.NEXT_VISIT),
    (Decision.DECLINED, FindingEnd.DECLINED),
)


def _require_agreed(item: OrderItem) -> None:
    if item.state not in AGREED:
        raise Refused(NOT_OPEN(state=item.state.label, item=name_of(item)))


def _resume(tx: Tx, order: RepairOrder) -> None:
    if order.stage in RESUME.sources:
        back_to_work(tx, order, ADDED_AFTER_CHECK)


def _require_parts_back(tx: Tx, order: RepairOrder, item: OrderItem) -> None:
    facts = tx.facts(key(order.id))
    lines = next(one.lines for one in facts.items if one.id == item.id)
    for line in lines:
        unfitted = sum(issue.unfitted for issue in line.issues)
        if unfitted:
            raise Refused(PARTS_OUT(pieces=unfitted, part=line.name))
