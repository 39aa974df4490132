"""A terminal on the made-up shop whose keys come faster than a pilot presses them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from tui.conftest import Settings, Terminal

from workshop.commands.perform import load_actor
from workshop.db.database import Database
from workshop.db.tables import Person, PersonRole
from workshop.domain.roles import Role
from workshop.tui.app import WorkshopApp
from workshop.tui.gateway import Door, Gateway

_QUIET = 2
"""How often in a row nothing must be found under way."""


class Seat(Terminal):
    """A terminal at which keys are fed in bursts, and what they began is waited for."""

    def __init__(self, app: WorkshopApp, pilot: Any, db: Database, threads: "Threads") -> None:
        super().__init__(app, pilot, None)
        self.db = db
        self._threads = threads

    def feed(self, *keys: str) -> None:
        """Press keys at once, without waiting: names of Textual, or single characters."""
        for key in keys:
            character = key if len(key) == 1 else {"enter": "\r", "space": " ", "tab": "\t"}.get(key)
            self.app.post_message(events.Key(key, character))

    def paste(self, text: str) -> None:
        """Let a text arrive at once."""
        self.app.post_message(events.Paste(text))

    def resize(self, width: int, height: int) -> None:
        """Drag the window to another size."""
        size = Size(width, height)
        assert isinstance(self.app._driver, HeadlessDriver)
        self.app._driver._size = size
        self.app.post_message(events.Resize(size, size))

    async def settle(self) -> None:
        """Wait until every key has led where it leads and nothing is being read or written any more."""
        end, quiet = time.monotonic() + 30, 0
        while quiet < _QUIET:
            assert time.monotonic() < end, f"never still\n{self.text()}"
            await self.pilot._wait_for_screen()
            await asyncio.sleep(0)
            house = self.app
            busy = self._threads.running or house._keys._taking or house._scanner._held
            quiet = 0 if busy else quiet + 1
            if busy:
                await asyncio.sleep(0.003)
        self.screen._on_timer_update()

    async def go(self, *keys: str) -> None:
        """Press keys and wait for what they lead to."""
        self.feed(*keys)
        await self.settle()

    async def admit_badge(self, badge: str) -> Gateway:
        """Sign somebody in without the time that a PIN takes."""
        await self.until(lambda: self.app.door is not None, "the records are open")
        assert self.app.door is not None
        with self.db.reading() as session:
            found = session.exec(select(Person.id).where(Person.badge == badge)).one()
            person = load_actor(session, found or 0)
        await self.app.admit(Gateway(self.app.door, person))
        await self.settle()
        assert self.app.gateway is not None
        return self.app.gateway


class Threads:
    """Counts what is under way beside the event loop."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.running = 0
        asked = asyncio.to_thread

        async def counted(function: Callable[..., object], *args: object, **kwargs: object) -> object:
            self.running += 1
            try:
                return await asked(function, *args, **kwargs)
            finally:
                self.running -= 1

        patch.setattr(asyncio, "to_thread", counted)


@contextmanager
def _threads() -> Iterator[Threads]:
    with pytest.MonkeyPatch.context() as patch:
        yield Threads(patch)


@asynccontextmanager
async def seated(
    path: Path, size: tuple[int, int], make: Callable[..., WorkshopApp] = WorkshopApp, **settings: object
) -> AsyncIterator[Seat]:
    """A terminal of this size on a copy of the demo."""
    doors: list[Door] = []

    def open_door() -> Door:
        doors.append(Door(Database(f"sqlite:///{path}"), "前台 1"))
        return doors[-1]

    app = make(Settings(**{"paper_folder": path.parent / "papers"} | settings), open_door)  # type: ignore[arg-type]
    db = Database(f"sqlite:///{path}")
    with _threads() as threads:
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Seat(app, pilot, db, threads)
            app.exit()
        await asyncio.get_running_loop().shutdown_default_executor()
    for door in (*doors, db):
        door.close()


def badge_of(session: Session, role: Role) -> str:
    """The badge of somebody who holds this role and no other."""
    held: dict[int, set[Role]] = {}
    for one in session.exec(select(PersonRole)):
        held.setdefault(one.person_id, set()).add(one.role)
    first = min(person for person, roles in held.items() if roles == {role})
    return session.exec(select(Person.badge).where(Person.id == first)).one()
