"""What the acts on liability cases have in common: the case that they name, and what its end brings (W8a, W6c)."""

from abc import ABC

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col

from workshop.commands.base import Command
from workshop.commands.fields import CaseNumber
from workshop.commands.shared import name_of
from workshop.commands.tx import Tx, key
from workshop.db.liability_facts import load_cases
from workshop.db.tables import (
    LiabilityCase,
    Part,
    PartIssue,
    PartWriteOff,
    RepairOrder,
    Tool,
    ToolModel,
    ToolMove,
    ToolRelease,
)
from workshop.domain.liability import CaseFacts, ToolFate
from workshop.domain.words import N_, Name


class OnCase(Command, ABC):
    """An act that names a liability case. One that came up in the work on an order is told in the order's story."""

    case: CaseNumber = Field(title=N_("case"))

    def locate(self, tx: Tx) -> RepairOrder | None:
        """The order in the work of which it came up, if in one."""
        order_id = self.row(tx).order_id
        return tx.get(RepairOrder, order_id) if order_id is not None else None

    def row(self, tx: Tx) -> LiabilityCase:
        """The case by its number."""
        return tx.one(LiabilityCase, LiabilityCase.number == self.case, what=self.case)


def facts_of(tx: Tx, case: LiabilityCase) -> CaseFacts:
    """What the rules see of the case, with what this act has done so far."""
    tx.session.flush()
    return load_cases(tx.session, [key(case.id)])[key(case.id)]


def thing_of(tx: Tx, case: LiabilityCase) -> Name:
    """What the case is about, by its name in the catalogue."""
    if case.tool_id is not None:
        return name_of(tx.get(ToolModel, tx.get(Tool, case.tool_id).model_id))
    return name_of(tx.get(Part, tx.get(PartIssue, case.issue_id).part_id))


def conclude(tx: Tx, case: LiabilityCase) -> CaseFacts:
    """What the rules see after a decision or an answer; W6c: once it is final, the pieces of parts are written off."""
    facts = facts_of(tx, case)
    if facts.writes_off:
        tx.session.add(PartWriteOff(case_id=key(case.id), at=tx.now))
    return facts


def newest_move(tx: Tx, tool_id: int | None) -> int | None:
    """The id of the move that says where the tool is."""
    tx.session.flush()
    query = sa.select(sa.func.max(col(ToolMove.id))).where(col(ToolMove.tool_id) == tool_id)
    found: int | None = tx.session.execute(query).scalar_one()
    return found


def release(tx: Tx, case: LiabilityCase, fate: ToolFate, *, replacement: Tool | None = None, note: str = "") -> None:
    """End the freeze of the case's tool, where it is by now."""
    tx.session.add(
        ToolRelease(
            case_id=key(case.id),
            fate=fate,
            replacement_id=replacement.id if replacement else None,
            after_move_id=newest_move(tx, case.tool_id),
            by_id=tx.actor.id,
            note=note,
            at=tx.now,
        )
    )
