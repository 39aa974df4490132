"""The one way from the screens to the records. Everything runs in threads, never on the UI loop.

`Door` is the opened database with nobody signed in; `Gateway` is one signed-in person's way through it. Imported after
the first paint, because everything heavy hangs on it.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from workshop.commands import perform as performing
from workshop.commands import sign_in as signing
from workshop.commands.base import Command, Outcome
from workshop.commands.people import ChooseLanguage
from workshop.commands.perform import Done, Signature, payload_of
from workshop.commands.shop import FirstStart, first_start, is_empty
from workshop.commands.tx import Actor
from workshop.db.database import Database, DatabaseBusy
from workshop.db.feed import Feed, changes_after
from workshop.db.ledger import head
from workshop.db.opening import open_database
from workshop.db.witness import WitnessFile
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_, Message
from workshop.queries.shop import PersonView, ShopView, shop, staff
from workshop.queries.story import sentence_of

P = ParamSpec("P")
T = TypeVar("T")

FEED_PATIENCE = 0.5  # seconds after which a waiting feed looks whether the program has ended

SILENT = ReasonKind(
    "-", "database_silent", N_("The database does not answer. Send the same again in a moment; it is done once.")
)


async def _in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return await asyncio.to_thread(function, *args, **kwargs)
    except (SQLAlchemyError, DatabaseBusy) as error:
        raise Refused(SILENT()) from error


def open_door(url: str, terminal: str, witness: Path | None = None) -> "Door":
    """Open the database at that address for a terminal, which keeps in `witness` what it sees of the ledger.

    Blocks; `Refused` if it cannot be opened.
    """
    return Door(open_database(url), terminal, witness)


class Door:
    """An opened database at a terminal, with nobody signed in."""

    def __init__(self, db: Database, terminal: str, witness: Path | None = None) -> None:
        self.db = db
        self.terminal = terminal
        self._witness = WitnessFile(witness) if witness is not None else None

    async def is_empty(self) -> bool:
        """Whether the shop still has to be set up."""
        return await _in_thread(is_empty, self.db)

    async def shop(self) -> ShopView | None:
        """The shop's data; None before the first start."""
        return await self.query(shop)

    async def staff(self) -> list[PersonView]:
        """Everybody; shown at the sign-in of a demo shop only."""
        return await self.query(staff)

    async def first_start(self, given: FirstStart) -> Actor:
        """Set the shop up; its first administrator."""
        return await _in_thread(first_start, self.db, given, self.terminal)

    async def sign_in(self, badge: str, pin: str) -> "Gateway":
        """The way in of the person with this badge and PIN; `Refused` otherwise."""
        return Gateway(self, await _in_thread(signing.sign_in, self.db, badge, pin))

    async def query(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a query function finds; for what is shown before anybody has signed in."""

        def read() -> T:
            return self._read(function, *args, **kwargs)

        return await _in_thread(read)

    def _read(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.db.reading() as session:
            return function(session, *args, **kwargs)

    def follow(self, tell: Callable[[frozenset[str], int], object], ended: Callable[[], bool]) -> None:
        """Tell of every change as it comes (the orders touched, the last line of the ledger), until `ended`. Blocks."""
        feed, seen, news = Feed(self.db), -1, True
        try:
            while not ended():
                if news:
                    with suppress(SQLAlchemyError):  # a lost server: the news is kept until it can be read
                        seen, news = self._tell_news(seen, tell), False
                news = feed.wait(FEED_PATIENCE) or news
        finally:
            feed.close()

    def _tell_news(self, seen: int, tell: Callable[[frozenset[str], int], object]) -> int:
        """Tell what came after the line `seen` of the ledger (-1: nothing was read yet); the last line now."""
        if seen < 0:
            return self._bear_witness()
        changes = self._read(changes_after, seen)
        self._bear_witness()
        if changes.last > seen:
            tell(changes.orders, changes.last)
        return changes.last

    def _bear_witness(self) -> int:
        """Keep the ledger's last line outside the database; its number. A disk that is full stops nobody's work."""
        last = self._read(head)
        if self._witness is not None:
            with suppress(OSError):
                self._witness.note(last)
        return last.number

    def close(self) -> None:
        """Give the database back."""
        self.db.close()


@dataclass
class Gateway:
    """What one signed-in person does and looks at.

    `drafts` are what they typed into forms and have not yet done; `installed` names the workplaces they have opened.
    """

    door: Door
    person: Actor
    drafts: dict[object, Mapping[str, object]] = field(default_factory=dict)
    installed: list[str] = field(default_factory=list)

    async def perform(
        self, command: Command, signature: Signature | None = None, command_id: str | None = None
    ) -> Done:
        """Do an act as this person. `Refused` with the reasons if it may not be done; then nothing has changed."""
        return await _in_thread(
            performing.perform,
            self.door.db,
            command,
            self.person.id,
            self.door.terminal,
            signature=signature,
            command_id=command_id or str(uuid4()),
        )

    async def rehearse(self, command: Command) -> Outcome:
        """What would come of an act that is no signature; nothing is kept. `Refused` as if it were done."""
        return await _in_thread(performing.rehearse, self.door.db, command, self.person.id, self.door.terminal)

    async def query(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a query function (of `workshop.queries`) finds; it gets a reading session as its first argument."""
        return await self.door.query(function, *args, **kwargs)

    async def sign(self, pin: str) -> Signature:
        """This person's own signature; `Refused` if the PIN is wrong."""
        return await _in_thread(signing.sign, self.door.db, self.person, pin)

    async def choose_language(self, language: str) -> None:
        """Keep the choice with the person."""
        await self.perform(ChooseLanguage.model_validate({"language": language}))
        self.person = replace(self.person, language=language)

    def sentence(self, command: Command, done: Done) -> tuple[Message, dict[str, object]]:
        """What was done, as the order's history tells it."""
        return sentence_of(command.name, payload_of(command), done.outcome, self.person.name)
