"""Loads the acts that moved orders from stage to stage, and tells their stays from them."""

import json
from collections import defaultdict

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import LedgerLine, RepairOrder
from workshop.domain.stays import LOOKED_INTO, MOVING, Act, Stay, stays

Condition = sa.ColumnElement[bool]

_ACTS = (
    sa.select(
        col(LedgerLine.order_number),
        col(LedgerLine.at),
        col(LedgerLine.command),
        col(LedgerLine.payload),
        col(LedgerLine.outcome),
    )
    .join(RepairOrder, col(RepairOrder.number) == col(LedgerLine.order_number))
    .where(col(LedgerLine.command).in_(MOVING))
    .order_by(col(LedgerLine.number))
)


def load_stays(session: Session, *conditions: Condition) -> dict[str, list[Stay]]:
    """The stays of the orders that meet the conditions, by the order's number."""
    acts: dict[str, list[Act]] = defaultdict(list)
    for number, at, command, payload, outcome in session.execute(_ACTS.where(*conditions)):
        asked = command in LOOKED_INTO
        fields, came = (json.loads(payload), json.loads(outcome)) if asked else ({}, {})
        acts[number].append(Act(at, command, fields, came))
    return {number: stays(one) for number, one in acts.items()}
