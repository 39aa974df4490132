"""Pictures of the screens on the demo shop, at one moment that stands still: for docs/screens, and for tests.

    PYTHONPATH=tests uv run python -m support.pictures

draws those of the docs anew, in both languages.
"""

import asyncio
import html
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from sqlmodel import col, select
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from workshop.commands.perform import load_actor
from workshop.db.database import Database
from workshop.db.opening import open_database
from workshop.db.tables import Person, RepairOrder, Vehicle
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.demo.building import build
from workshop.demo.data import plans
from workshop.i18n import LANGUAGES
from workshop.tui.app import WorkshopApp
from workshop.tui.gateway import Door, Gateway
from workshop.tui.places import go_to, open_order
from workshop.tui.places.work_page import WorkPage
from workshop.tui.workplace import Workplace

NOW: Final = datetime(2026, 3, 12, 6, 30, tzinfo=UTC)
"""Half past two on a Thursday afternoon in the shop's zone."""
SIZE: Final = (120, 36)
FOLDER: Final = Path(__file__).parents[2] / "docs" / "screens"
IN_README: Final = ("work-page.zh_CN.svg", "work-page.svg")
"""The picture that the README shows, and its name there."""

_PATIENCE: Final = 30.0  # seconds
_TEXT: Final = re.compile(
    r'<text class="(?P<look>[^"]+)" x="(?P<x>[\d.]+)" (?P<y>y="[\d.]+") '
    r'textLength="(?P<length>[\d.]+)" (?P<clip>clip-path="[^"]+")>(?P<text>[^<]*)</text>'
)


@dataclass(frozen=True, slots=True)
class Settings:
    """A terminal's settings."""

    terminal: str
    language: str
    idle_minutes: float = 60.0


class Sitting:
    """Somebody at a terminal of the demo shop, reading in a language."""

    def __init__(self, pilot: Pilot[None], language: str) -> None:
        assert isinstance(pilot.app, WorkshopApp)
        self.pilot = pilot
        self.app = pilot.app
        self.language = language

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is true."""
        end = time.monotonic() + _PATIENCE
        while not condition():
            assert time.monotonic() < end, f"never came on {self.app.screen}"
            await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def door(self) -> Door:
        """The opened records."""
        await self.until(lambda: self.app.door is not None)
        assert self.app.door is not None
        return self.app.door

    async def sign_in(self, name: str) -> Workplace:
        """Let somebody in without the time that a PIN takes; where they begin."""
        door = await self.door()
        with door.db.reading() as session:
            person = load_actor(session, session.exec(select(Person.id).where(Person.name == name)).one() or 0)
        await self.app.admit(Gateway(door, replace(person, language=self.language)))
        return await self.loaded()

    async def loaded(self) -> Workplace:
        """The workplace on top, once it has read its records."""
        await self.until(lambda: isinstance(self.app.screen, Workplace) and self.app.screen.is_current)
        screen = self.app.screen
        assert isinstance(screen, Workplace)
        await self.until(lambda: screen._loaded_at >= 0 and not screen._loading)
        return screen

    async def order(self, story: str) -> str:
        """The number of the open order with which the demo tells a story."""
        vin = next(plan.vin for plan in plans() if plan.story == story)
        query = select(RepairOrder.number).join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
        door = await self.door()
        with door.db.reading() as session:
            return session.exec(query.where(Vehicle.vin == vin, OPEN_ORDERS)).one()

    # --- the screens -------------------------------------------------------------------------------------------------

    async def at_the_door(self) -> None:
        """Nobody is signed in."""
        people = self.app.screen.query_one("#people")
        await self.until(lambda: people.display and people.has_focus)

    async def on_the_board(self) -> None:
        """The manager looks at the floor."""
        await self.sign_in("单国栋")

    async def on_an_order(self) -> None:
        """An advisor looks at an order that waits for a decision."""
        open_order(await self.sign_in("林可欣"), await self.order("awaiting_approval"))
        await self.loaded()

    async def at_work(self) -> None:
        """A technician is in the middle of the self-check."""
        here = await self.sign_in("马建军")
        self.app.push_screen(WorkPage(here.gateway, await self.order("checking")))
        await self.loaded()

    async def at_reception(self) -> None:
        """An advisor has typed a customer's name."""
        go_to(await self.sign_in("林可欣"), "reception")
        reception = await self.loaded()
        self.app.post_message(Paste("黎文博"))
        await self.until(lambda: getattr(reception, "_card", None) is not None)
        await self.loaded()

    async def at_approvals(self) -> None:
        """An advisor reads what the bay asks."""
        go_to(await self.sign_in("曾雅琴"), "approvals")
        await self.loaded()

    async def at_the_counter(self) -> None:
        """A parts clerk reads what is to be issued."""
        go_to(await self.sign_in("尹小慧"), "counter")
        await self.loaded()


VIEWS: Final[dict[str, Callable[[Sitting], Awaitable[None]]]] = {
    "sign-in": Sitting.at_the_door,
    "board": Sitting.on_the_board,
    "order-page": Sitting.on_an_order,
    "work-page": Sitting.at_work,
    "reception": Sitting.at_reception,
    "approvals": Sitting.at_approvals,
    "counter": Sitting.at_the_counter,
}
"""The screens that are drawn, and how to get there."""


def build_demo(file: Path) -> None:
    """Build the demo shop as it stands at `NOW`, in a new file."""
    db = open_database(f"sqlite:///{file}")
    build(db, NOW)
    db.close()


@contextmanager
def terminal(file: Path, language: str) -> Iterator[WorkshopApp]:
    """A terminal on a demo shop, in which time stands still."""
    settings = Settings("front-desk", language)
    doors: list[Door] = []

    def open_door() -> Door:
        doors.append(Door(Database(f"sqlite:///{file}"), settings.terminal))
        return doors[-1]

    yield WorkshopApp(settings, open_door, lambda: NOW)
    for door in doors:
        door.close()


async def bring(pilot: Pilot[None], view: str, language: str) -> None:
    """Bring a terminal to one of the `VIEWS`, until nothing on it moves any more."""
    sitting = Sitting(pilot, language)
    await sitting.door()
    await VIEWS[view](sitting)
    for field in sitting.app.screen.query(Input):
        field.cursor_blink = False
    await pilot.wait_for_scheduled_animations()
    await pilot.pause()


def in_cells(svg: str) -> str:
    """The picture with every character in its cells: Rich counts characters, and Chinese ones are two cells wide."""
    return _TEXT.sub(_spread, svg)


def _spread(found: re.Match[str]) -> str:
    text = html.unescape(found["text"])
    cell = float(found["length"]) / len(text)
    before, parts = 0, []
    for cells, signs in groupby(text, cell_len):
        run = "".join(signs)
        places = [float(found["x"]) + cell * (before + cells * number) for number in range(len(run))]
        before += cells * len(run)
        shown = html.escape(run, quote=False).replace(" ", "&#160;")
        at = " ".join(f"{place:.1f}" for place in (places if cells > 1 else places[:1]))
        length = "" if cells > 1 else f'textLength="{cell * len(run):.1f}" '
        parts.append(f'<text class="{found["look"]}" x="{at}" {found["y"]} {length}{found["clip"]}>{shown}</text>')
    return "".join(parts)


async def picture(file: Path, view: str, language: str, size: tuple[int, int] = SIZE) -> str:
    """A screen as SVG."""
    with terminal(file, language) as app:
        async with app.run_test(size=size) as pilot:
            await bring(pilot, view, language)
            svg = app.export_screenshot(simplify=True)
            app.exit()
        await asyncio.sleep(0)
    return in_cells(svg)


async def draw(folder: Path) -> None:
    """Draw every screen in every language."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "demo.db"
        build_demo(file)
        for language in LANGUAGES:
            for view in VIEWS:
                svg = await picture(file, view, language)
                (folder / f"{view}.{language}.svg").write_text(svg, encoding="utf-8")
    drawn, shown = (folder / name for name in IN_README)
    shown.write_bytes(drawn.read_bytes())


if __name__ == "__main__":
    asyncio.run(draw(FOLDER))
