"""Loads the facts of part lines: what was issued, fitted, returned, owed, and what is in stock (W6a, W6b)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import LoanReturn, OldPart, Part, PartFitting, PartIssue, PartLine, PartReturn, StockMovement
from workshop.domain.facts import IssueFacts, PartLineFacts
from workshop.domain.states import IssueBasis
from workshop.domain.words import Name


def part_lines(session: Session, item_ids: Sequence[int]) -> dict[int, list[PartLineFacts]]:
    rows = session.execute(
        sa.select(
            col(PartLine.id),
            col(PartLine.item_id),
            col(PartLine.part_id),
            col(PartLine.quantity),
            col(PartLine.agreed),
            col(PartLine.not_needed),
            col(Part.part_no),
            col(Part.name_zh),
            col(Part.name_en),
        )
        .join(Part, col(Part.id) == col(PartLine.part_id))
        .where(col(PartLine.item_id).in_(item_ids))
        .order_by(col(PartLine.id))
    ).all()
    issues = _issues(session, [row.id for row in rows])
    stock = stock_of(session, {row.part_id for row in rows})
    lines: dict[int, list[PartLineFacts]] = defaultdict(list)
    for row in rows:
        lines[row.item_id].append(
            PartLineFacts(
                id=row.id,
                part_no=row.part_no,
                name=Name(row.name_zh, row.name_en),
                quantity=row.quantity,
                agreed=row.agreed,
                not_needed=bool(row.not_needed),
                in_stock=stock.get(row.part_id, 0),
                issues=tuple(issues.get(row.id, ())),
            )
        )
    return lines


def stock_of(session: Session, part_ids: Iterable[int]) -> dict[int, int]:
    """Pieces in stock by part: the sum of its movements."""
    wanted = list(part_ids)
    if not wanted:
        return {}
    query = (
        sa.select(col(StockMovement.part_id), sa.func.sum(col(StockMovement.quantity)))
        .where(col(StockMovement.part_id).in_(wanted))
        .group_by(col(StockMovement.part_id))
    )
    return {part_id: int(quantity) for part_id, quantity in session.execute(query)}


def _issues(session: Session, line_ids: Sequence[int]) -> dict[int, list[IssueFacts]]:
    if not line_ids:
        return {}
    rows = session.execute(
        sa.select(
            col(PartIssue.id),
            col(PartIssue.line_id),
            col(PartIssue.basis),
            col(PartIssue.quantity),
            col(PartIssue.technician_id),
        )
        .where(col(PartIssue.line_id).in_(line_ids))
        .order_by(col(PartIssue.id))
    ).all()
    ids = [row.id for row in rows]
    returned = _pieces(session, ids, PartReturn)
    fitted = _pieces(session, ids, PartFitting)
    paid = pairs(
        session,
        sa.select(col(LoanReturn.issue_id), sa.func.sum(col(OldPart.quantity)))
        .join(OldPart, col(OldPart.id) == col(LoanReturn.old_part_id))
        .where(col(LoanReturn.issue_id).in_(ids))
        .group_by(col(LoanReturn.issue_id)),
    )
    issues: dict[int, list[IssueFacts]] = defaultdict(list)
    for row in rows:
        old = int(paid.get(row.id, 0)) if row.basis is IssueBasis.LOAN else 0
        issues[row.line_id].append(
            IssueFacts(
                id=row.id,
                basis=row.basis,
                quantity=row.quantity,
                returned=returned.get(row.id, 0),
                fitted=fitted.get(row.id, 0),
                old_received=old,
                technician_id=row.technician_id,
            )
        )
    return issues


def _pieces(session: Session, issue_ids: Sequence[int], table: type[PartReturn] | type[PartFitting]) -> dict[int, int]:
    issue = col(table.issue_id)
    query = sa.select(issue, sa.func.sum(col(table.quantity))).where(issue.in_(issue_ids)).group_by(issue)
    return {issue_id: int(pieces) for issue_id, pieces in session.execute(query)}


def pairs(session: Session, query: sa.Select[int, Any]) -> dict[int, Any]:
    """A query of two columns as a dictionary."""
    return dict(tuple(row) for row in session.execute(query))
