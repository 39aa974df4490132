"""Loads the facts of liability cases, and the pieces of issues that stand under one: a fixed number of selects."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.bundle import Query, answers
from workshop.db.tables import (
    LiabilityAnswer,
    LiabilityCase,
    LiabilityDecision,
    LiabilitySettlement,
    LiabilityShare,
    PartWriteOff,
    ToolRelease,
)
from workshop.domain.liability import CaseFacts, CaseSubject, DecisionFacts, Ground, ShareFacts

_IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)


def load_cases(session: Session, case_ids: Sequence[int]) -> dict[int, CaseFacts]:
    """The facts of these cases by id."""
    if not case_ids:
        return {}
    given = {"ids": list(case_ids)}
    shares: dict[int, list[ShareFacts]] = defaultdict(list)
    for row in answers(session, _SHARES, given):
        settled = row.settled or Decimal(0)
        share = ShareFacts(row.id, row.person_id, row.percent, row.amount, row.acknowledged, settled)
        shares[row.decision_id].append(share)
    decisions: dict[int, list[DecisionFacts]] = defaultdict(list)
    for row in answers(session, _DECISIONS, given):
        held = tuple(shares.get(row.id, ()))
        decisions[row.case_id].append(DecisionFacts(row.decided_by_id, held, row.method, row.ground))
    return {
        row.id: CaseFacts(
            row.id, row.subject, row.price, row.custodian_id, tuple(decisions.get(row.id, ())), row.fate is not None
        )
        for row in answers(session, _CASES, given)
    }


_CASES = (
    sa.select(
        col(LiabilityCase.id),
        col(LiabilityCase.subject),
        col(LiabilityCase.price),
        col(LiabilityCase.custodian_id),
        col(ToolRelease.fate),
    )
    .outerjoin(ToolRelease, col(ToolRelease.case_id) == col(LiabilityCase.id))
    .where(col(LiabilityCase.id).in_(_IDS))
)
_DECISIONS = (
    sa.select(
        col(LiabilityDecision.id),
        col(LiabilityDecision.case_id),
        col(LiabilityDecision.decided_by_id),
        col(LiabilityDecision.method),
        col(LiabilityDecision.ground),
    )
    .where(col(LiabilityDecision.case_id).in_(_IDS))
    .order_by(col(LiabilityDecision.instance))
)
_SETTLED = (
    sa.select(sa.func.sum(col(LiabilitySettlement.amount)))
    .where(col(LiabilitySettlement.share_id) == col(LiabilityShare.id))
    .correlate(LiabilityShare)
    .scalar_subquery()
)
_SHARES = (
    sa.select(
        col(LiabilityShare.id),
        col(LiabilityShare.decision_id),
        col(LiabilityShare.person_id),
        col(LiabilityShare.percent),
        col(LiabilityShare.amount),
        col(LiabilityAnswer.acknowledged),
        _SETTLED.label("settled"),
    )
    .join(LiabilityDecision, col(LiabilityDecision.id) == col(LiabilityShare.decision_id))
    .outerjoin(LiabilityAnswer, col(LiabilityAnswer.share_id) == col(LiabilityShare.id))
    .where(col(LiabilityDecision.case_id).in_(_IDS))
    .order_by(col(LiabilityShare.id))
)


def frozen_tools(session: Session, tool_ids: Iterable[int]) -> set[int]:
    """Those of the tools that a case holds frozen: reported, and not yet released again (W8a)."""
    given = {"ids": list(tool_ids)}
    return {row.tool_id for row in answers(session, _FROZEN, given)} if given["ids"] else set()


_FROZEN = (
    sa.select(col(LiabilityCase.tool_id))
    .outerjoin(ToolRelease, col(ToolRelease.case_id) == col(LiabilityCase.id))
    .where(col(LiabilityCase.tool_id).in_(_IDS), col(ToolRelease.case_id).is_(None))
)


@dataclass
class CasePieces:
    """Pieces of one issue under liability cases: still undecided (`cased`), or written off by a final decision."""

    cased: int = 0
    old_cased: int = 0
    written_off: int = 0
    old_written_off: int = 0


def case_pieces(rows: Iterable[Any]) -> dict[int, CasePieces]:
    """By issue, where there are any (W6c): the rows that `CASE_PIECES` has found."""
    found: dict[int, CasePieces] = defaultdict(CasePieces)
    for row in rows:
        name = "written_off" if row.written_off else "cased"
        name = f"old_{name}" if row.subject is CaseSubject.OLD_PART else name
        setattr(found[row.issue_id], name, int(row.pieces))
    return found


CASE_PIECES: Query = (
    sa.select(
        col(LiabilityCase.issue_id),
        col(LiabilityCase.subject),
        col(PartWriteOff.case_id).is_not(None).label("written_off"),
        sa.func.sum(col(LiabilityCase.pieces)).label("pieces"),
    )
    .outerjoin(PartWriteOff, col(PartWriteOff.case_id) == col(LiabilityCase.id))
    .outerjoin(
        LiabilityDecision,
        sa.and_(
            col(LiabilityDecision.case_id) == col(LiabilityCase.id), col(LiabilityDecision.ground) == Ground.UNFOUNDED
        ),
    )
    .where(col(LiabilityCase.issue_id).in_(_IDS), col(LiabilityDecision.id).is_(None))
    .group_by(col(LiabilityCase.issue_id), col(LiabilityCase.subject), col(PartWriteOff.case_id).is_not(None))
)
