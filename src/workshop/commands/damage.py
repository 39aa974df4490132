"""Reports of damage and loss: who had it is read from the record, never typed (W8a, W6c)."""

from pydantic import Field

from workshop.commands.base import Command, Outcome
from workshop.commands.counter import OnIssue
from workshop.commands.custody import find_piece
from workshop.commands.fields import NoteFilled, Pieces, ToolNumber
from workshop.commands.liability import newest_move
from workshop.commands.shared import name_of
from workshop.commands.tx import Tx, key
from workshop.db.tables import LiabilityCase, Part, Person, RepairOrder, Tool, ToolModel
from workshop.domain.custody import TOOL_RETIRED
from workshop.domain.liability import CaseSubject, Cause, PartSide
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import ENDED, Stage
from workshop.domain.tools import ToolPlace
from workshop.domain.words import N_, JsonValue, told

REPORTED = ReasonKind(
    "W8a", "already_reported", N_("{tool} is reported already and stays frozen until that is decided.")
)
NONE_LEFT = ReasonKind(
    "W6c", "none_to_report", N_("Report fewer; owed, or in somebody's hands, and not yet reported: {pieces}.")
)
NOBODY = N_("nobody")


class ReportDamage(Command):
    """Report a tool as damaged or lost. It is frozen; the record says who had it."""

    roles = EVERYONE
    rule = "W8a"
    label = N_("report damage or loss of a tool")
    story = N_("{actor} reported {name} ({tool}), custodian {custodian}, case {case}: {circumstances} ({cause})")

    tool: ToolNumber = Field(title=N_("tool"))
    cause: Cause = Field(title=N_("cause"))
    circumstances: NoteFilled = Field(title=N_("circumstances"))

    def handle(self, tx: Tx) -> Outcome:
        """Open a case; the tool may not be used until it has ended."""
        piece = find_piece(tx, self.tool)
        if piece.place is ToolPlace.OUT_OF_USE:
            raise Refused(TOOL_RETIRED(tool=piece.name))
        if piece.frozen:
            raise Refused(REPORTED(tool=piece.name))
        case = tx.add(
            LiabilityCase(
                number=tx.number(Kind.CASE),
                subject=CaseSubject.TOOL,
                tool_id=piece.id,
                move_id=newest_move(tx, piece.id),
                price=tx.get(ToolModel, tx.get(Tool, piece.id).model_id).price,
                cause=self.cause,
                circumstances=self.circumstances,
                custodian_id=piece.custodian_id,
                order_id=piece.order_id,
                reported_by_id=tx.actor.id,
                at=tx.now,
            )
        )
        order = tx.get(RepairOrder, piece.order_id).number if piece.order_id is not None else None
        told_of: Outcome = {"case": case.number, "name": piece.name.as_json(), "custodian": _custodian(tx, case)}
        return told_of | ({"order": order} if order else {})


class ReportPartLoss(OnIssue):
    """Report that an old part which is owed was lost, or a new part spoilt or lost before it was fitted."""

    roles = frozenset({Role.TECHNICIAN, Role.TEAM_LEADER, Role.PARTS_CLERK, Role.MANAGER})
    rule = "W6c"
    label = N_("report part lost or damaged")
    story = N_(
        "{actor} reported {pieces} × {part} ({side}), custodian {custodian}, case {case}: {circumstances} ({cause})"
    )
    stages = tuple(stage for stage in Stage if stage not in ENDED)

    side: PartSide = Field(title=N_("which part"))
    pieces: Pieces = Field(default=1, title=N_("pieces"))
    cause: Cause = Field(title=N_("cause"))
    circumstances: NoteFilled = Field(title=N_("circumstances"))

    def handle(self, tx: Tx) -> Outcome:
        """Open a case; its pieces stand where they are until it has ended."""
        issue, state = self.row(tx), self.state(tx)
        left = state.awaited if self.side is PartSide.OLD else state.in_hand
        if self.pieces > left:
            raise Refused(NONE_LEFT(pieces=left))
        part = tx.get(Part, issue.part_id)
        case = tx.add(
            LiabilityCase(
                number=tx.number(Kind.CASE),
                subject=CaseSubject.OLD_PART if self.side is PartSide.OLD else CaseSubject.NEW_PART,
                issue_id=key(issue.id),
                pieces=self.pieces,
                price=part.price * self.pieces,
                cause=self.cause,
                circumstances=self.circumstances,
                custodian_id=issue.technician_id,
                order_id=self.locate(tx).id,
                reported_by_id=tx.actor.id,
                at=tx.now,
            )
        )
        return {"case": case.number, "part": name_of(part).as_json(), "custodian": _custodian(tx, case)}


def _custodian(tx: Tx, case: LiabilityCase) -> JsonValue:
    return tx.get(Person, case.custodian_id).name if case.custodian_id is not None else told(NOBODY)
