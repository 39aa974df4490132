"""The labour clock: items are started, paused, finished (W3), under the conditions of safety (S1, S4 to S7, W11)."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OnItem, Outcome
from workshop.commands.fields import Badge
from workshop.commands.shared import copy_checklist, name_of, require_certificates, require_team
from workshop.commands.tx import Condition, Tx, key
from workshop.db.tables import LabourEntry, Operation, OrderItem, Person, SafetyConfirmation
from workshop.domain.gates import CLOCK_RUNNING, item_parts_fitted
from workshop.domain.high_voltage import not_dead
from workshop.domain.moves import START_WORK
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.safety import Conditions, Precaution, parse_gear
from workshop.domain.states import TO_DO, ItemState, PauseReason, Stage
from workshop.domain.words import N_

NOT_APPROVED = ReasonKind(
    "W5", "item_not_approved", N_("The customer has not agreed to this item ({state}); it may not be worked on: {item}")
)
BUSY_ELSEWHERE = ReasonKind("W3", "busy_elsewhere", N_("Your clock is running on {item}. Pause or finish that first."))
NOT_RUNNING = ReasonKind("W3", "clock_not_running", N_("Your clock is not running on this item: {item}"))
NOT_STARTED = ReasonKind(
    "W3", "item_not_started", N_("This item has not been started, so it cannot be finished: {item}")
)
NOT_WORKED = ReasonKind("W3", "not_worked", N_("Only somebody who worked on it can finish it: {item}"))
_TECHNICIAN = frozenset({Role.TECHNICIAN})


class StartItem(OnItem):
    """Start or resume an item: your labour clock runs until you pause or finish it."""

    roles = _TECHNICIAN
    rule = "W5"
    label = N_("start item")
    story = N_("{actor} started {item_name}.")
    stages = (*START_WORK.sources, Stage.IN_WORK)

    confirmed: tuple[Precaution, ...] = Field(default=(), max_length=20, title=N_("confirmed"))
    watcher: Badge | None = Field(default=None, title=N_("hoist watcher's badge"))

    def handle(self, tx: Tx) -> Outcome:
        """Check consent, gates, certificate and conditions, then start the clock."""
        order, item = self.locate(tx), self.row(tx)
        require_team(tx, order)
        if item.state not in TO_DO:
            raise Refused(NOT_APPROVED(state=item.state.label, item=name_of(item)))
        facts = tx.facts(order.id)
        require(START_WORK.objections(facts))
        require_certificates(tx, tx.actor, [item])
        require(not_dead(facts.safety.shutdown) if item.id in facts.safety.high_voltage else ())
        self._require_free(tx)
        self._confirm(tx, item)
        tx.session.add(LabourEntry(item_id=key(item.id), technician_id=tx.actor.id, started_at=tx.now))
        item.state, order.stage = ItemState.STARTED, START_WORK.target
        tx.session.add(item)
        tx.session.add(order)
        return {"item_name": name_of(item).as_json()}

    def _require_free(self, tx: Tx) -> None:
        running = tx.find(LabourEntry, *_running(tx.actor.id))
        if running is not None:
            raise Refused(BUSY_ELSEWHERE(item=name_of(tx.get(OrderItem, running.item_id))))

    def _confirm(self, tx: Tx, item: OrderItem) -> None:
        mine = tx.all(
            SafetyConfirmation, SafetyConfirmation.item_id == item.id, SafetyConfirmation.technician_id == tx.actor.id
        )
        if mine and not self.confirmed:
            return
        watcher = tx.one(Person, Person.badge == self.watcher, what=self.watcher) if self.watcher else None
        watcher_id = watcher.id if watcher is not None and watcher.active else None
        require(conditions(tx.get(Operation, item.operation)).unmet(self.confirmed, tx.actor.id, watcher_id))
        tx.session.add(
            SafetyConfirmation(
                item_id=key(item.id),
                technician_id=tx.actor.id,
                watcher_id=watcher_id,
                at=tx.now,
                confirmed=";".join(sorted(set(self.confirmed))),
            )
        )


class PauseItem(OnItem):
    """Stop your labour clock on an item, with the reason."""

    roles = _TECHNICIAN
    rule = "W3"
    label = N_("pause item")
    story = N_("{actor} paused {item_name}: {reason}.")
    stages = (Stage.IN_WORK,)

    reason: PauseReason = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Stop the clock."""
        item = self.row(tx)
        stop_clock(tx, item, self.reason)
        return {"item_name": name_of(item).as_json()}


class FinishItem(OnItem):
    """Finish an item: its self-check list is laid out, to be answered line by line."""

    roles = _TECHNICIAN
    rule = "W3"
    label = N_("finish item")
    story = N_("{actor} finished {item_name}.")
    stages = (Stage.IN_WORK,)

    def handle(self, tx: Tx) -> Outcome:
        """Stop the finisher's clock; refused while a colleague's clock runs on the item or a part of it is missing."""
        order, item = self.locate(tx), self.row(tx)
        require_team(tx, order)
        if item.state is not ItemState.STARTED:
            raise Refused(NOT_STARTED(item=name_of(item)))
        entries = tx.all(LabourEntry, LabourEntry.item_id == item.id)
        if tx.actor.id not in {entry.technician_id for entry in entries}:
            raise Refused(NOT_WORKED(item=name_of(item)))
        if any(entry.ended_at is None and entry.technician_id != tx.actor.id for entry in entries):
            raise Refused(CLOCK_RUNNING(item=name_of(item)))
        require(item_parts_fitted(next(one for one in tx.facts(order.id).items if one.id == item.id)))
        for entry in entries:
            if entry.ended_at is None:
                entry.ended_at = max(tx.now, entry.started_at)  # the clock of another terminal may be behind
                tx.session.add(entry)
        item.state = ItemState.DONE
        tx.session.add(item)
        template = tx.get(Operation, item.operation).checklist
        lines = copy_checklist(tx, template, key(order.id), key(item.id), item.round)
        return {"item_name": name_of(item).as_json(), "lines": lines}


def conditions(operation: Operation) -> Conditions:
    """What the operation asks for before it starts."""
    asked = {
        Precaution.DRIP_PAN: operation.drip_pan,
        Precaution.OUTSIDE_COVERS: operation.outside_covers,
        Precaution.INSIDE_COVERS: operation.inside_covers,
    }
    covers = frozenset(precaution for precaution, wanted in asked.items() if wanted)
    return Conditions(parse_gear(operation.gear) | covers, operation.hoist_watcher)


def stop_clock(tx: Tx, item: OrderItem, reason: PauseReason) -> None:
    """Stop the actor's own clock on the item; refused if it does not run there."""
    entry = tx.find(LabourEntry, *_running(tx.actor.id), LabourEntry.item_id == item.id)
    if entry is None:
        raise Refused(NOT_RUNNING(item=name_of(item)))
    entry.ended_at, entry.paused = max(tx.now, entry.started_at), reason
    tx.session.add(entry)


def _running(technician_id: int) -> tuple[Condition, ...]:
    return LabourEntry.technician_id == technician_id, col(LabourEntry.ended_at).is_(None)
