"""Settling a liability case: instalments, a replacement, a repair, and the end of a tool's freeze (W8a, W6c)."""

from dataclasses import replace
from decimal import Decimal

from pydantic import Field

from workshop.commands.base import Outcome
from workshop.commands.custody import find_piece, move_tool
from workshop.commands.fields import Badge, Note, Sum, Upto40
from workshop.commands.liability import OnCase, facts_of, release, thing_of
from workshop.commands.shared import name_of
from workshop.commands.stock import move_stock
from workshop.commands.tx import Tx, key
from workshop.db.tables import LiabilityCase, LiabilitySettlement, Part, PartIssue, Person, Tool
from workshop.domain.custody import under_vehicle
from workshop.domain.liability import Method, ToolFate
from workshop.domain.liability_rules import making_good, releasing, share_to_pay
from workshop.domain.numbers import Kind
from workshop.domain.reasons import require
from workshop.domain.roles import Role
from workshop.domain.states import MovementKind
from workshop.domain.tools import ToolPlace
from workshop.domain.words import N_
from workshop.i18n import money

_TOOL_KEEPERS = frozenset({Role.TOOL_KEEPER, Role.MANAGER})
_PLACES = {ToolFate.IN_SERVICE: ToolPlace.CRIB, ToolFate.OUT_OF_USE: ToolPlace.OUT_OF_USE}


class RecordPayment(OnCase):
    """Take in an instalment, or all that is owed. Money settles any debt; nobody takes in his own."""

    roles = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
    rule = "W8a"
    label = N_("take in payment")
    story = N_("{actor} took in {sum} from {name} for case {case}; still owed: {left}. {note}")
    signature = True

    debtor: Badge = Field(title=N_("from"))
    amount: Sum = Field(title=N_("amount"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Record it against the person's share."""
        case, person = self.row(tx), tx.one(Person, Person.badge == self.debtor, what=self.debtor)
        share = share_to_pay(facts_of(tx, case), key(person.id), person.name, self.amount, tx.actor.id)
        _settle(tx, share.id, Method.PAY, self.amount, self.note)
        return {"sum": money(self.amount), "name": person.name, "left": money(share.owed - self.amount)}


class AcceptReplacementTool(OnCase):
    """Accept the tool that replaces a lost or broken one. It gets a number of its own; the old one leaves use."""

    roles = _TOOL_KEEPERS
    rule = "W8a"
    label = N_("accept replacement tool")
    story = N_("{actor} accepted {thing} ({number}) as a replacement in case {case}. {note}")
    signature = True

    serial_no: Upto40 = Field(default="", title=N_("serial number"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Settle every share; the new piece belongs where the old one did, and starts in the crib."""
        case = self.row(tx)
        require(making_good(facts_of(tx, case), Method.REPLACE, tx.actor.id, tool=True))
        _settle_all(tx, case, Method.REPLACE, self.note)
        old, number = tx.get(Tool, case.tool_id), tx.number(Kind.TOOL)
        new = tx.add(
            Tool(number=number, model_id=old.model_id, serial_no=self.serial_no, home_cart_id=old.home_cart_id)
        )
        piece = find_piece(tx, old.number)
        require(under_vehicle(piece))
        move_tool(tx, piece, ToolPlace.OUT_OF_USE, note=self.note)
        move_tool(tx, replace(piece, id=key(new.id), number=number), ToolPlace.CRIB, note=self.note)
        release(tx, case, ToolFate.OUT_OF_USE, replacement=new, note=self.note)
        return {"thing": piece.name.as_json(), "number": number}


class AcceptReplacementParts(OnCase):
    """Accept new parts of the same number for lost or spoilt ones; they go into stock (W6c)."""

    roles = frozenset({Role.PARTS_CLERK, Role.MANAGER})
    rule = "W6c"
    label = N_("accept replacement parts")
    story = N_("{actor} accepted {pieces} × {thing} as a replacement in case {case}. {note}")
    signature = True

    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Settle every share and put the pieces on the shelf."""
        case = self.row(tx)
        require(making_good(facts_of(tx, case), Method.REPLACE, tx.actor.id, tool=False))
        _settle_all(tx, case, Method.REPLACE, self.note)
        part = tx.get(Part, tx.get(PartIssue, case.issue_id).part_id)
        move_stock(tx, part, case.pieces, MovementKind.RECEIPT, note=self.note or case.number)
        return {"thing": name_of(part).as_json(), "pieces": case.pieces}


class AcceptRepair(OnCase):
    """Accept a tool that was repaired at the cost of those liable: it is back in service."""

    roles = _TOOL_KEEPERS
    rule = "W8a"
    label = N_("accept repair")
    story = N_("{actor} accepted the repair of {thing} in case {case}. {note}")
    signature = True

    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Settle every share and put the tool back into the crib."""
        case = self.row(tx)
        require(making_good(facts_of(tx, case), Method.REPAIR, tx.actor.id, tool=True))
        _settle_all(tx, case, Method.REPAIR, self.note)
        _end_freeze(tx, case, ToolFate.IN_SERVICE, self.note)
        return {"thing": thing_of(tx, case).as_json()}


class ReleaseTool(OnCase):
    """Say what becomes of a frozen tool once its case is decided for good: back in service, or out of use."""

    roles = _TOOL_KEEPERS
    rule = "W8a"
    label = N_("release tool")
    story = N_("{actor} released {thing} of case {case}: {fate}. {note}")
    signature = True

    fate: ToolFate = Field(title=N_("what becomes of it"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Move it to the crib, or out of use."""
        case = self.row(tx)
        require(releasing(facts_of(tx, case), tx.actor.id))
        _end_freeze(tx, case, self.fate, self.note)
        return {"thing": thing_of(tx, case).as_json()}


def _settle(tx: Tx, share_id: int, method: Method, amount: Decimal, note: str) -> None:
    tx.session.add(
        LiabilitySettlement(
            share_id=share_id, method=method, amount=amount, received_by_id=tx.actor.id, note=note, at=tx.now
        )
    )


def _settle_all(tx: Tx, case: LiabilityCase, method: Method, note: str) -> None:
    for share in facts_of(tx, case).shares:
        if share.owed:
            _settle(tx, share.id, method, share.owed, note)


def _end_freeze(tx: Tx, case: LiabilityCase, fate: ToolFate, note: str) -> None:
    piece = find_piece(tx, tx.get(Tool, case.tool_id).number)
    require(under_vehicle(piece))
    move_tool(tx, piece, _PLACES[fate], note=note)
    release(tx, case, fate, note=note)
