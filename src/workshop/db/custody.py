"""Where tools are: a piece is where its newest move says. One column select, however many pieces (W8a)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.liability_facts import frozen_tools
from workshop.db.part_facts import IDS, pairs, rows_of
from workshop.db.tables import (
    Bay,
    Cart,
    Lifting,
    MissingTool,
    OrderCart,
    Person,
    RepairOrder,
    Tool,
    ToolCount,
    ToolCountLine,
    ToolModel,
    ToolMove,
    ToolService,
)
from workshop.domain.custody import Piece
from workshop.domain.words import Name

_Later = aliased(ToolMove)
NEWEST: sa.ColumnElement[bool] = ~sa.exists().where(
    col(_Later.tool_id) == col(ToolMove.tool_id), col(_Later.id) > col(ToolMove.id)
)
"""Holds of the move of every tool that says where the tool is now."""

OUT: sa.ColumnElement[bool] = col(OrderCart.back_at).is_(None)
"""Holds of a cart's draw for an order that it has not come back from."""

CUSTODIAN = sa.func.coalesce(col(ToolMove.person_id), col(OrderCart.drawn_by_id), col(Cart.owner_id))
"""Who answers for a tool: who holds it, or else who drew, or else who owns the cart that it is in."""


# The same from the tool's side, which takes one look into the index for a tool, however often it has moved.
_LAST = sa.select(sa.func.max(col(_Later.id))).where(col(_Later.tool_id) == col(Tool.id)).scalar_subquery()


def where_tools_are(*columns: sa.SQLColumnExpression[Any]) -> sa.Select[*tuple[Any, ...]]:
    """These columns of every tool, its model, newest move, cart, draw, custodian, bay and order."""
    order_id = sa.func.coalesce(col(ToolMove.order_id), col(OrderCart.order_id))
    return (
        sa.select(*columns)
        .select_from(Tool)
        .join(ToolModel, col(ToolModel.id) == col(Tool.model_id))
        .join(ToolMove, col(ToolMove.id) == _LAST)
        .outerjoin(Cart, col(Cart.id) == col(ToolMove.cart_id))
        .outerjoin(OrderCart, sa.and_(col(OrderCart.cart_id) == col(ToolMove.cart_id), OUT))
        .outerjoin(Person, col(Person.id) == CUSTODIAN)
        .outerjoin(Bay, col(Bay.id) == col(ToolMove.bay_id))
        .outerjoin(RepairOrder, col(RepairOrder.id) == order_id)
    )


_PIECES = where_tools_are(
    col(Tool.id),
    col(Tool.number),
    col(ToolModel.name_zh),
    col(ToolModel.name_en),
    col(ToolModel.tool_class),
    col(ToolModel.service),
    col(ToolModel.rated_load),
    col(ToolMove.place),
    col(ToolMove.person_id),
    col(ToolMove.cart_id),
    col(ToolMove.bay_id),
    col(ToolMove.kept),
    CUSTODIAN.label("custodian_id"),
    sa.func.coalesce(col(Person.name), col(Cart.name), col(Bay.name), "").label("holder"),
    col(RepairOrder.id).label("order_id"),
    col(OrderCart.id).label("draw_id"),
)


def pieces(session: Session, *conditions: sa.ColumnElement[bool]) -> dict[int, Piece]:
    """Every tool that meets the conditions (on `where_tools_are`) by id, in the order of their numbers."""
    rows = session.execute(_PIECES.where(*conditions).order_by(col(Tool.number))).all()
    ids = [row.id for row in rows]
    services, frozen, missing = _services(session, ids), frozen_tools(session, ids), missing_tools(session, ids)
    carrying = pairs(session, _CARRYING, ids)
    return {
        row.id: Piece(
            id=row.id,
            number=row.number,
            name=Name(row.name_zh, row.name_en),
            tool_class=row.tool_class,
            place=row.place,
            holder=row.holder,
            custodian_id=row.custodian_id,
            person_id=row.person_id,
            cart_id=row.cart_id,
            bay_id=row.bay_id,
            order_id=row.order_id,
            in_cart=row.draw_id is not None,
            kept=row.kept,
            service=row.service,
            services=tuple(services.get(row.id, ())),
            rated_load=row.rated_load,
            frozen=row.id in frozen,
            missing_on=missing.get(row.id, ""),
            carries=carrying.get(row.id, ""),
        )
        for row in rows
    }


def missing_tools(session: Session, tool_ids: Iterable[int]) -> dict[int, str]:
    """Those of these tools that the newest count on some order did not see and nobody has settled, with the order."""
    return {row.tool_id: row.number for row in rows_of(session, _MISSING, tool_ids)}


_LaterLine, _LaterCount = aliased(ToolCountLine), aliased(ToolCount)
UNSETTLED: sa.ColumnElement[bool] = sa.and_(
    ~col(ToolCountLine.seen),
    ~sa.exists().where(col(MissingTool.line_id) == col(ToolCountLine.id)),
    ~sa.exists().where(
        col(_LaterLine.tool_id) == col(ToolCountLine.tool_id),
        col(_LaterLine.id) > col(ToolCountLine.id),
        col(_LaterCount.id) == col(_LaterLine.count_id),
        col(_LaterCount.order_id) == col(ToolCount.order_id),
    ),
)
"""Holds of a line of a count that did not see its tool, where no later count of the order and nobody has settled it."""

_MISSING = (
    sa.select(col(ToolCountLine.tool_id), col(RepairOrder.number))
    .join(ToolCount, col(ToolCount.id) == col(ToolCountLine.count_id))
    .join(RepairOrder, col(RepairOrder.id) == col(ToolCount.order_id))
    .where(col(ToolCountLine.tool_id).in_(IDS), UNSETTLED)
)


_CARRYING = (
    sa.select(col(Lifting.tool_id), col(RepairOrder.number))
    .join(RepairOrder, col(RepairOrder.id) == col(Lifting.order_id))
    .where(col(Lifting.tool_id).in_(IDS), col(Lifting.down_at).is_(None))
)


def _services(session: Session, tool_ids: Sequence[int]) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for row in rows_of(session, _SERVICES, tool_ids):
        found[row.tool_id].append((row.done_on, row.valid_until))
    return found


_SERVICES = (
    sa.select(col(ToolService.tool_id), col(ToolService.done_on), col(ToolService.valid_until))
    .join(Tool, col(Tool.id) == col(ToolService.tool_id))
    .join(ToolModel, col(ToolModel.id) == col(Tool.model_id))
    .where(col(ToolService.tool_id).in_(IDS), col(ToolService.service) == col(ToolModel.service))
    .order_by(col(ToolService.id))
)
