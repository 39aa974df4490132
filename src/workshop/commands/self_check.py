"""The technician's self-check: every item, line by line, with measured values (W7a)."""

from abc import ABC

from pydantic import Field

from workshop.commands.base import OnOrder, OrderAct, Outcome
from workshop.commands.fields import Measured, Note, RowId, ToolNumber
from workshop.commands.instruments import cite
from workshop.commands.shared import name_of, reopen_item, require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import CheckAnswer, LabourEntry, OrderItem, RepairOrder, SelfCheck
from workshop.domain import checks
from workshop.domain.moves import SELF_CHECK
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import Answer, ItemState, Stage
from workshop.domain.words import N_, Name

OLD_ROUND = ReasonKind("W7a", "old_round", N_("This line belongs to an earlier round; answer the new list."))
NOT_DONE = ReasonKind("W7a", "check_before_done", N_("The item is {state}; finish it before checking it: {item}"))
NOT_WORKER = ReasonKind("W7a", "not_worker", N_("Only somebody who worked on it checks it: {item}"))
NOT_ON_ORDER = ReasonKind("W7a", "not_on_order", N_("Only somebody who worked on this order signs its self-check."))
NOT_SELF_CHECK = ReasonKind("W7a", "not_self_check", N_("This line belongs to the final inspection."))
_TECHNICIAN = frozenset({Role.TECHNICIAN})


class Answering(OrderAct, ABC):
    """An act that answers one line of a checklist."""

    check: RowId = Field(title=N_("checklist line"))
    answer: Answer = Field(title=N_("result"))
    value: Measured | None = Field(default=None, title=N_("measured value"))
    reason: Note = Field(default="", title=N_("reason"))
    instrument: ToolNumber | None = Field(default=None, title=N_("measured with"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order that is checked."""
        return tx.get(RepairOrder, tx.get(CheckAnswer, self.check).order_id)


class AnswerCheck(Answering):
    """Answer one line of an item's self-check: OK, not OK, or not applicable with the reason; with a measured value."""

    roles = _TECHNICIAN
    rule = "W7a"
    label = N_("answer check")
    story = N_("{actor} checked “{line}” of {item_name}: {answer} {value} {reason}")
    stages = (Stage.IN_WORK,)

    def handle(self, tx: Tx) -> Outcome:
        """Keep the answer; "not OK" sends the item back to work."""
        row = tx.get(CheckAnswer, self.check)
        if row.item_id is None:
            raise Refused(NOT_SELF_CHECK())
        require_team(tx, self.locate(tx))
        item = tx.get(OrderItem, row.item_id)
        if row.round != item.round:
            raise Refused(OLD_ROUND())
        if item.state is not ItemState.DONE:
            raise Refused(NOT_DONE(state=item.state.label, item=name_of(item)))
        if not tx.all(LabourEntry, LabourEntry.item_id == item.id, LabourEntry.technician_id == tx.actor.id):
            raise Refused(NOT_WORKER(item=name_of(item)))
        keep_answer(tx, row, self)
        if self.answer is Answer.NOT_OK:
            reopen_item(tx, item)
        return {
            "line": Name(row.text_zh, row.text_en).as_json(),
            "item_name": name_of(item).as_json(),
            "back_to_work": self.answer is Answer.NOT_OK,
        }


class SignSelfCheck(OnOrder):
    """Sign that every item of the order was checked in detail."""

    roles = _TECHNICIAN
    rule = "W7a"
    label = N_("sign self-check")
    story = N_("{actor} signed the self-check.")
    stages = SELF_CHECK.sources
    signature = True

    def handle(self, tx: Tx) -> Outcome:
        """Every gate of W1 to W7a at once; what is still missing is said in full."""
        order = self.locate(tx)
        require_team(tx, order)
        facts = tx.facts(order.id)
        target = SELF_CHECK.require(facts)
        if tx.actor.id not in facts.workers:
            raise Refused(NOT_ON_ORDER())
        tx.session.add(SelfCheck(order_id=key(order.id), round=order.round, technician_id=tx.actor.id, at=tx.now))
        order.stage = target
        tx.session.add(order)
        return {}


def keep_answer(tx: Tx, row: CheckAnswer, given: Answering) -> None:
    """Keep the answer to a line, if it can stand (W7a)."""
    line = checks.CheckLine(Name(row.text_zh, row.text_en), row.unit, row.low, row.high, row.value_required)
    require(checks.objections(line, given.answer, given.value, given.reason))
    row.answer, row.value, row.reason = given.answer, given.value, given.reason
    row.answered_by_id, row.answered_at = tx.actor.id, tx.now
    tx.session.add(row)
    cite(tx, row, given.instrument)
