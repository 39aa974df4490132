"""What waits for a person: the front desk's inbox, parts to issue, orders to dispatch, prove, take over, inspect.

Asked at every change on every terminal, so that it is column selects only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.commands.tx import Actor
from workshop.db.tables import HandOver, OrderItem, Part, PartIssue, PartLine, PartReturn, RepairOrder
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.roles import Role
from workshop.domain.states import AGREED, Stage
from workshop.domain.words import N_, Message, Name
from workshop.queries.inbox import inbox

FOR_DESK = N_("New for the front desk: {what}, order {order}.")
PART_ASKED = N_("A part is asked for: {what}, order {order}.")
TO_DISPATCH = N_("A new order waits to be dispatched: {order}.")
TO_PROVE = N_("An order is dispatched to you: {order}.")
TO_TAKE = N_("An order waits to be taken over: {order}.")
TO_INSPECT = N_("An order waits for its final inspection: {order}.")


@dataclass(frozen=True, slots=True)
class News:
    """Something that waits for the person. `key` is its own for ever: what was told once is known by it."""

    key: str
    text: Message
    order: str
    what: Message | Name | str = ""


def news(session: Session, now: datetime, person: Actor) -> list[News]:
    """Everything that waits for this person now, by all the roles held."""
    return [one for role, find in _FINDERS.items() if role in person.roles for one in find(session, now, person)]


def _for_desk(session: Session, now: datetime, person: Actor) -> Iterator[News]:
    for one in inbox(session, now):
        if one.raised_by_id != person.id:
            yield News(f"{one.matter.value}:{one.id}", FOR_DESK, one.order_number, one.matter.label)


def _parts(session: Session, _now: datetime, _person: Actor) -> Iterator[News]:
    issued = (
        sa.select(sa.func.coalesce(sa.func.sum(col(PartIssue.quantity)), 0))
        .where(col(PartIssue.line_id) == col(PartLine.id))
        .scalar_subquery()
    )
    returned = (
        sa.select(sa.func.coalesce(sa.func.sum(col(PartReturn.quantity)), 0))
        .join(PartIssue, col(PartIssue.id) == col(PartReturn.issue_id))
        .where(col(PartIssue.line_id) == col(PartLine.id))
        .scalar_subquery()
    )
    query = (
        sa.select(col(PartLine.id), col(RepairOrder.number), col(Part.name_zh), col(Part.name_en))
        .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
        .join(RepairOrder, col(RepairOrder.id) == col(OrderItem.order_id))
        .join(Part, col(Part.id) == col(PartLine.part_id))
        .where(
            OPEN_ORDERS,
            col(RepairOrder.stage) != Stage.OPENED,
            col(OrderItem.state).in_(AGREED),
            col(PartLine.agreed),
            col(PartLine.not_needed) == "",
            col(PartLine.quantity) > issued - returned,
        )
        .order_by(col(PartLine.id))
    )
    for row in session.execute(query):
        yield News(f"part:{row.id}", PART_ASKED, row.number, Name(row.name_zh, row.name_en))


def _to_dispatch(session: Session, now: datetime, person: Actor) -> Iterator[News]:
    for row in session.execute(_orders(Stage.OPENED)):
        yield News(f"dispatch:{row.id}", TO_DISPATCH, row.number)
    yield from _to_take(session, now, person)


def _to_prove(session: Session, _now: datetime, person: Actor) -> Iterator[News]:
    for row in session.execute(_orders(Stage.DISPATCHED).where(col(RepairOrder.technician_id) == person.id)):
        yield News(f"prove:{row.id}", TO_PROVE, row.number)


def _to_take(session: Session, _now: datetime, person: Actor) -> Iterator[News]:
    offers = (
        sa.select(col(HandOver.id), col(RepairOrder.number))
        .join(RepairOrder, col(RepairOrder.id) == col(HandOver.order_id))
        .where(col(HandOver.accepted).is_(None), col(HandOver.giver_id) != person.id, OPEN_ORDERS)
        .order_by(col(HandOver.id))
    )
    for row in session.execute(offers):
        yield News(f"take:{row.id}", TO_TAKE, row.number)


def _to_inspect(session: Session, now: datetime, person: Actor) -> Iterator[News]:
    for row in session.execute(_orders(Stage.HANDED_OVER)):
        yield News(f"inspect:{row.id}:{row.round}", TO_INSPECT, row.number)
    if Role.TEAM_LEADER not in person.roles:
        yield from _to_take(session, now, person)


def _orders(stage: Stage) -> "sa.Select[int | None, str, int]":
    return (
        sa.select(col(RepairOrder.id), col(RepairOrder.number), col(RepairOrder.round))
        .where(OPEN_ORDERS, col(RepairOrder.stage) == stage)
        .order_by(col(RepairOrder.id))
    )


_FINDERS: Final[Mapping[Role, Callable[[Session, datetime, Actor], Iterator[News]]]] = {
    Role.ADVISOR: _for_desk,
    Role.TECHNICIAN: _to_prove,
    Role.TEAM_LEADER: _to_dispatch,
    Role.INSPECTOR: _to_inspect,
    Role.PARTS_CLERK: _parts,
}
