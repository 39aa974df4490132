"""The terminal program. It paints the sign-in before anything heavy is imported; the records come in a thread after it.

Everybody who is signed in has a stack of screens of their own (a Textual mode), so that a locked terminal returns to
exactly where its person was. Nobody's stack is reached but with that person's PIN.
"""

import time
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.i18n import LANGUAGES, Translator, translator
from workshop.tui.clock import utc_now
from workshop.tui.keystrokes import Keystrokes
from workshop.tui.lock import LockScreen
from workshop.tui.messages import Changed
from workshop.tui.sign_in import SignInScreen
from workshop.tui.spoken import Spoken

if TYPE_CHECKING:
    from workshop.queries.shop import ShopView
    from workshop.tui.gateway import Door, Gateway

_KEYS = {"enter": "Enter", "escape": "Esc", "space": "Space", "delete": "Del"}
DOOR, LOCK = "door", "lock"
LEAVE_HINT = N_("The program is left from the sign-in screen, with F10.")


class TerminalSettings(Protocol):
    """What the terminal needs to know before it starts."""

    @property
    def terminal(self) -> str:
        """The terminal's name."""

    @property
    def language(self) -> str:
        """The language before anybody has signed in."""

    @property
    def idle_minutes(self) -> float:
        """After how many minutes without a key the terminal locks."""


class RunSettings(TerminalSettings, Protocol):
    """The same, with where the records are."""

    @property
    def database(self) -> str:
        """The database's address."""

    @property
    def witness_file(self) -> Path:
        """Where the terminal keeps what it saw of the ledger."""


class WorkshopApp(App[None]):
    """The terminal: who is signed in here, in which language, and what is on the screen."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["app.tcss", "workplace.tcss"]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Workshop"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave_hint", show=False, id="leave_hint", priority=True),
    ]

    def __init__(
        self, settings: TerminalSettings, open_door: "Callable[[], Door]", now: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__()
        self.settings = settings
        self.now = now
        self.door: Door | None = None
        self.gateway: Gateway | None = None
        self.shop: ShopView | None = None
        self.latest = 0
        self.t: Translator = translator(settings.language)
        self._open_door = open_door
        self._last_key = time.monotonic()
        self._keys = Keystrokes(self, super().on_event)
        self._kept: dict[int, Gateway] = {}

    def on_mount(self) -> None:
        """Show the sign-in; watch for idleness."""
        self.add_mode(DOOR, SignInScreen)
        self.add_mode(LOCK, LockScreen)
        self.switch_mode(DOOR)
        self.set_interval(1, self._watch_idleness)

    def on_ready(self) -> None:
        """The first paint is done: open the records."""
        self.run_worker(self._open, thread=True, name="open", exit_on_error=True)

    # --- the records -------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        try:
            door = self._open_door()
        except Refused as refused:
            self.call_from_thread(self._door_screen.tell_refusal, refused)
            return
        self.call_from_thread(self.call_next, self._opened, door)

    async def _opened(self, door: "Door") -> None:
        self.door = door
        self.run_worker(self._follow_feed, thread=True, name="feed")
        await self.learn_shop()
        await self._door_screen.door_opened(door)

    async def learn_shop(self) -> None:
        """Ask for the shop's data again: its name and zone."""
        if self.door is not None and (known := await self.door.shop()) is not None:
            self.shop = known
            self.t = translator(self.t.language, known.timezone)

    @property
    def _door_screen(self) -> SignInScreen:
        screen = self.get_screen_stack(DOOR)[0]
        assert isinstance(screen, SignInScreen)  # noqa: S101 — the door's mode begins with it
        return screen

    def _follow_feed(self) -> None:
        worker = get_current_worker()
        if self.door is not None:
            self.door.follow(
                lambda orders, number: self.post_message(Changed(orders, number)), lambda: worker.is_cancelled
            )

    async def on_changed(self, event: Changed) -> None:
        """Tell every screen of the present stack."""
        self.latest = max(self.latest, event.number)
        for screen in self.screen_stack:
            screen.post_message(Changed(event.orders, event.number))

    # --- who is here -------------------------------------------------------------------------------------------------

    async def admit(self, gateway: "Gateway") -> None:
        """Let a person in who has just proven the PIN: to where they were, or to a fresh start."""
        person = gateway.person
        kept = self._kept.setdefault(person.id, gateway)
        kept.person = person
        self.gateway = kept
        self._last_key = time.monotonic()
        self._speak(person.language)
        mode = f"person-{person.id}"
        if mode not in self._modes:
            first = import_module("workshop.tui.places").first_screen
            self.add_mode(mode, lambda: first(kept))
        await self.switch_mode(mode)

    def lock(self) -> None:
        """Lock the terminal; everything typed stays for the same person."""
        if self.gateway is not None and self.current_mode not in {DOOR, LOCK}:
            self.switch_mode(LOCK)

    async def to_the_door(self, badge: str = "") -> None:
        """Show the sign-in; whoever was here keeps their screens until they return. A scanned badge is filled in."""
        self.gateway = None
        await self.switch_mode(DOOR)
        if badge:
            self._door_screen.expect(badge)

    def sign_out(self) -> None:
        """End the person's session: their screens and drafts are gone."""
        if self.gateway is not None:
            # In a worker of the app: one of the screen's own would wait for its own end.
            self.run_worker(self._sign_out(self.gateway, self.current_mode), group="sign_out")

    async def _sign_out(self, gateway: "Gateway", mode: str) -> None:
        self._kept.pop(gateway.person.id, None)
        await self.to_the_door()
        await self.remove_mode(mode)
        for name in gateway.installed:
            screen = self.get_screen(name)
            self.uninstall_screen(name)
            await screen.remove()

    def _watch_idleness(self) -> None:
        if time.monotonic() - self._last_key >= self.settings.idle_minutes * 60:
            self.lock()

    async def on_event(self, event: events.Event) -> None:
        """Note the time of the last key; keys are taken one after the other."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self._last_key = time.monotonic()
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._keys.press(event)
        else:
            await super().on_event(event)

    # --- languages ---------------------------------------------------------------------------------------------------

    async def switch_language(self) -> None:
        """The next language, at once on the screen; kept with the person who is signed in."""
        names = list(LANGUAGES)
        language = names[(names.index(self.t.language) + 1) % len(names)]
        self._speak(language)
        if self.gateway is not None and self.current_mode != LOCK:
            self.run_worker(self.gateway.choose_language(language), exit_on_error=False)

    def _speak(self, language: str) -> None:
        self.t = translator(language, self.shop.timezone if self.shop else "Asia/Shanghai")
        for screen in self.screen_stack:
            if isinstance(screen, Spoken):
                screen.retell()

    # --- keys --------------------------------------------------------------------------------------------------------

    def get_key_display(self, binding: Binding) -> str:
        """The keys as they stand on the keyboard; no signs that some consoles draw two cells wide."""
        if binding.key in _KEYS:
            return _KEYS[binding.key]
        shown = super().get_key_display(binding)
        return shown.upper() if binding.key[0] == "f" and binding.key[1:].isdigit() else shown

    def action_leave_hint(self) -> None:
        """Ctrl+Q does not quit by accident."""
        self.notify(self.t(LEAVE_HINT), markup=False)

    def action_help_quit(self) -> None:
        """Nor does Ctrl+C."""
        self.action_leave_hint()

    def show_help(self, screen: Spoken[Any]) -> None:
        """The keys and acts of a screen."""
        from workshop.tui.help import HelpScreen

        self.push_screen(HelpScreen(screen))


def run(settings: RunSettings) -> None:
    """Open the terminal and stay until its people leave it."""

    def open_door() -> "Door":
        from workshop.tui.gateway import open_door

        return open_door(settings.database, settings.terminal, settings.witness_file)

    WorkshopApp(settings, open_door).run()
