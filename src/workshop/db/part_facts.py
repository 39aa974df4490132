"""Loads the facts of part lines: what was issued, fitted, returned, owed, and what is in stock (W6a, W6b)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.liability_facts import CasePieces, case_pieces
from workshop.db.tables import LoanReturn, OldPart, Part, PartFitting, PartIssue, PartLine, PartReturn, StockMovement
from workshop.domain.facts import IssueFacts, PartLineFacts
from workshop.domain.states import IssueBasis
from workshop.domain.words import Name

IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
"""Stands in the queries for the rows that facts are asked of."""


def rows_of(
    session: Session, query: sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]], ids: Iterable[int]
) -> Sequence[Any]:
    """What a query finds for these `IDS`. None are no question."""
    wanted = list(ids)
    return session.execute(query, {"ids": wanted}).all() if wanted else []


def pairs(session: Session, query: sa.Select[*tuple[Any, ...]], ids: Iterable[int]) -> dict[int, Any]:
    """A query of two columns as a dictionary."""
    return dict(rows_of(session, query, ids))


def part_lines(session: Session, item_ids: Sequence[int]) -> dict[int, list[PartLineFacts]]:
    """The part lines of these items by item, each with its issues and the stock."""
    rows = rows_of(session, _LINES, item_ids)
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


_LINES = (
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
    .where(col(PartLine.item_id).in_(IDS))
    .order_by(col(PartLine.id))
)


def stock_of(session: Session, part_ids: Iterable[int]) -> dict[int, int]:
    """Pieces in stock by part: the sum of its movements."""
    return _pieces(session, _STOCK, part_ids)


_STOCK = (
    sa.select(col(StockMovement.part_id), sa.func.sum(col(StockMovement.quantity)))
    .where(col(StockMovement.part_id).in_(IDS))
    .group_by(col(StockMovement.part_id))
)


def _issues(session: Session, line_ids: Sequence[int]) -> dict[int, list[IssueFacts]]:
    rows = rows_of(session, _ISSUES, line_ids)
    ids = [row.id for row in rows]
    returned, fitted = _pieces(session, _RETURNED, ids), _pieces(session, _FITTED, ids)
    paid = _pieces(session, _PAID, [row.id for row in rows if row.basis is IssueBasis.LOAN])
    cases = case_pieces(session, ids)
    issues: dict[int, list[IssueFacts]] = defaultdict(list)
    for row in rows:
        under = cases.get(row.id, CasePieces())
        issues[row.line_id].append(
            IssueFacts(
                id=row.id,
                basis=row.basis,
                quantity=row.quantity,
                returned=returned.get(row.id, 0),
                fitted=fitted.get(row.id, 0),
                old_received=paid.get(row.id, 0),
                technician_id=row.technician_id,
                written_off=under.written_off,
                old_written_off=under.old_written_off,
                cased=under.cased,
                old_cased=under.old_cased,
            )
        )
    return issues


_ISSUES = (
    sa.select(
        col(PartIssue.id),
        col(PartIssue.line_id),
        col(PartIssue.basis),
        col(PartIssue.quantity),
        col(PartIssue.technician_id),
    )
    .where(col(PartIssue.line_id).in_(IDS))
    .order_by(col(PartIssue.id))
)
_RETURNED = (
    sa.select(col(PartReturn.issue_id), sa.func.sum(col(PartReturn.quantity)))
    .where(col(PartReturn.issue_id).in_(IDS))
    .group_by(col(PartReturn.issue_id))
)
_FITTED = (
    sa.select(col(PartFitting.issue_id), sa.func.sum(col(PartFitting.quantity)))
    .where(col(PartFitting.issue_id).in_(IDS))
    .group_by(col(PartFitting.issue_id))
)
_PAID = (
    sa.select(col(LoanReturn.issue_id), sa.func.sum(col(OldPart.quantity)))
    .join(OldPart, col(OldPart.id) == col(LoanReturn.old_part_id))
    .where(col(LoanReturn.issue_id).in_(IDS))
    .group_by(col(LoanReturn.issue_id))
)


def _pieces(session: Session, query: sa.Select[*tuple[Any, ...]], ids: Iterable[int]) -> dict[int, int]:
    return {key: int(pieces) for key, pieces in pairs(session, query, ids).items()}
