"""A terminal on the made-up shop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlmodel import Session, select
from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from tui.conftest import Settings, Terminal, watched

from workshop.commands.perform import load_actor
from workshop.db.database import Database
from workshop.db.tables import Person, PersonRole
from workshop.domain.roles import Role
from workshop.tui.app import WorkshopApp
from workshop.tui.gateway import Gateway


class Seat(Terminal):
    """A terminal on the made-up shop."""

    def __init__(self, app: WorkshopApp, pilot: Any, db: Database) -> None:
        super().__init__(app, pilot, None)
        self.db = db

    def resize(self, width: int, height: int) -> None:
        """Drag the window to another size."""
        size = Size(width, height)
        assert isinstance(self.app._driver, HeadlessDriver)
        self.app._driver._size = size
        self.app.post_message(events.Resize(size, size))

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


@asynccontextmanager
async def seated(
    path: Path, size: tuple[int, int], make: Callable[..., WorkshopApp] = WorkshopApp, **settings: object
) -> AsyncIterator[Seat]:
    """A terminal of this size on a copy of the demo."""
    url = f"sqlite:///{path}"
    given = Settings(**{"paper_folder": path.parent / "papers"} | settings)  # type: ignore[arg-type]
    app, doors = watched(make, given, url, "前台 1")
    db = Database(url)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Seat(app, pilot, db)
        app.exit()
    await asyncio.get_running_loop().shutdown_default_executor()
    for one in (*doors, db):
        one.close()


def badge_of(session: Session, role: Role) -> str:
    """The badge of somebody who holds this role and no other."""
    held: dict[int, set[Role]] = {}
    for one in session.exec(select(PersonRole)):
        held.setdefault(one.person_id, set()).add(one.role)
    first = min(person for person, roles in held.items() if roles == {role})
    return session.exec(select(Person.badge).where(Person.id == first)).one()
