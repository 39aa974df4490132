"""Loads the facts of orders' tools: what is out for them and what the counts said (W8b)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from workshop.db.bundle import Query
from workshop.db.custody import NEWEST, OUT
from workshop.db.part_facts import IDS
from workshop.db.tables import (
    Cart,
    LabourEntry,
    MissingTool,
    OrderCart,
    OrderItem,
    Tool,
    ToolCount,
    ToolCountLine,
    ToolModel,
    ToolMove,
)
from workshop.domain.order_tools import OrderTool, ToolFacts, stands
from workshop.domain.tools import CountMoment
from workshop.domain.words import Name


def tool_facts(rows: Mapping[str, Iterable[Any]], rounds: Mapping[int, int]) -> dict[int, ToolFacts]:
    """The facts of the tools of orders by order: the rows that `TOOLS` have found; `rounds`: each order's round."""
    own: dict[int, list[OrderTool]] = defaultdict(list)
    for row in rows["own"]:
        own[row.order_id].append(_tool(row, kept=row.kept))
    for row in rows["carried"]:
        own[row.order_id].append(_tool(row, in_cart=True, kept=row.kept))
    carts: dict[int, list[str]] = defaultdict(list)
    for row in rows["carts"]:
        carts[row.order_id].append(row.name)
    started = {row.order_id: row.started_at for row in rows["started"]}
    counts: dict[int, list[Any]] = defaultdict(list)
    for row in rows["counts"]:
        counts[row.order_id].append(row)
    return {
        order_id: ToolFacts(
            own=tuple(sorted(own.get(order_id, ()), key=lambda tool: tool.number)),
            counted=_counted(counts.get(order_id, []), rounds[order_id], started.get(order_id)),
            missing=tuple(_tool(row) for row in _unseen(counts.get(order_id, [])) if row.found is None),
            signed=frozenset(row.id for row in _unseen(counts.get(order_id, [])) if row.found is False),
            carts=tuple(carts.get(order_id, ())),
        )
        for order_id in rounds.keys() & (own.keys() | carts.keys() | counts.keys())
    }


def _tool(row: Any, *, in_cart: bool = False, kept: bool = False) -> OrderTool:
    return OrderTool(row.id, row.number, Name(row.name_zh, row.name_en), bool(in_cart), bool(kept))


def _counted(rows: list[Any], number: int, started_at: datetime | None) -> dict[CountMoment, frozenset[int]]:
    """The tools on the newest count of each moment in this round, where it still stands."""
    newest = {row.moment: row for row in rows if row.round == number}
    return {
        moment: frozenset(row.id for row in rows if row.count_id == count.count_id)
        for moment, count in newest.items()
        if stands(moment, count.at, started_at)
    }


def _unseen(rows: list[Any]) -> list[Any]:
    """The last line of every tool that it did not see."""
    return [row for row in {row.id: row for row in rows}.values() if not row.seen]


_NAMED = (col(Tool.number), col(ToolModel.name_zh), col(ToolModel.name_en))


def _own(order_id: Any) -> Query:
    return (
        sa.select(col(Tool.id), order_id.label("order_id"), *_NAMED, col(ToolMove.kept))
        .join(Tool, col(Tool.id) == col(ToolMove.tool_id))
        .join(ToolModel, col(ToolModel.id) == col(Tool.model_id))
        .where(NEWEST, order_id.in_(IDS))
    )


TOOLS: Mapping[str, Query] = {
    "own": _own(col(ToolMove.order_id)),
    "carried": _own(col(OrderCart.order_id)).join(
        OrderCart, sa.and_(col(OrderCart.cart_id) == col(ToolMove.cart_id), OUT)
    ),
    "carts": sa.select(col(OrderCart.id), col(OrderCart.order_id), col(Cart.name))
    .join(Cart, col(Cart.id) == col(OrderCart.cart_id))
    .where(col(OrderCart.order_id).in_(IDS), OUT),
    "started": sa.select(col(OrderItem.order_id), sa.func.max(col(LabourEntry.started_at)).label("started_at"))
    .join(LabourEntry, col(LabourEntry.item_id) == col(OrderItem.id))
    .where(col(OrderItem.order_id).in_(IDS))
    .group_by(col(OrderItem.order_id)),
    "counts": sa.select(
        col(ToolCountLine.id).label("line_id"),
        col(ToolCount.order_id),
        col(ToolCount.id).label("count_id"),
        col(ToolCount.round),
        col(ToolCount.moment),
        col(ToolCount.at),
        col(ToolCountLine.seen),
        col(MissingTool.found),
        col(Tool.id),
        *_NAMED,
    )
    .join(ToolCountLine, col(ToolCountLine.count_id) == col(ToolCount.id))
    .outerjoin(MissingTool, col(MissingTool.line_id) == col(ToolCountLine.id))
    .join(Tool, col(Tool.id) == col(ToolCountLine.tool_id))
    .join(ToolModel, col(ToolModel.id) == col(Tool.model_id))
    .where(col(ToolCount.order_id).in_(IDS)),
}
"""Tools and carts that are out for orders, and their counts."""
