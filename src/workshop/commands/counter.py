"""The parts counter: a new part leaves it only for the old one (W6b), and only if it matches the car (W6a)."""

from pydantic import Field

from workshop.commands.base import OnLine, OrderAct, Outcome
from workshop.commands.fields import Badge, NoteFilled, Pieces, RowId
from workshop.commands.fitting import require_fit
from workshop.commands.shared import NOT_YOUR_ORDER, name_of, person_in_role
from workshop.commands.stock import move_stock
from workshop.commands.tx import Tx, key
from workshop.db.tables import (
    LoanReturn,
    OldPart,
    OrderItem,
    Part,
    PartIssue,
    PartLine,
    PartReturn,
    Person,
    RepairOrder,
)
from workshop.domain.facts import IssueFacts, PartLineFacts
from workshop.domain.gates import discrepancies_answered, plate_verified
from workshop.domain.liability_rules import untouchable
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import AGREED, ENDED, IssueBasis, MovementKind, OldPartClass, Stage
from workshop.domain.words import N_, told

OLD_PART_MISSING = ReasonKind(
    "W6b", "old_part_missing", N_("Put the old {part} on the counter first, or issue the new one on loan.")
)
NO_LOAN = ReasonKind("W6b", "no_loan", N_("This part leaves no old one behind; issue it without a loan: {part}"))
LINE_NOT_AGREED = ReasonKind("W5", "line_not_agreed", N_("The customer has not agreed to this part: {part}"))
TOO_MANY = ReasonKind("W5", "too_many_pieces", N_("Only {pieces} more of {part} are agreed for this item."))
OUT_OF_STOCK = ReasonKind("W6b", "out_of_stock", N_("There are only {pieces} of {part} in stock."))
NOT_SO_MANY = ReasonKind("W6b", "not_so_many", N_("Take fewer back; the most here: {pieces}."))
NO_DEBT = ReasonKind("W6b", "no_debt", N_("No old part is owed for this issue."))
NO_OLD_PART = N_("none")
_CLERK = frozenset({Role.PARTS_CLERK})
_ISSUING = (Stage.ITEMS_CONFIRMED, Stage.IN_WORK)


class IssuePart(OnLine):
    """Hand a part to the technician: the old one is on the counter, or the catalogue says there is none."""

    roles = _CLERK
    rule = "W6b"
    label = N_("issue part")
    story = N_("{actor} issued {quantity} × {part} to {technician_name}; old part: {old}.")
    stages = _ISSUING

    quantity: Pieces = Field(default=1, title=N_("pieces"))
    technician: Badge = Field(title=N_("technician"))
    old_part_here: bool = Field(default=False, title=N_("the old part is on the counter"))

    def handle(self, tx: Tx) -> Outcome:
        """Issue; a returnable part's old one gets its tag."""
        line, part = self.row(tx), tx.get(Part, self.row(tx).part_id)
        technician = _require_issue(tx, self.locate(tx), line, part, self.quantity, self.technician)
        if part.old_part is not OldPartClass.RETURNABLE:
            basis = IssueBasis(str(part.old_part))
            issue = _issue(tx, line, self.quantity, basis, technician)
            return _told(part, technician, issue, "-") | {"old": told(NO_OLD_PART)}
        if not self.old_part_here:
            raise Refused(OLD_PART_MISSING(part=name_of(part)))
        old = take_old_part(tx, line, part, self.quantity)
        issue = _issue(tx, line, self.quantity, IssueBasis.OLD_PART, technician, old_part_id=old.id)
        return _told(part, technician, issue, old.number) | {"old": old.number}


class IssueOnLoan(OnLine):
    """Hand a part out before the old one can come off. The debt stands on the order and on the technician."""

    roles = _CLERK
    rule = "W6b"
    label = N_("issue on loan")
    story = N_("{actor} issued {quantity} × {part} on loan to {technician_name}: {reason}")
    stages = _ISSUING
    signature = True

    quantity: Pieces = Field(default=1, title=N_("pieces"))
    technician: Badge = Field(title=N_("technician"))
    reason: NoteFilled = Field(title=N_("why the old part comes later"))

    def handle(self, tx: Tx) -> Outcome:
        """Issue a returnable part on loan."""
        line, part = self.row(tx), tx.get(Part, self.row(tx).part_id)
        technician = _require_issue(tx, self.locate(tx), line, part, self.quantity, self.technician)
        if part.old_part is not OldPartClass.RETURNABLE:
            raise Refused(NO_LOAN(part=name_of(part)))
        issue = _issue(tx, line, self.quantity, IssueBasis.LOAN, technician, reason=self.reason)
        return _told(part, technician, issue, "-")


class OnIssue(OrderAct):
    """An act that names an issue."""

    issue: RowId = Field(title=N_("issue"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order that the parts were issued for."""
        line = tx.get(PartLine, self.row(tx).line_id)
        return tx.get(RepairOrder, tx.get(OrderItem, line.item_id).order_id)

    def row(self, tx: Tx) -> PartIssue:
        """The issue."""
        return tx.get(PartIssue, self.issue)

    def state(self, tx: Tx) -> IssueFacts:
        """What has become of the issue so far."""
        facts = tx.facts(self.locate(tx).id)
        return next(issue for line in facts.lines for issue in line.issues if issue.id == self.issue)


class ReceiveOldPart(OnIssue):
    """Take in the old part of a loan; it gets its tag and the debt is paid by as many pieces."""

    roles = _CLERK
    rule = "W6b"
    label = N_("receive old part")
    story = N_("{actor} received {quantity} × old {part}; tag {tag}.")
    stages = tuple(stage for stage in Stage if stage not in ENDED)

    quantity: Pieces = Field(default=1, title=N_("pieces"))

    def handle(self, tx: Tx) -> Outcome:
        """Tag the old part and settle the loan."""
        issue, state = self.row(tx), self.state(tx)
        debt = state.debt
        if not debt:
            raise Refused(NO_DEBT())
        require(untouchable(self.quantity, state.awaited, debt))
        if self.quantity > debt:
            raise Refused(NOT_SO_MANY(pieces=debt))
        part = tx.get(Part, issue.part_id)
        old = take_old_part(tx, tx.get(PartLine, issue.line_id), part, self.quantity)
        tx.session.add(LoanReturn(old_part_id=key(old.id), issue_id=key(issue.id)))
        return {"part": name_of(part).as_json(), "tag": old.number}


class ReturnPart(OnIssue):
    """Take unused parts back into stock (退料)."""

    roles = _CLERK
    rule = "W6b"
    label = N_("return part to stock")
    story = N_("{actor} took back {quantity} × {part}: {reason}")
    stages = tuple(stage for stage in Stage if stage not in ENDED)

    quantity: Pieces = Field(default=1, title=N_("pieces"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Only what was issued and is neither fitted nor back already."""
        issue, state = self.row(tx), self.state(tx)
        unfitted = state.unfitted
        require(untouchable(self.quantity, state.in_hand, unfitted))
        if self.quantity > unfitted:
            raise Refused(NOT_SO_MANY(pieces=unfitted))
        back = tx.add(
            PartReturn(
                issue_id=key(issue.id), quantity=self.quantity, reason=self.reason, clerk_id=tx.actor.id, at=tx.now
            )
        )
        part = tx.get(Part, issue.part_id)
        move_stock(tx, part, self.quantity, MovementKind.RETURN, return_id=back.id)
        return {"part": name_of(part).as_json()}


def take_old_part(tx: Tx, line: PartLine, part: Part, quantity: int) -> OldPart:
    """Give the old part a tag; its life begins at the counter."""
    return tx.add(
        OldPart(
            number=tx.number(Kind.OLD_PART),
            line_id=key(line.id),
            part_id=key(part.id),
            quantity=quantity,
            hazardous=part.hazardous,
            received_by_id=tx.actor.id,
            received_at=tx.now,
        )
    )


def _require_issue(tx: Tx, order: RepairOrder, line: PartLine, part: Part, quantity: int, badge: str) -> Person:
    facts = tx.facts(key(order.id))
    item = tx.get(OrderItem, line.item_id)
    asked = _line_facts(tx, order, line)
    require([*plate_verified(facts), *discrepancies_answered(facts)])
    if item.state not in AGREED or not line.agreed:
        raise Refused(LINE_NOT_AGREED(part=name_of(part)))
    if quantity > asked.to_issue:
        raise Refused(TOO_MANY(pieces=asked.to_issue, part=name_of(part)))
    if quantity > asked.in_stock:
        raise Refused(OUT_OF_STOCK(pieces=asked.in_stock, part=name_of(part)))
    require_fit(tx, order, line, part)
    technician = person_in_role(tx, badge, Role.TECHNICIAN)
    if technician.id != order.technician_id and technician.team_id != order.team_id:
        raise Refused(NOT_YOUR_ORDER(team=tx.team_name(order.team_id)))
    return technician


def _line_facts(tx: Tx, order: RepairOrder, line: PartLine) -> PartLineFacts:
    return next(one for one in tx.facts(key(order.id)).lines if one.id == line.id)


def _issue(
    tx: Tx,
    line: PartLine,
    quantity: int,
    basis: IssueBasis,
    technician: Person,
    *,
    old_part_id: int | None = None,
    reason: str = "",
) -> PartIssue:
    issue = tx.add(
        PartIssue(
            line_id=key(line.id),
            part_id=line.part_id,
            quantity=quantity,
            basis=basis,
            old_part_id=old_part_id,
            loan_reason=reason,
            clerk_id=tx.actor.id,
            technician_id=key(technician.id),
            at=tx.now,
        )
    )
    move_stock(tx, tx.get(Part, line.part_id), -quantity, MovementKind.ISSUE, issue_id=issue.id)
    return issue


def _told(part: Part, technician: Person, issue: PartIssue, tag: str) -> Outcome:
    return {
        "part": name_of(part).as_json(),
        "technician_name": technician.name,
        "issue": key(issue.id),
        "tag": tag,
    }
