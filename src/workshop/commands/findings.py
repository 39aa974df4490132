"""Findings: a fault that is not on the order is written down and answered by the front desk (W4)."""

from pydantic import Field

from workshop.commands.base import OnOrder, OrderAct, Outcome
from workshop.commands.change_requests import propose_item
from workshop.commands.fields import Note, NoteFilled, RowId, ShortFilled
from workshop.commands.shared import GivenItem, require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import ChangeLine, ChangeRequest, Finding, RepairOrder
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import ENDED, FindingEnd, Severity, Stage
from workshop.domain.words import N_, JsonValue

CLOSED = ReasonKind("W4", "finding_closed", N_("This finding is already answered."))
OWN_FINDING = ReasonKind("W5", "own_finding", N_("You reported this yourself; another advisor must answer it."))
DECIDE_LINES = ReasonKind(
    "W4", "finding_has_lines", N_("This finding proposes items. Decide its lines; the finding is answered with them.")
)
NOTHING_ADDED = ReasonKind(
    "W4", "nothing_added", N_("No item came of this finding. Raise a change request for it, or close it otherwise.")
)
_ON_CAR = (Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK, Stage.SELF_CHECKED, Stage.HANDED_OVER)


class ReportFinding(OnOrder):
    """Write down a fault that is not on the order, with items and parts to propose if you can name them."""

    roles = frozenset({Role.TECHNICIAN, Role.TEAM_LEADER, Role.INSPECTOR})
    rule = "W4"
    label = N_("report finding")
    story = N_("{actor} found ({severity}) at {where}: {what}")
    stages = _ON_CAR

    what: NoteFilled = Field(title=N_("what is wrong"))
    where: ShortFilled = Field(title=N_("where on the car"))
    severity: Severity = Field(title=N_("severity"))
    proposals: tuple[GivenItem, ...] = Field(default=(), max_length=30, title=N_("proposed items"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep the finding; proposals become lines that await the front desk (W5)."""
        order = self.locate(tx)
        if not tx.actor.roles & {Role.TEAM_LEADER, Role.INSPECTOR}:
            require_team(tx, order)
        finding = tx.add(
            Finding(
                order_id=key(order.id),
                what=self.what,
                place=self.where,
                severity=self.severity,
                at=tx.now,
                found_by_id=tx.actor.id,
            )
        )
        lines: list[JsonValue] = []
        if self.proposals:
            request = tx.add(
                ChangeRequest(
                    order_id=key(order.id),
                    finding_id=finding.id,
                    raised_by_id=tx.actor.id,
                    at=tx.now,
                    reason=self.what,
                )
            )
            lines = [propose_item(tx, request, given).id for given in self.proposals]
        return {"finding": key(finding.id), "lines": lines}


class CloseFinding(OrderAct):
    """Answer a finding that proposes no items: the customer declined, or it is kept for the next visit."""

    roles = frozenset({Role.ADVISOR})
    rule = "W4"
    label = N_("close finding")
    story = N_("{actor} closed the finding ({end}). {note}")
    stages = tuple(stage for stage in Stage if stage not in ENDED)

    finding: RowId = Field(title=N_("finding"))
    end: FindingEnd = Field(title=N_("answer"))
    note: Note = Field(default="", title=N_("note"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order on which it was found."""
        return tx.get(RepairOrder, tx.get(Finding, self.finding).order_id)

    def handle(self, tx: Tx) -> Outcome:
        """Close it; an item that comes of it is decided as a line."""
        finding = tx.get(Finding, self.finding)
        if finding.ended is not None:
            raise Refused(CLOSED())
        if finding.found_by_id == tx.actor.id:
            raise Refused(OWN_FINDING())
        requests = tx.all(ChangeRequest, ChangeRequest.finding_id == finding.id)
        if any(tx.all(ChangeLine, ChangeLine.request_id == request.id) for request in requests):
            raise Refused(DECIDE_LINES())
        if self.end is FindingEnd.ADDED:
            raise Refused(NOTHING_ADDED())
        finding.ended, finding.note = self.end, self.note
        finding.closed_by_id, finding.closed_at = tx.actor.id, tx.now
        tx.session.add(finding)
        return {}
