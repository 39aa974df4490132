"""What papers about tools say: a tool's label, what belongs in a cart."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from workshop.db.custody import pieces
from workshop.db.tables import (
    Cart,
    Person,
    Team,
    Tool,
)
from workshop.domain.custody import Piece


@dataclass(frozen=True, slots=True)
class ToolCard:
    """One piece with what its label says beside where it is; `valid_until`: of its calibration or inspection."""

    piece: Piece
    serial_no: str
    home: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CartCard:
    """A cart or kit with everything that belongs in it, wherever it is now."""

    number: str
    name: str
    team: str
    owner: str
    tools: tuple[ToolCard, ...]


def tool_card(session: Session, number: str) -> ToolCard | None:
    """The tool with this number, or None."""
    found = _cards(session, col(Tool.number) == number)
    return found[0] if found else None


def cart_card(session: Session, number: str) -> CartCard | None:
    """The cart or kit with this number, or None."""
    query = (
        sa.select(
            col(Cart.id),
            col(Cart.name),
            sa.func.coalesce(col(Team.name), "").label("team"),
            sa.func.coalesce(col(Person.name), "").label("owner"),
        )
        .outerjoin(Team, col(Team.id) == col(Cart.team_id))
        .outerjoin(Person, col(Person.id) == col(Cart.owner_id))
        .where(col(Cart.number) == number)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    return CartCard(number, row.name, row.team, row.owner, tuple(_cards(session, col(Tool.home_cart_id) == row.id)))


def _cards(session: Session, condition: sa.ColumnElement[bool]) -> list[ToolCard]:
    found = pieces(session, condition)
    home = aliased(Cart)
    query = (
        sa.select(col(Tool.id), col(Tool.serial_no), sa.func.coalesce(col(home.name), "").label("home"))
        .outerjoin(home, col(home.id) == col(Tool.home_cart_id))
        .where(col(Tool.id).in_(list(found)))
    )
    more = {row.id: row for row in session.execute(query)}
    return [
        ToolCard(piece, more[key].serial_no, more[key].home, max((until for _, until in piece.services), default=None))
        for key, piece in found.items()
    ]
