"""Loads the facts of part lines: what was issued, fitted, returned, owed, and what is in stock (W6a, W6b)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.bundle import Bundle, Query, answers
from workshop.db.liability_facts import CASE_PIECES, CasePieces, case_pieces
from workshop.db.tables import (
    LoanReturn,
    OldPart,
    OrderItem,
    Part,
    PartFitting,
    PartIssue,
    PartLine,
    PartReturn,
    StockMovement,
)
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
    return list(answers(session, query, {"ids": wanted})) if wanted else []


def pairs(session: Session, query: sa.Select[*tuple[Any, ...]], ids: Iterable[int]) -> dict[int, Any]:
    """A query of two columns as a dictionary."""
    return dict(rows_of(session, query, ids))


def part_lines(session: Session, lines: Iterable[Any], issues: Iterable[Any]) -> dict[int, list[PartLineFacts]]:
    """The facts of part lines by item, each with its issues and the stock: the rows that `PARTS` have found."""
    lines, issues = list(lines), list(issues)
    pieces = (
        _PIECES.ask(
            session,
            parts={row.part_id for row in lines},
            ids=[row.id for row in issues],
            loans=[row.id for row in issues if row.basis is IssueBasis.LOAN],
        )
        if lines
        else {}
    )
    stock = dict(pieces.get("stock", ()))
    of_line = _issues(issues, pieces)
    found: dict[int, list[PartLineFacts]] = defaultdict(list)
    for row in lines:
        found[row.item_id].append(
            PartLineFacts(
                id=row.id,
                part_no=row.part_no,
                name=Name(row.name_zh, row.name_en),
                quantity=row.quantity,
                agreed=row.agreed,
                not_needed=bool(row.not_needed),
                in_stock=stock.get(row.part_id, 0),
                issues=tuple(of_line.get(row.id, ())),
            )
        )
    return found


PARTS: Mapping[str, Query] = {
    "lines": sa.select(
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
    .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
    .where(col(OrderItem.order_id).in_(IDS)),
    "issues": sa.select(
        col(PartIssue.id),
        col(PartIssue.line_id),
        col(PartIssue.basis),
        col(PartIssue.quantity),
        col(PartIssue.technician_id),
    )
    .join(PartLine, col(PartLine.id) == col(PartIssue.line_id))
    .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
    .where(col(OrderItem.order_id).in_(IDS)),
}
"""Part lines and issues of orders."""


def stock_of(session: Session, part_ids: Iterable[int]) -> dict[int, int]:
    """Pieces in stock by part: the sum of its movements."""
    return {key: int(pieces) for key, pieces in pairs(session, _stock(IDS), part_ids).items()}


@cache
def _stock(ids: sa.BindParameter[Any]) -> Query:
    return (
        sa.select(col(StockMovement.part_id), sa.func.sum(col(StockMovement.quantity)).label("pieces"))
        .where(col(StockMovement.part_id).in_(ids))
        .group_by(col(StockMovement.part_id))
    )


def _issues(rows: Iterable[Any], pieces: Mapping[str, Sequence[Any]]) -> dict[int, list[IssueFacts]]:
    returned, fitted, paid = (dict(pieces.get(name, ())) for name in ("returned", "fitted", "paid"))
    cases = case_pieces(pieces.get("cases", ()))
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


_PIECES = Bundle(
    {
        "stock": _stock(sa.bindparam("parts", expanding=True)),
        "returned": sa.select(col(PartReturn.issue_id), sa.func.sum(col(PartReturn.quantity)).label("pieces"))
        .where(col(PartReturn.issue_id).in_(IDS))
        .group_by(col(PartReturn.issue_id)),
        "fitted": sa.select(col(PartFitting.issue_id), sa.func.sum(col(PartFitting.quantity)).label("pieces"))
        .where(col(PartFitting.issue_id).in_(IDS))
        .group_by(col(PartFitting.issue_id)),
        "paid": sa.select(col(LoanReturn.issue_id), sa.func.sum(col(OldPart.quantity)).label("pieces"))
        .join(OldPart, col(OldPart.id) == col(LoanReturn.old_part_id))
        .where(col(LoanReturn.issue_id).in_(sa.bindparam("loans", expanding=True)))
        .group_by(col(LoanReturn.issue_id)),
        "cases": CASE_PIECES,
    }
)
"""How many pieces there are of parts, and what became of those that were issued."""
