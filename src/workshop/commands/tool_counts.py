"""The three counts of an order's tools against the record, and what becomes of a missing one (W8b)."""

from pydantic import Field
from sqlmodel import col, select

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.custody import find_piece
from workshop.commands.fields import NoteFilled, ToolNumber
from workshop.commands.shared import require_team
from workshop.commands.tx import Tx, key
from workshop.db.custody import UNSETTLED
from workshop.db.tables import MissingTool, RepairOrder, ToolCount, ToolCountLine
from workshop.domain.custody import Piece
from workshop.domain.order_tools import DRAWING
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.tools import CountMoment
from workshop.domain.words import N_, told

NOTHING_DRAWN = ReasonKind("W8b", "nothing_drawn", N_("No tool is drawn for this order, so there is none to count."))
FOREIGN_TOOL = ReasonKind(
    "W8b", "foreign_tool", N_("{tool} is not drawn for this order. Draw it first, or take it away from the vehicle.")
)
NOT_MISSING = ReasonKind("W8b", "not_missing", N_("{tool} is not missing from this order."))
MISSING_OWN = ReasonKind(
    "W8b",
    "missing_own",
    N_("You worked on this order, counted its tools or answer for this one; another team leader must sign."),
    (Role.TEAM_LEADER,),
)


NONE = N_("none")


class CountTools(OnOrder):
    """Count the order's tools: what is scanned is seen, every other tool of the order is missing."""

    roles = frozenset({Role.TECHNICIAN})
    rule = "W8b"
    label = N_("count tools")
    story = N_("{actor} counted the tools {when}: {seen} of {expected} seen, missing: {not_seen}.")
    stages = DRAWING

    moment: CountMoment = Field(title=N_("when"))
    scanned: tuple[ToolNumber, ...] = Field(default=(), max_length=200, title=N_("tools seen"))

    def handle(self, tx: Tx) -> Outcome:
        """Lay the record beside what was seen."""
        order = self.locate(tx)
        require_team(tx, order)
        tools = tx.facts(order.id).tools
        own = {tool.number: tool for tool in tools.own}
        scanned = sorted(set(self.scanned))
        require(FOREIGN_TOOL(tool=find_piece(tx, number).name) for number in scanned if number not in own)
        seen = [own[number] for number in scanned]
        missing = [tool for tool in tools.expected if tool not in seen]
        if not seen and not missing:
            raise Refused(NOTHING_DRAWN())
        count = tx.add(
            ToolCount(order_id=key(order.id), round=order.round, moment=self.moment, by_id=tx.actor.id, at=tx.now)
        )
        for tool in (*seen, *missing):
            tx.session.add(ToolCountLine(count_id=key(count.id), tool_id=tool.id, seen=tool in seen))
        return {
            "when": told(self.moment.label),
            "seen": len(seen),
            "expected": len(seen) + len(missing),
            "missing": [tool.number for tool in missing],
            "not_seen": [tool.name.as_json() for tool in missing] or told(NONE),
        }


class FoundTool(OnOrder):
    """Record that a missing tool was found, by its own number."""

    roles = frozenset({Role.TECHNICIAN, Role.TEAM_LEADER, Role.TOOL_KEEPER})
    rule = "W8b"
    label = N_("found missing tool")
    story = N_("{actor} found {name} ({tool}).")
    stages = DRAWING

    tool: ToolNumber = Field(title=N_("missing tool"))

    def handle(self, tx: Tx) -> Outcome:
        """Settle it."""
        piece = find_piece(tx, self.tool)
        line = _line(tx, self.locate(tx), piece)
        tx.add(MissingTool(line_id=key(line.id), found=True, by_id=tx.actor.id, at=tx.now))
        return {"name": piece.name.as_json()}


class SignMissingTool(OnOrder):
    """Sign, with the reason, that the vehicle may leave without a missing tool being found; not for your own work."""

    roles = frozenset({Role.TEAM_LEADER})
    rule = "W8b"
    label = N_("sign for missing tool")
    story = N_("{actor} signed for the missing {name} ({tool}): {reason}")
    stages = DRAWING
    signature = True

    tool: ToolNumber = Field(title=N_("missing tool"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Settle it."""
        order, piece = self.locate(tx), find_piece(tx, self.tool)
        line = _line(tx, order, piece)
        counted_by = tx.get(ToolCount, line.count_id).by_id
        concerned = tx.facts(order.id).workers | {order.technician_id, piece.custodian_id, counted_by}
        if tx.actor.id in concerned:
            raise Refused(MISSING_OWN())
        tx.add(MissingTool(line_id=key(line.id), found=False, reason=self.reason, by_id=tx.actor.id, at=tx.now))
        return {"name": piece.name.as_json()}


def _line(tx: Tx, order: RepairOrder, piece: Piece) -> ToolCountLine:
    """The order's last line of a missing tool; refused unless it is missing there."""
    query = (
        select(ToolCountLine)
        .join(ToolCount, col(ToolCount.id) == col(ToolCountLine.count_id))
        .where(ToolCount.order_id == order.id, ToolCountLine.tool_id == piece.id, UNSETTLED)
    )
    line = tx.session.exec(query).one_or_none()
    if line is None:
        raise Refused(NOT_MISSING(tool=piece.name))
    return line
