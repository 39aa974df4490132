"""A terminal to sit at: the app on a small shop of its own, driven by keys."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, TypeVar

import pytest
from sqlalchemy.exc import SQLAlchemyError
from support.frames import FRAMES
from support.own_time import OwnTime
from support.pictures import lines_of
from support.postgres import Server
from support.shop import SmallShop
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from workshop.commands.perform import load_actor
from workshop.db import feed
from workshop.db.database import Database
from workshop.db.ledger import head
from workshop.domain.reasons import Refused
from workshop.tui import gateway
from workshop.tui.app import WorkshopApp
from workshop.tui.gateway import Door, Gateway

W = TypeVar("W", bound=Widget)
PATIENCE: Final = 20.0
"""Seconds of the loop's own clock after which what a test waits for is given up."""
MOMENT: Final = 0.2
"""Seconds of the same clock: more than the longest time for which the program waits before it does something, which is
that finding waits until the typing pauses.
"""


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


class WatchedDoor(Door):
    """A door of which a test knows whether it has told its terminal of everything that was done elsewhere."""

    def __init__(self, url: str, terminal: str) -> None:
        super().__init__(Database(url), terminal)
        self._told = -1
        self._following = False
        self._glance: sqlite3.Connection | None = None

    def follow(self, tell: Callable[[frozenset[str], int], object], ended: Callable[[], bool]) -> None:
        """As every door does, noting how far it has come."""
        self._following = True
        try:
            super().follow(tell, ended)
        finally:
            self._following = False

    def _tell_news(self, seen: int, tell: Callable[[frozenset[str], int], object]) -> int:
        self._told = super()._tell_news(seen, tell)
        return self._told

    def resting(self) -> int:
        """One if the feed waits for others to do something; none while there is something that it has to tell."""
        if not self._following:
            return 0
        with suppress(SQLAlchemyError):  # a server that does not answer has nothing to tell either
            return int(self._told == self._last())
        return 1

    def _last(self) -> int:
        """The number of the ledger's last line; of a file without a session, because the loop asks all the time."""
        if not self.db.is_sqlite:
            return self._read(head).number
        if self._glance is None:
            self._glance = sqlite3.connect(self.db.url.database or "", check_same_thread=False)
        number: int = self._glance.execute("SELECT number FROM ledger_head").fetchone()[0]
        return number

    def close(self) -> None:
        """Give everything back."""
        if self._glance is not None:
            self._glance.close()
            self._glance = None
        super().close()


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

    async def settle(self) -> None:
        """Let a moment pass: whatever is under way has then led where it leads, what others did is told, and all is
        painted.
        """
        await asyncio.sleep(MOMENT)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until something is true; the test fails with the screen if it never is."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not condition():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"never: {what or condition}\n{self.text()}")
            await self.settle()

    async def shows(self, *texts: str) -> None:
        """Wait until all the texts stand on the screen."""
        for text in texts:
            await self.until(lambda text=text: text in self.text(), text)  # type: ignore[misc]

    async def on(self, kind: type[Widget]) -> None:
        """Wait until a screen of this kind is on top and settled."""
        await self.until(lambda: isinstance(self.screen, kind) and self.screen.is_current, kind.__name__)
        await self.settle()

    def feed(self, *keys: str) -> None:
        """Let keys arrive at once: names of Textual, or single characters."""
        for key in keys:
            self.app.post_message(key_event(key))

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, as somebody does who looks at what each of them has led to."""
        for key in keys:
            self.feed(key)
            await self.settle()

    def paste(self, text: str) -> None:
        """Let a text arrive at once."""
        self.app.post_message(events.Paste(text))

    async def type(self, text: str) -> None:
        """Let a text arrive as a paste, the way input methods and scanners without Enter do."""
        self.paste(text)
        await self.settle()

    async def scan(self, code: str) -> None:
        """Let a scanner send a code: its digits and Enter, all within a few milliseconds."""
        self.feed(*code, "enter")
        await self.settle()

    def text(self) -> str:
        """Everything on the screen, as its reader sees it."""
        return "\n".join(lines_of(self.screen))

    async def painted(self) -> list[str]:
        """The screen line by line, once it stands: lists find out how long they are when they are painted."""
        lines, before = lines_of(self.screen), FRAMES.due
        await self.settle()
        return lines_of(self.screen) if FRAMES.are_painted or FRAMES.due > before else lines

    async def admit(self, who: str) -> None:
        """Sign somebody in without the time that a PIN takes."""
        assert self.shop is not None
        await self.until(lambda: self.app.door is not None, "the records are open")
        with self.shop.db.reading() as session:
            person = load_actor(session, self.shop.people[who].id)
        assert self.app.door is not None
        await self.app.admit(Gateway(self.app.door, person))
        await self.settle()


def key_event(key: str) -> events.Key:
    """What a terminal sends for a key."""
    if len(key) == 1:
        return events.Key(key if key.isalnum() else _character_to_key(key), key)
    return events.Key(key, {"enter": "\r", "space": " ", "tab": "\t"}.get(key))


class Sit(Protocol):
    """Opens a terminal on the test's shop."""

    def __call__(self, size: tuple[int, int] = (80, 24), **settings: object) -> "asynccontextmanager[Terminal]": ...


@asynccontextmanager
async def sitting(
    url: str, shop: SmallShop | None, size: tuple[int, int], **settings: object
) -> AsyncIterator[Terminal]:
    """A terminal of this size; at the end it is left and its database given back."""
    app, doors = watched(WorkshopApp, Settings(**settings), url)  # type: ignore[arg-type]
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Terminal(app, pilot, shop)
        app.exit()
    await asyncio.sleep(0)
    for door in doors:
        door.close()


def watched(
    make: Callable[..., WorkshopApp], settings: Settings, url: str, terminal: str = "bench", failures: int = 0
) -> tuple[WorkshopApp, list[WatchedDoor]]:
    """A terminal's app, whose records open after so many failures; and where the doors that it opens will be."""
    loop, doors = asyncio.get_running_loop(), list[WatchedDoor]()
    assert isinstance(loop, OwnTime)
    loop.resting.append(lambda: sum(door.resting() for door in doors))

    left = [Refused(gateway.SILENT())] * failures

    def open_door() -> Door:
        if left:
            raise left.pop()
        doors.append(WatchedDoor(url, terminal))
        return doors[-1]

    return make(settings, open_door), doors


@pytest.fixture(autouse=True)
def quick_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks often for what others did: the loop's clock stands until the terminal knows of it."""
    monkeypatch.setattr(feed._File, "pause", 0.003)
    monkeypatch.setattr(gateway, "FEED_PATIENCE", 0.01)


@pytest.fixture(autouse=True)
def frames_that_nobody_looks_at(pytestconfig: pytest.Config) -> Iterator[None]:
    """Are not painted: `text` paints the whole screen whenever a test looks at it. Nightly each of them is."""
    FRAMES.are_painted = bool(pytestconfig.getoption("nightly"))
    with nullcontext() if FRAMES.are_painted else FRAMES.passed_over():
        yield


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
