"""Assemblies taken off a car: registered with their place, covered, refitted or accounted for (S3)."""

from abc import ABC

from pydantic import Field

from workshop.commands.base import OnItem, OrderAct, Outcome
from workshop.commands.fields import NoteFilled, RowId, ShortFilled
from workshop.commands.shared import name_of, require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import OrderItem, RemovedAssembly, RepairOrder
from workshop.domain.assemblies import ASSEMBLY_DIRTY, AssemblyEnd, Rest, Whereabouts
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import ItemState, Stage
from workshop.domain.words import N_

ITEM_NOT_AT_WORK = ReasonKind(
    "S3", "item_not_at_work", N_("This item is {state}; things come off the car for an item that is started: {item}")
)
ASSEMBLY_ENDED = ReasonKind("S3", "assembly_ended", N_("{what} is accounted for already: {ended}"))
COVERED_ALREADY = ReasonKind("S3", "covered_already", N_("{what} is covered already."))
_TECHNICIAN = frozenset({Role.TECHNICIAN})


class RegisterAssembly(OnItem):
    """Register what you took off the car, cleaned, and on what it lies: a tray, a shelf; never the floor."""

    roles = _TECHNICIAN
    rule = "S3"
    label = N_("register removed assembly")
    story = N_("{actor} took {removed} off for {item_name}; it lies on: {rest} {where}.")
    stages = (Stage.IN_WORK,)

    removed: ShortFilled = Field(title=N_("what was taken off"))
    rest: Rest = Field(title=N_("lies on"))
    where: ShortFilled = Field(title=N_("which one, where"))
    cleaned: bool = Field(default=False, title=N_("cleaned"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep it with its place; it is owed to the car until it is refitted or accounted for."""
        order, item = self.locate(tx), self.row(tx)
        require_team(tx, order)
        if item.state is not ItemState.STARTED:
            raise Refused(ITEM_NOT_AT_WORK(state=item.state.label, item=name_of(item)))
        if not self.cleaned:
            raise Refused(ASSEMBLY_DIRTY())
        row = tx.add(
            RemovedAssembly(
                item_id=key(item.id),
                what=self.removed,
                rest=self.rest,
                place=self.where,
                cleaned=True,
                removed_by_id=tx.actor.id,
                removed_at=tx.now,
            )
        )
        return {"assembly": key(row.id), "item_name": name_of(item).as_json()}


class OnAssembly(OrderAct, ABC):
    """An act on an assembly that is off the car."""

    stages = (Stage.IN_WORK,)

    assembly: RowId = Field(title=N_("assembly"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order of the item that it was taken off for."""
        item = tx.get(OrderItem, tx.get(RemovedAssembly, self.assembly).item_id)
        return tx.get(RepairOrder, item.order_id)

    def off(self, tx: Tx) -> RemovedAssembly:
        """The assembly, for somebody of the order's team; refused once it is accounted for."""
        require_team(tx, self.locate(tx))
        row = tx.get(RemovedAssembly, self.assembly)
        if row.ended is not None:
            raise Refused(ASSEMBLY_ENDED(what=row.what, ended=row.ended.label))
        return row


class CoverAssembly(OnAssembly):
    """Cover an assembly that is left for long."""

    roles = _TECHNICIAN
    rule = "S3"
    label = N_("cover assembly")
    story = N_("{actor} covered {removed}.")

    def handle(self, tx: Tx) -> Outcome:
        """Keep by whom and when."""
        row = self.off(tx)
        if row.covered_at is not None:
            raise Refused(COVERED_ALREADY(what=row.what))
        row.covered_by_id, row.covered_at = tx.actor.id, tx.now
        tx.session.add(row)
        return {"removed": row.what}


class RefitAssembly(OnAssembly):
    """Record that an assembly is back on the car."""

    roles = _TECHNICIAN
    rule = "S3"
    label = N_("refit assembly")
    story = N_("{actor} refitted {removed}.")

    def handle(self, tx: Tx) -> Outcome:
        """It is owed no more."""
        return _end(tx, self.off(tx), AssemblyEnd.REFITTED)


class AccountForAssembly(OnAssembly):
    """Say what became of an assembly that does not go back on the car: replaced, or taken by the customer."""

    roles = _TECHNICIAN
    rule = "S3"
    label = N_("account for assembly")
    story = N_("{actor} accounted for {removed}: {became}. {note}")

    became: Whereabouts = Field(title=N_("what became of it"))
    note: NoteFilled = Field(title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """It is owed no more."""
        return _end(tx, self.off(tx), AssemblyEnd(self.became.value), self.note)


def _end(tx: Tx, row: RemovedAssembly, ended: AssemblyEnd, note: str = "") -> Outcome:
    row.ended, row.ended_by_id, row.ended_at, row.note = ended, tx.actor.id, tx.now, note
    tx.session.add(row)
    return {"removed": row.what}
