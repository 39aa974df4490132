"""Liability cases: those that are open, and one with all that was said and done (W8a, W6c)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.liability_facts import load_cases
from workshop.db.part_facts import IDS, rows_of
from workshop.db.tables import (
    LiabilityAnswer,
    LiabilityCase,
    LiabilityDecision,
    LiabilitySettlement,
    LiabilityShare,
    Part,
    PartIssue,
    Person,
    RepairOrder,
    Tool,
    ToolModel,
    ToolRelease,
)
from workshop.domain.liability import CaseFacts, CaseState, CaseSubject, Cause, Ground, Method, ToolFate
from workshop.domain.words import Name


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, as cases name them."""

    id: int
    badge: str
    name: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """What one person is to make good, and the person's own answer, None while there is none."""

    person: Someone
    percent: Decimal
    amount: Decimal
    settled: Decimal
    acknowledged: bool | None
    statement: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision: with `cause`, `amount`, `method` and shares, or on a `ground` for which nobody is liable."""

    instance: int
    by: Someone
    at: datetime
    cause: Cause | None
    amount: Decimal | None
    method: Method | None
    ground: Ground | None
    reason: str
    shares: tuple[ShareView, ...]


@dataclass(frozen=True, slots=True)
class SettlementView:
    """An instalment, or what a replacement or repair stands for."""

    person: Someone
    method: Method
    amount: Decimal
    by: Someone
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """What became of a tool; `replacement` is the number of the piece for it."""

    fate: ToolFate
    replacement: str
    by: Someone
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case, whole. `thing_no` is a tool's number or a part number."""

    facts: CaseFacts
    number: str
    subject: CaseSubject
    thing: Name
    thing_no: str
    pieces: int
    cause: Cause
    circumstances: str
    custodian: Someone | None
    order_number: str
    reported_by: Someone
    at: datetime
    decisions: tuple[DecisionView, ...]
    settlements: tuple[SettlementView, ...]
    release: ReleaseView | None

    @property
    def state(self) -> CaseState:
        """Where it stands."""
        return self.facts.state

    @property
    def owed(self) -> Decimal:
        """What is still to be made good of a final decision."""
        return sum((share.owed for share in self.facts.shares if self.facts.final), start=Decimal(0))

    @property
    def final_at(self) -> datetime | None:
        """When its decision became final: the second at once, a first one with the last answer."""
        if not self.facts.final:
            return None
        last = self.decisions[-1]
        return max([last.at, *(share.answered_at for share in last.shares if share.answered_at is not None)])


def open_cases(session: Session, concerning: int | None = None) -> list[CaseView]:
    """The cases that have not ended, the oldest first; `concerning`: those that concern this person."""
    ids = session.execute(sa.select(col(LiabilityCase.id)).order_by(col(LiabilityCase.id))).scalars().all()
    facts = load_cases(session, [one for one in ids if one is not None])
    wanted = [one for one, of in facts.items() if not of.closed and concerning in {None, *of.concerned}]
    return case_views(session, {one: facts[one] for one in sorted(wanted)})


def case(session: Session, number: str) -> CaseView | None:
    """The case with this number, or None."""
    query = sa.select(col(LiabilityCase.id)).where(col(LiabilityCase.number) == number)
    found = session.execute(query).scalar_one_or_none()
    views = case_views(session, load_cases(session, [found] if found is not None else []))
    return views[0] if views else None


def case_views(session: Session, facts: dict[int, CaseFacts]) -> list[CaseView]:
    """These cases with all that was said and done, in a fixed number of selects."""
    people = everybody(session)
    decisions, settlements = _decisions(session, facts, people), _settlements(session, facts, people)
    released = {row.case_id: _release(row, people) for row in rows_of(session, _RELEASES, facts)}
    return [
        CaseView(
            facts=facts[row.id],
            number=row.number,
            subject=row.subject,
            thing=Name(row.tool_zh or row.part_zh, row.tool_en or row.part_en),
            thing_no=row.tool_no or row.part_no,
            pieces=row.pieces,
            cause=row.cause,
            circumstances=row.circumstances,
            custodian=people.get(row.custodian_id),
            order_number=row.order_number or "",
            reported_by=people[row.reported_by_id],
            at=row.at,
            decisions=tuple(decisions[row.id]),
            settlements=tuple(settlements[row.id]),
            release=released.get(row.id),
        )
        for row in rows_of(session, _CASES, facts)
    ]


def everybody(session: Session) -> dict[int | None, Someone]:
    """All people by id."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(col(Person.id), col(Person.badge), col(Person.name))
    return {row.id: Someone(row.id, row.badge, row.name) for row in session.execute(query)}


_CASES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(LiabilityCase.id),
        col(LiabilityCase.number),
        col(LiabilityCase.subject),
        col(LiabilityCase.pieces),
        col(LiabilityCase.cause),
        col(LiabilityCase.circumstances),
        col(LiabilityCase.custodian_id),
        col(LiabilityCase.reported_by_id),
        col(LiabilityCase.at),
        col(RepairOrder.number).label("order_number"),
        col(Tool.number).label("tool_no"),
        col(ToolModel.name_zh).label("tool_zh"),
        col(ToolModel.name_en).label("tool_en"),
        col(Part.part_no),
        col(Part.name_zh).label("part_zh"),
        col(Part.name_en).label("part_en"),
    )
    .outerjoin(RepairOrder, col(RepairOrder.id) == col(LiabilityCase.order_id))
    .outerjoin(Tool, col(Tool.id) == col(LiabilityCase.tool_id))
    .outerjoin(ToolModel, col(ToolModel.id) == col(Tool.model_id))
    .outerjoin(PartIssue, col(PartIssue.id) == col(LiabilityCase.issue_id))
    .outerjoin(Part, col(Part.id) == col(PartIssue.part_id))
    .where(col(LiabilityCase.id).in_(IDS))
    .order_by(col(LiabilityCase.id))
)


def _decisions(
    session: Session, facts: dict[int, CaseFacts], people: dict[int | None, Someone]
) -> dict[int, list[DecisionView]]:
    answers = {row.share_id: row for row in rows_of(session, _ANSWERS, facts)}
    found: dict[int, list[DecisionView]] = defaultdict(list)
    for row in rows_of(session, _DECISIONS, facts):
        held = facts[row.case_id].decisions[row.instance - 1].shares
        shares = []
        for share in held:
            answer = answers.get(share.id)
            shares.append(
                ShareView(
                    person=people[share.person_id],
                    percent=share.percent,
                    amount=share.amount,
                    settled=share.settled,
                    acknowledged=share.acknowledged,
                    statement=answer.statement if answer else "",
                    answered_at=answer.at if answer else None,
                )
            )
        found[row.case_id].append(
            DecisionView(
                instance=row.instance,
                by=people[row.decided_by_id],
                at=row.at,
                cause=row.cause,
                amount=row.amount,
                method=row.method,
                ground=row.ground,
                reason=row.reason,
                shares=tuple(shares),
            )
        )
    return found


_DECISIONS = (
    sa.select(
        col(LiabilityDecision.case_id),
        col(LiabilityDecision.instance),
        col(LiabilityDecision.decided_by_id),
        col(LiabilityDecision.at),
        col(LiabilityDecision.cause),
        col(LiabilityDecision.amount),
        col(LiabilityDecision.method),
        col(LiabilityDecision.ground),
        col(LiabilityDecision.reason),
    )
    .where(col(LiabilityDecision.case_id).in_(IDS))
    .order_by(col(LiabilityDecision.instance))
)
_ANSWERS = (
    sa.select(col(LiabilityAnswer.share_id), col(LiabilityAnswer.statement), col(LiabilityAnswer.at))
    .join(LiabilityShare, col(LiabilityShare.id) == col(LiabilityAnswer.share_id))
    .join(LiabilityDecision, col(LiabilityDecision.id) == col(LiabilityShare.decision_id))
    .where(col(LiabilityDecision.case_id).in_(IDS))
)


def _settlements(
    session: Session, facts: Iterable[int], people: dict[int | None, Someone]
) -> dict[int, list[SettlementView]]:
    found: dict[int, list[SettlementView]] = defaultdict(list)
    for row in rows_of(session, _SETTLEMENTS, facts):
        view = SettlementView(
            people[row.person_id], row.method, row.amount, people[row.received_by_id], row.note, row.at
        )
        found[row.case_id].append(view)
    return found


_SETTLEMENTS = (
    sa.select(
        col(LiabilityDecision.case_id),
        col(LiabilityShare.person_id),
        col(LiabilitySettlement.method),
        col(LiabilitySettlement.amount),
        col(LiabilitySettlement.received_by_id),
        col(LiabilitySettlement.note),
        col(LiabilitySettlement.at),
    )
    .join(LiabilityShare, col(LiabilityShare.id) == col(LiabilitySettlement.share_id))
    .join(LiabilityDecision, col(LiabilityDecision.id) == col(LiabilityShare.decision_id))
    .where(col(LiabilityDecision.case_id).in_(IDS))
    .order_by(col(LiabilitySettlement.id))
)
_Replacement = aliased(Tool)
_RELEASES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(ToolRelease.case_id),
        col(ToolRelease.fate),
        col(_Replacement.number).label("replacement"),
        col(ToolRelease.by_id),
        col(ToolRelease.note),
        col(ToolRelease.at),
    )
    .outerjoin(_Replacement, col(_Replacement.id) == col(ToolRelease.replacement_id))
    .where(col(ToolRelease.case_id).in_(IDS))
)


def _release(row: Any, people: dict[int | None, Someone]) -> ReleaseView:
    return ReleaseView(row.fate, row.replacement or "", people[row.by_id], row.note, row.at)
