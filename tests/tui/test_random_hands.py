"""Every screen under random hands: nothing crashes, nothing is a dead end, and every screen says how to leave.

For every role a terminal on the made-up shop is led to each of the role's places, and through the forms of the acts
that were dealt to it; then random keys, scans, pastes and resizes go on from there.

A form is the same for whoever may do its act, and so is what a place shows on a small screen. Each act is therefore
dealt to one of its roles, and so is each place to be looked at on screens of two sizes: every form is opened by
somebody, and every role goes to each of its places. `--nightly`, each role opens the form of each of its acts and looks
at each of its places on both.

    WORKSHOP_WALK_STEPS=80000 WORKSHOP_WALK_SEED=7 uv run pytest tests/tui/test_random_hands.py

walks as many steps, shared out among the roles, by another path.
"""

import os
import random
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tui.at_the_demo import Seat, badge_of, seated

from workshop.commands.base import Command, commands
from workshop.db import invariants, ledger
from workshop.domain.demo import DEMO_PIN
from workshop.domain.numbers import Kind, make
from workshop.domain.roles import Role
from workshop.tui.acts import Subject, offers
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.lock import LockScreen
from workshop.tui.menu import Menu
from workshop.tui.places import PLACES, Place, places_of
from workshop.tui.sign_in import SignInScreen
from workshop.tui.spoken import Dialog
from workshop.tui.table import KeyedTable
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS: Final = int(os.environ.get("WORKSHOP_WALK_STEPS", "2000")) // len(Role)
SEED: Final = int(os.environ.get("WORKSHOP_WALK_SEED", "2026"))

SIZES: Final = ((60, 18), (80, 24), (100, 30), (120, 30), (160, 45), (200, 60))
TRAP: Final = "甲[b]乙[/b]丙"
SPRUNG: Final = "甲乙丙"
"""How the trap reads where user text is taken for markup."""
PASTES: Final = (
    "制动片 " * 2500,
    TRAP,
    f"{TRAP} [red]x [/red] [/ [@click=app.quit]点[/] [",
    "\x1b[31m红\x1b[0m\x00\x07\x08\x7f\x9b31m",
    "两行\r第二行\n第三行\t末",
    "👩‍🔧🔧🇨🇳❤️ e\u0301",
    "\u202eאבג\u202c שלום \u200f\u200b\u2066x",
    "١٢٣ ４５６ ½",
    "粤B12345",
    "-1",
    "52000",
    "2026-03-11 10:00",
    DEMO_PIN,
)
KEYS: Final = (
    *("up", "down", "down", "left", "right", "pageup", "pagedown", "home", "end", "enter", "enter", "enter"),
    *("tab", "shift+tab", "escape", "space", "backspace", "delete", "f1", "f2", "f3", "f4", "f4", "f5", "f6", "f6"),
    *("f7", "f8", "f9", "f10", "f12", "ctrl+o", "ctrl+p", "ctrl+p", "ctrl+q", "ctrl+c", "ctrl+s", "ctrl+t", "ctrl+u"),
    *"1234567890",
    *"abgxz.-+中",
)
_CURSORS: Final = 4
"""Rows of a table whose acts are looked at."""


def dealt(held: Mapping[str, Iterable[Role]]) -> dict[Role, frozenset[str]]:
    """Of what several roles hold, a share for each: everything is somebody's, and nobody has much more than others."""
    shares: dict[Role, set[str]] = {role: set() for role in Role}
    for name in sorted(held, key=lambda name: (len(set(held[name])), name)):
        shares[min(sorted(held[name]), key=lambda role: len(shares[role]))].add(name)
    return {role: frozenset(share) for role, share in shares.items()}


class Hands:
    """Somebody in one role at a terminal, what they have been at, and the last things they did."""

    def __init__(self, seat: Seat, role: Role, badge: str, acts: frozenset[str]) -> None:
        """`acts` are those whose forms are to be opened."""
        self.seat = seat
        self.acts = acts
        self.role = role
        self.badge = badge
        self.dice = random.Random(f"{SEED} {role}")
        self.trail: deque[str] = deque(maxlen=30)
        self.places: set[type[Workplace]] = set()
        self.forms: set[str] = set()
        self.steps = 0

    @property
    def screen(self) -> Any:
        """What is on top."""
        return self.seat.screen

    # --- doing and looking -------------------------------------------------------------------------------------------

    async def go(self, *keys: str) -> None:
        """Press keys, wait, and look at what is there."""
        self.trail.append(f"{type(self.screen).__name__}: {' '.join(keys)}")
        await self.seat.go(*keys)
        await self.look()

    async def look(self) -> None:
        """Note where this is, and hold the screen to what every screen must keep to."""
        screen = self.screen
        if isinstance(screen, Workplace):
            self.places.add(type(screen))
        elif isinstance(screen, FormDialog) and issubclass(screen.request.model, Command):
            self.forms.add(screen.request.model.name)
        if not screen.is_current or screen.size != self.seat.app.size:
            return
        text = self.seat.text()
        if self.way_out() not in text:  # a footer is drawn a moment after its screen
            await self.seat.until(lambda: self.way_out() in self.seat.text(), f"a word of {self.way_out()}")
        assert SPRUNG not in text, "user text was taken for markup"
        control = [line for line in text.split("\n") if any(unicodedata.category(sign) == "Cc" for sign in line)]
        assert not control, f"control characters on the screen: {control}"

    def way_out(self) -> str:
        """The key that leads away from here."""
        if isinstance(self.screen, LockScreen):
            return "F6 "
        if isinstance(self.screen, Dialog) or len(self.seat.app.screen_stack) > 1:
            return "Esc "
        return "F10 "

    async def home(self) -> None:
        """From wherever this is: a few Esc lead to a place, and from the lock F6."""
        for _ in range(len(self.seat.app.screen_stack) + 6):
            if isinstance(self.screen, Workplace):
                break
            if isinstance(self.screen, LockScreen):
                await self.unlock()
            elif isinstance(self.screen, SignInScreen):
                await self.sign_in()
            else:
                await self.go("escape")
        assert isinstance(self.screen, Workplace), "a dead end"

    async def unlock(self) -> None:
        """The PIN opens a lock; where it is refused after so many wrong ones, F6 leads to the sign-in."""
        self.seat.feed("ctrl+u", *DEMO_PIN, "enter")
        await self.seat.settle()
        if isinstance(self.screen, LockScreen):
            await self.go("f6", "enter")

    async def sign_in(self) -> None:
        """Come in anew."""
        gateway = await self.seat.admit_badge(self.badge)
        if self.seat.app.t.language != "en" and self.dice.random() < 0.5:
            await self.go("f8")
        assert gateway.person.badge == self.badge

    async def leave(self) -> None:
        """F10 leads to the sign-in, and from there out of the program."""
        await self.go("f10")
        if not isinstance(self.screen, SignInScreen):  # asked whether what was typed may be given up
            await self.go("enter")
        assert isinstance(self.screen, SignInScreen)
        self.seat.feed("f10")
        await self.seat.until(lambda: self.seat.app._exit, "F10 leaves the program")

    # --- led -------------------------------------------------------------------------------------------------------

    async def visit(self, place: Place, number: int, sizes: Sequence[tuple[int, int]]) -> None:
        """Go to a place with F3, see it in these sizes, and open the forms of what can be done there."""
        await self.home()
        await self.elsewhere(number)
        assert f"{type(self.screen).__module__}:{type(self.screen).__name__}" == place.screen
        here = self.screen
        for size in sizes:
            self.seat.resize(*size)
            await self.seat.settle()
            await self.look()
        await self.try_rows()
        for tab in sorted(set("123456") & set(here.active_bindings)):
            if self.screen is here:
                await self.go(tab)
                await self.try_rows()
        if self.screen is here:
            await self.go("enter")
            if isinstance(self.screen, Workplace):
                await self.try_rows()

    async def elsewhere(self, number: int) -> None:
        """To another place, by the menu of places."""
        await self.go("f3")
        assert isinstance(self.screen, Menu), "F3 lists the places"
        await self.go("home", *["down"] * number, "enter")

    async def try_rows(self) -> None:
        """The acts on the first rows of the table that has the cursor."""
        if not isinstance(self.screen, Workplace):
            return
        for _ in range(_CURSORS):
            here = self.screen
            await self.try_acts()
            if self.screen is not here or not isinstance(self.seat.app.focused, KeyedTable):
                return
            await self.go("down")

    async def try_acts(self) -> None:
        """Open the form of each act on what the cursor is on that was not open yet."""
        here = self.screen
        subject: Subject | None = here.subject()
        found = [one.command.name for one in offers({self.role}, subject)] if subject else []
        for number, name in enumerate(found):
            if name in self.forms or name not in self.acts:
                continue
            await self.go("f4", "home", *["down"] * number, "enter")
            for _ in range(4):
                if self.screen is here:
                    break
                await self.seat.go("escape")  # what it leads back to was looked at before
            assert self.screen is here, "Esc leads back"

    async def open_form(self, command: type[Command]) -> None:
        """The form of an act to which nothing on the screens led, with all its fields."""
        await self.home()
        here = self.screen
        here.run_worker(partial(here.do, command))
        await self.seat.until(lambda: self.screen is not here, command.name)
        await self.seat.settle()
        await self.look()
        await self.go("tab", "down", "escape")

    # --- at random ---------------------------------------------------------------------------------------------------

    async def step(self) -> None:
        """One random thing: a burst of keys, a scan, a paste, another size."""
        if isinstance(self.screen, SignInScreen):
            await self.sign_in()
        doings = (self.press, self.scan, self.paste, self.drag, self.follow)
        doing: Callable[[], None] = self.dice.choices(doings, (60, 8, 10, 2, 20))[0]
        doing()
        await self.seat.settle()
        await self.look()

    def say(self, doing: str, steps: int = 1) -> None:
        """Note what is done, for the trail of a failure."""
        self.steps += steps
        self.trail.append(f"{type(self.screen).__name__}: {doing}")

    def press(self) -> None:
        """Up to eight keys in one go."""
        keys = self.dice.choices(KEYS, k=self.dice.randint(1, 8))
        if isinstance(self.screen, SignInScreen):
            keys = [key for key in keys if key != "f10"]
        self.say(" ".join(keys), len(keys))
        self.seat.feed(*keys)

    def follow(self) -> None:
        """What somebody would do who wants to get on."""
        keys = ("enter",)
        if isinstance(self.screen, PinDialog | LockScreen):
            keys = (*DEMO_PIN, "enter")
        elif isinstance(self.screen, FormDialog):
            keys = self.dice.choice((("down", "enter"), ("space", "enter"), ("tab",), ("f12",)))
        elif isinstance(self.screen, Workplace):
            keys = self.dice.choice((("f4",), ("down",), ("f6",), ("enter",), ("f3",)))
        self.say(" ".join(keys), len(keys))
        self.seat.feed(*keys)

    def scan(self) -> None:
        """A code of any kind: one that the shop may have given out, one that it did not, or one with a wrong digit."""
        kind = self.dice.choice(list(Kind))
        code = make(kind, self.dice.choice((1, 2, 3, 9999)))
        if self.dice.random() < 0.2:
            code = code[:-1] + str((int(code[-1]) + 1) % 10)
        self.say(f"scan {code}")
        self.seat.paste(code + "\r") if self.dice.random() < 0.3 else self.seat.feed(*code, "enter")

    def paste(self) -> None:
        """A text that nobody should type."""
        text = self.dice.choice(PASTES)
        self.say(f"paste {text[:30]!r} into {self.seat.app.focused!r}")
        self.seat.paste(text)

    def drag(self) -> None:
        """Another size."""
        size = self.dice.choice((*SIZES, (self.dice.randint(60, 200), self.dice.randint(18, 60))))
        self.say(f"resize {size}")
        self.seat.resize(*size)


@contextmanager
def told(hands: Hands) -> "Iterator[None]":
    """A failure tells how it came about."""
    try:
        yield
    except BaseException as error:
        try:
            shown = hands.seat.text()
        except RecursionError as blind:
            shown = f"The screen cannot be drawn: {blind}"
        error.add_note(
            f"WORKSHOP_WALK_SEED={SEED}, {hands.role.value}, {hands.steps} steps, size {hands.seat.app.size}\n"
            + "\n".join(hands.trail)
            + f"\n{type(hands.screen).__name__}\n{shown}"
        )
        raise


@pytest.mark.usefixtures("that_day")
@pytest.mark.parametrize("role", Role)
async def test_random_hands_find_no_crash_and_no_dead_end(
    role: Role, own_demo: Path, pytestconfig: pytest.Config
) -> None:
    places = places_of(frozenset({role}))
    acts = frozenset(name for name, command in commands().items() if role in command.roles)
    looked_at = frozenset(place.id for place in places)
    if not pytestconfig.getoption("nightly"):
        acts = dealt({name: command.roles for name, command in commands().items()})[role]
        looked_at = dealt({place.id: place.roles for place in PLACES})[role]
    async with seated(own_demo, (80, 24)) as seat:
        with seat.db.reading() as session:
            hands = Hands(seat, role, badge_of(session, role), acts)
        with told(hands):
            await hands.sign_in()
            for number, place in enumerate(places):
                await hands.visit(place, number, SIZES[:2] if place.id in looked_at else ())
            for name in sorted(acts - hands.forms):
                await hands.open_form(commands()[name])
            while hands.steps < STEPS:
                await hands.step()
                if hands.dice.random() < 0.04:
                    await hands.home()
                    await hands.elsewhere(hands.dice.randrange(len(places)))
            await hands.home()
            assert acts <= hands.forms
            assert {place.screen.partition(":")[2] for place in places} <= {one.__name__ for one in hands.places}
            await hands.leave()
        with seat.db.reading() as session:
            assert [str(breach) for breach in invariants.check(session)] == []
            assert ledger.verify(session) is None


def test_every_form_and_every_place_is_dealt_to_somebody_who_may() -> None:
    for held in ({name: one.roles for name, one in commands().items()}, {one.id: one.roles for one in PLACES}):
        shares = dealt(held)
        assert {name for share in shares.values() for name in share} == set(held)
        assert all(role in held[name] for role, share in shares.items() for name in share)
