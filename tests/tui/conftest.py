"""A terminal to sit at: the app on a small shop of its own, driven by keys."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from support.postgres import Server
from support.shop import SmallShop
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from workshop.commands.perform import load_actor
from workshop.db.database import Database
from workshop.tui.app import WorkshopApp
from workshop.tui.gateway import Door, Gateway

W = TypeVar("W", bound=Widget)
PATIENCE = 20.0
"""Seconds after which what a test waits for is given up; busy machines are slow, and nothing is asserted of speed."""


@dataclass
class Settings:
    """A terminal's settings, as a test wants them."""

    terminal: str = "bench"
    language: str = "en"
    idle_minutes: float = 60.0
    theme: str = "dark"
    borders: str = "lines"
    keys: dict[str, str] = field(default_factory=dict)
    paper_folder: Path = Path("papers")
    print_queue: Path = Path("print-queue")
    printers: dict[str, str] = field(default_factory=dict)
    health_folder: Path | None = None
    health_address: str = ""
    health_company: str = ""
    health_password: str = ""
    bell: bool = True


class Terminal:
    """One terminal with the keys under the test's fingers."""

    def __init__(self, app: WorkshopApp, pilot: Pilot[None], shop: SmallShop | None) -> None:
        self.app = app
        self.pilot = pilot
        self.shop = shop

    @property
    def screen(self) -> Screen[object]:
        """What is on top."""
        return self.app.screen

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until something is true; the test fails with the screen if it never is."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"never: {what or condition}\n{self.text()}")
            await self.pilot.pause(0.02)

    async def shows(self, *texts: str) -> None:
        """Wait until all the texts stand on the screen."""
        for text in texts:
            await self.until(lambda text=text: text in self.text(), text)  # type: ignore[misc]

    async def on(self, kind: type[Widget]) -> None:
        """Wait until a screen of this kind is on top and settled."""
        await self.until(lambda: isinstance(self.screen, kind) and self.screen.is_current, kind.__name__)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Let a text arrive as a paste, the way input methods and scanners without Enter do."""
        from textual import events

        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.pilot.pause()

    async def scan(self, code: str) -> None:
        """Let a scanner send a code: its digits and Enter, all within a few milliseconds."""
        from textual import events

        keys = [*(events.Key(character, character) for character in code), events.Key("enter", "\r")]
        for key in keys:
            key.time = keys[0].time  # a busy machine may be kept from its work between two of them
            self.app.post_message(key)
        await self.pilot.pause()
        await self.pilot.pause()

    def text(self) -> str:
        """Everything on the screen, as its reader sees it."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    async def admit(self, who: str) -> None:
        """Sign somebody in without the time that a PIN takes."""
        assert self.shop is not None
        await self.until(lambda: self.app.door is not None, "the records are open")
        with self.shop.db.reading() as session:
            person = load_actor(session, self.shop.people[who].id)
        assert self.app.door is not None
        await self.app.admit(Gateway(self.app.door, person))
        await self.pilot.pause()


class Sit(Protocol):
    """Opens a terminal on the test's shop."""

    def __call__(self, size: tuple[int, int] = (80, 24), **settings: object) -> "asynccontextmanager[Terminal]": ...


@asynccontextmanager
async def sitting(
    url: str, shop: SmallShop | None, size: tuple[int, int], **settings: object
) -> AsyncIterator[Terminal]:
    """A terminal of this size; at the end it is left and its database given back."""
    doors: list[Door] = []

    def open_door() -> Door:
        doors.append(Door(Database(url), "bench"))
        return doors[-1]

    app = WorkshopApp(Settings(**settings), open_door)  # type: ignore[arg-type]
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Terminal(app, pilot, shop)
        app.exit()
    await asyncio.sleep(0)
    for door in doors:
        door.close()


@pytest.fixture
def tui_shop(shop_file: Path, tmp_path: Path) -> Iterator[SmallShop]:
    """A small shop of the test's own, in a SQLite file. (The terminal is the same on both databases.)"""
    path = tmp_path / "shop.db"
    shutil.copyfile(shop_file, path)
    shop = SmallShop(f"sqlite:///{path}")
    yield shop
    shop.close()


@pytest.fixture
def served_shop(postgres: Server, shop_template: str) -> Iterator[SmallShop]:
    """A small shop of the test's own on PostgreSQL, for what only a server can do."""
    with postgres.database("served", shop_template) as name:
        shop = SmallShop(postgres.url(name))
        yield shop
        shop.close()


@pytest.fixture
def sit(tui_shop: SmallShop) -> Sit:
    """Opens terminals on the test's shop."""

    def open_terminal(size: tuple[int, int] = (80, 24), **settings: object) -> "asynccontextmanager[Terminal]":
        return sitting(tui_shop.url, tui_shop, size, **settings)  # type: ignore[return-value]

    return open_terminal
