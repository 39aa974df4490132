"""What a random walk must have met, or it has shown nothing; and which of it the walk still wishes for."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session


class Milestone(StrEnum):
    """Something that a walk must meet."""

    DELIVERED = "a delivered order"
    CANCELLED = "a cancelled order"
    FAILED_INSPECTION = "a failed inspection"
    SENT_BACK = "a hand-over sent back"
    WRONG_PLATE = "a plate that did not match"
    NOT_OK = "a self-check not OK"
    LOAN_PAID = "a loan paid"
    OLD_FOR_NEW = "an old part for a new one"
    UNUSED_BACK = "an unused part back"
    FITTED = "a part fitted"
    APPROVED = "an approved line"
    NOT_APPROVED = "a declined or deferred line"
    FINDING_ANSWERED = "a finding answered"
    LOWERED = "a vehicle down from a lift"
    REFITTED = "an assembly refitted"
    POWERED_UP = "high voltage put back"
    SESSION_CLOSED = "a closed session"
    CERTIFICATE_EARNED = "a certificate earned"
    COMPLETION_CERTIFICATE = "a completion certificate"
    CLEANED = "a cleaning list signed"
    CLEANED_LATE = "one signed late"
    COUNTERSIGNED = "one countersigned"
    DAY_CLOSED = "a day closed"
    REMEDIED = "a finding remedied"
    OBJECTED = "a liability objected to"
    INSTALMENT = "an instalment"
    WRITTEN_OFF = "a part written off"
    TOOL_RELEASED = "a tool released"
    DELIVERED_WITH_TOOLS = "an order with tools delivered"
    CART_BACK = "a cart back, counted"
    TOOL_FOUND = "a missing tool found"
    TOOL_SIGNED_FOR = "a missing tool signed for"
    TOOL_KEPT = "a tool kept"
    INSTRUMENT_CITED = "an instrument cited"


MET: Mapping[Milestone, str] = {
    Milestone.DELIVERED: "repair_order WHERE stage = 'delivered'",
    Milestone.CANCELLED: "repair_order WHERE stage = 'cancelled'",
    Milestone.FAILED_INSPECTION: "inspection WHERE NOT passed",
    Milestone.SENT_BACK: "hand_over WHERE NOT accepted AND taker_id IS NOT NULL",
    Milestone.WRONG_PLATE: "plate_check WHERE NOT matched",
    Milestone.NOT_OK: "check_answer WHERE answer = 'not_ok' AND item_id IS NOT NULL",
    Milestone.LOAN_PAID: "loan_return",
    Milestone.OLD_FOR_NEW: "part_issue WHERE basis = 'old_part'",
    Milestone.UNUSED_BACK: "part_return",
    Milestone.FITTED: "part_fitting",
    Milestone.APPROVED: "change_line WHERE decision = 'approved'",
    Milestone.NOT_APPROVED: "change_line WHERE decision IN ('declined', 'deferred')",
    Milestone.FINDING_ANSWERED: "finding WHERE ended IS NOT NULL",
    Milestone.LOWERED: "lifting WHERE down_at IS NOT NULL",
    Milestone.REFITTED: "removed_assembly WHERE ended = 'refitted'",
    Milestone.POWERED_UP: "hv_power_up",
    Milestone.SESSION_CLOSED: "training_session WHERE closed_at IS NOT NULL AND called_off = ''",
    Milestone.CERTIFICATE_EARNED: "session_attendance WHERE certificate_id IS NOT NULL",
    Milestone.COMPLETION_CERTIFICATE: "repair_order WHERE certificate_no IS NOT NULL",
    Milestone.CLEANED: "cleaning_list WHERE signed_by_id IS NOT NULL AND NOT late",
    Milestone.CLEANED_LATE: "cleaning_list WHERE signed_by_id IS NOT NULL AND late",
    Milestone.COUNTERSIGNED: "cleaning_list WHERE countersigned_by_id IS NOT NULL",
    Milestone.DAY_CLOSED: "cleaning_list WHERE moment = 'closing' AND signed_by_id IS NOT NULL",
    Milestone.REMEDIED: "spot_check WHERE remedied_by_id IS NOT NULL",
    Milestone.OBJECTED: "liability_answer WHERE NOT acknowledged",
    Milestone.INSTALMENT: "liability_settlement WHERE method = 'pay'",
    Milestone.WRITTEN_OFF: "part_write_off",
    Milestone.TOOL_RELEASED: "tool_release",
    Milestone.DELIVERED_WITH_TOOLS: "repair_order o JOIN tool_count c ON c.order_id = o.id WHERE o.stage = 'delivered'",
    Milestone.CART_BACK: "order_cart WHERE back_at IS NOT NULL",
    Milestone.TOOL_FOUND: "missing_tool WHERE found",
    Milestone.TOOL_SIGNED_FOR: "missing_tool WHERE NOT found",
    Milestone.TOOL_KEPT: "tool_move WHERE kept",
    Milestone.INSTRUMENT_CITED: "check_instrument",
}
"""The rows that show that a milestone was met, by milestone."""


class Wishes:
    """The milestones that a walk still wishes for: what leads there is done sooner than it would be by chance."""

    def __init__(self, milestones: Iterable[Milestone]) -> None:
        self.left = list(milestones)

    def look(self, session: Session) -> None:
        """Strike out what was met."""
        if self.left:
            met = ", ".join(f"EXISTS (SELECT 1 FROM {MET[one]})" for one in self.left)
            found = session.execute(sa.text(f"SELECT {met}")).one()
            self.left = [one for one, there in zip(self.left, found, strict=True) if not there]

    def share(self, share: float, *leads_to: Milestone) -> float:
        """How often to do what is done in this share of cases: mostly, where it leads to something wished for."""
        return max(share, 0.6) if self.want(*leads_to) else share

    def want(self, *milestones: Milestone) -> bool:
        """Whether any of these is still wished for."""
        return any(one in self.left for one in milestones)
