"""Draws the pictures of the docs: `PYTHONPATH=tests uv run python -m support.pictures docs/screens`.

The screens of a demo shop at a fixed time, as SVG, in both languages.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import sqlalchemy as sa
from rich.cells import cell_len
from sqlmodel import Session, col
from textual.pilot import Pilot
from textual.screen import Screen

from workshop.commands.perform import load_actor
from workshop.db.database import Database
from workshop.db.opening import open_database
from workshop.db.tables import CheckAnswer, OrderItem, PersonRole, RepairOrder
from workshop.demo.building import build
from workshop.domain.roles import Role
from workshop.domain.states import ItemState, Stage
from workshop.i18n import LANGUAGES
from workshop.tui.app import WorkshopApp
from workshop.tui.gateway import Door, Gateway
from workshop.tui.places.approvals import Approvals
from workshop.tui.places.board import Board
from workshop.tui.places.counter import Counter
from workshop.tui.places.order_page import OrderPage
from workshop.tui.places.work_page import WorkPage

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SIZE = (120, 36)


@dataclass(frozen=True, slots=True)
class Settings:
    """A terminal's settings."""

    terminal: str = "bay-3"
    language: str = "zh_CN"
    idle_minutes: float = 600.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen and who looks at it."""

    name: str
    role: Role
    screen: Callable[[Gateway, str], Screen[None]]


PICTURES = (
    Picture("board", Role.MANAGER, lambda gateway, _: Board(gateway)),
    Picture("order-page", Role.ADVISOR, OrderPage),
    Picture("work-page", Role.TECHNICIAN, WorkPage),
    Picture("approvals", Role.ADVISOR, lambda gateway, _: Approvals(gateway)),
    Picture("counter", Role.PARTS_CLERK, lambda gateway, _: Counter(gateway)),
)


def draw(folder: Path) -> None:
    """Write every picture in every language."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/demo.db"
        db = open_database(url)
        build(db, NOW)
        for language in LANGUAGES:
            for picture in PICTURES:
                svg = asyncio.run(_draw(url, db, picture, language))
                folder.joinpath(f"{picture.name}.{language}.svg").write_text(svg, encoding="utf-8")
        db.close()


async def _draw(url: str, db: Database, picture: Picture, language: str) -> str:
    app = WorkshopApp(Settings(language=language), lambda: Door(Database(url), "bay-3"), now=lambda: NOW)
    async with app.run_test(size=SIZE) as pilot:
        await _until(pilot, lambda: app.door is not None)
        with db.reading() as session:
            order = _order_to_check(session)
            person = load_actor(session, _person(session, picture.role, order))
        assert app.door is not None
        gateway = Gateway(app.door, person)
        await app.admit(gateway)
        app._speak(language)
        await app.push_screen(picture.screen(gateway, order))
        await pilot.pause(1.5)
        return _in_cells(app.export_screenshot(title="Workshop"))


def _order_to_check(session: Session) -> str:
    """An order whose self-check is half answered."""
    query = (
        sa.select(col(RepairOrder.number))
        .join(OrderItem, col(OrderItem.order_id) == col(RepairOrder.id))
        .join(CheckAnswer, col(CheckAnswer.item_id) == col(OrderItem.id))
        .where(col(RepairOrder.stage) == Stage.IN_WORK, col(OrderItem.state) == ItemState.DONE)
        .where(col(CheckAnswer.answer).is_(None))
        .order_by(col(RepairOrder.id))
    )
    return str(session.execute(query).scalars().first())


def _person(session: Session, role: Role, order: str) -> int:
    if role is Role.TECHNICIAN:
        query = sa.select(col(RepairOrder.technician_id)).where(col(RepairOrder.number) == order)
    else:
        query = sa.select(col(PersonRole.person_id)).where(col(PersonRole.role) == role)
    return int(session.execute(query).scalars().first() or 0)


async def _until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    while not condition():
        await pilot.pause(0.05)


def _in_cells(svg: str) -> str:
    """Rich writes the length of a text by its characters; a Chinese one is two cells wide."""
    width = float(re.search(r'textLength="([\d.]+)"[^>]*>[^<]', svg).group(1))  # type: ignore[union-attr]
    first = re.search(r'textLength="[\d.]+"[^>]*>([^<]+)<', svg)
    unit = width / len(unescape(first.group(1))) if first else 12.2

    def wide(match: re.Match[str]) -> str:
        cells = cell_len(unescape(match.group(3)))
        return f'textLength="{cells * unit:.1f}"{match.group(2)}>{match.group(3)}<'

    return re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]+)<', wide, svg)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
