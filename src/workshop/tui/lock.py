"""The lock: the same person's PIN returns to exactly where it was; somebody else goes to the sign-in."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from workshop.domain.numbers import Kind, NumberError, parse
from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.tui.bars import KeyBar
from workshop.tui.confirm import Confirm
from workshop.tui.keystrokes import DOING
from workshop.tui.scanner import Scan
from workshop.tui.spoken import Spoken

LOCKED = N_("Locked: {name}")
HOW = N_("Type your PIN and press Enter. Everything is as you left it.")
OTHER = N_("Somebody else")
OTHER_ASKED = N_("{name} has work open here. It is kept until {name} signs in again. Sign in as somebody else?")


class LockScreen(Spoken[None]):
    """The terminal is locked. Type your PIN to go on where you were, or press F6 to sign in as somebody else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "other", OTHER, id="somebody_else"),
    ]
    DEFAULT_CSS = """
    LockScreen { align: center middle; }
    LockScreen #locked { width: 60; max-width: 100%; height: auto; border: round $primary; padding: 1 2; }
    LockScreen Input { margin: 1 0; background: $boost; }
    """

    def compose(self) -> ComposeResult:
        """Who locked it, and the PIN."""
        with Vertical(id="locked", classes="framed"):
            yield Static(classes="title", markup=False)
            yield Static(classes="hint", markup=False)
            yield Input(password=True, compact=True, max_length=40)
            yield Static(classes="error", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Begin with an empty field, and the name of who locked it."""
        self.render_texts()
        self.query_one(".error", Static).update("")
        self._pin.value = ""
        self._pin.focus()

    def render_texts(self) -> None:
        """Who locked it, and what to do."""
        self.query_one(".title", Static).update(self.t(LOCKED, name=self._person_name))
        self.query_one(".hint", Static).update(self.t(HOW))

    @property
    def _person_name(self) -> str:
        return self.house.gateway.person.name if self.house.gateway else ""

    @property
    def _pin(self) -> Input:
        return self.query_one(Input)

    @on(Input.Submitted)
    def _given(self) -> None:
        typed, self._pin.value = self._pin.value, ""
        try:
            badge = parse(typed, Kind.BADGE).text
        except NumberError:
            self._unlock(typed)
        else:
            self._badge_given(badge)

    def scanned(self, scan: Scan) -> None:
        """A badge: the same person's waits for the PIN, another's asks whether to change places."""
        if scan.kind is Kind.BADGE:
            self._badge_given(scan.text)
        else:
            self.refuse_scan(scan, Kind.BADGE)

    def _badge_given(self, badge: str) -> None:
        if self.house.gateway is None or badge != self.house.gateway.person.badge:
            self._ask(badge)

    @work(exclusive=True, group=DOING)
    async def _unlock(self, pin: str) -> None:
        house = self.house
        if house.gateway is None or house.door is None:
            await house.to_the_door()
            return
        try:
            gateway = await house.door.sign_in(house.gateway.person.badge, pin)
        except Refused as refused:
            self.query_one(".error", Static).update("\n".join(f"! {self.t.reason(one)}" for one in refused.reasons))
            return
        await house.admit(gateway)

    def action_other(self) -> None:
        """Sign in as somebody else, once that is confirmed."""
        self._ask("")

    @work(exclusive=True, group=DOING)
    async def _ask(self, badge: str) -> None:
        if await self.house.push_screen_wait(Confirm(OTHER_ASKED, name=self._person_name)):
            await self.house.to_the_door(badge)
