"""The terminal program. It paints the sign-in before anything heavy is imported; the records come in a thread after it.

Everybody who is signed in has a stack of screens of their own (a Textual mode), so that a locked terminal returns to
exactly where its person was. Nobody's stack is reached but with that person's PIN.
"""

import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from workshop.domain.numbers import Kind
from workshop.domain.reasons import Refused
from workshop.domain.text import harmless
from workshop.domain.words import N_, Message
from workshop.i18n import LANGUAGES, Translator, translator
from workshop.tui.clock import utc_now
from workshop.tui.kept_rules import KeptRules
from workshop.tui.keystrokes import Keystrokes
from workshop.tui.lock import LockScreen
from workshop.tui.looks import ASCII, THEMES, after
from workshop.tui.messages import Changed
from workshop.tui.news import News
from workshop.tui.scanner import Scan, Scanner, read_paste
from workshop.tui.sign_in import SignInScreen
from workshop.tui.spoken import Spoken
from workshop.tui.trouble import HAPPENED, TOO_OFTEN, Patience, write_report
from workshop.tui.while_there import WhileThere

if TYPE_CHECKING:
    from workshop.queries.shop import ShopView
    from workshop.tui.gateway import Door, Gateway
    from workshop.tui.terminal_settings import RunSettings, TerminalSettings

_KEYS = {"enter": "Enter", "escape": "Esc", "space": "Space", "delete": "Del", "pageup": "PgUp", "pagedown": "PgDn"}
_WITH_CTRL: Final = "ctrl+"
DOOR, LOCK = "door", "lock"
LEAVE_HINT = N_("The program is left from the sign-in screen, with F10.")


Drafts = dict[int, dict[object, Mapping[str, object]]]
"""What people typed into forms and have not done, by the person's id and the form."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told at the sign-in."""

    text: Message
    args: Mapping[str, object]


class WorkshopApp(WhileThere, App[None]):
    """The terminal: who is signed in here, in which language, and what is on the screen."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["app.tcss", "workplace.tcss"]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Workshop"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave_hint", show=False, id="leave_hint", priority=True),
        Binding("ctrl+t", "theme", N_("Colours"), show=False, id="theme"),
    ]

    def __init__(
        self,
        settings: "TerminalSettings",
        open_door: "Callable[[], Door]",
        now: Callable[[], datetime] = utc_now,
        *,
        note: "Note | None" = None,
        drafts: "Drafts | None" = None,
    ) -> None:
        """`note` is told at the sign-in; `drafts` are what was typed into forms at an earlier start, by person."""
        super().__init__()
        self.stylesheet = KeptRules(variables=self.get_css_variables())
        self.settings = settings
        self.now = now
        self.door: Door | None = None
        self.gateway: Gateway | None = None
        self.shop: ShopView | None = None
        self.latest = 0
        self.t: Translator = translator(settings.language)
        self._open_door = open_door
        self._last_key = time.monotonic()
        self._keys = Keystrokes(self, self._take)
        self._scanner = Scanner(self._keys.press, self._after_keys)
        self._kept: dict[int, Gateway] = {}
        self._news = News(self)
        self.failure: Exception | None = None
        self.note = note
        self.drafts = drafts if drafts is not None else {}
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = settings.theme
        self.set_class(settings.borders == "ascii", ASCII)
        self.set_keymap(dict(settings.keys))

    def on_mount(self) -> None:
        """Show the first screen."""
        self.begin()

    def begin(self) -> None:
        """The sign-in; watch for idleness."""
        self.add_mode(DOOR, SignInScreen)
        self.add_mode(LOCK, LockScreen)
        self.switch_mode(DOOR)
        self.set_interval(1, self._watch_idleness)

    def on_ready(self) -> None:
        """The first paint is done: open the records."""
        self.open_records()

    # --- the records -------------------------------------------------------------------------------------------------

    def open_records(self) -> None:
        """Open the database, beside the screen; what comes of it is told there."""
        self.run_worker(self._open, thread=True, name="open", exit_on_error=True)

    def _open(self) -> None:
        try:
            door = self._open_door()
        except Refused as refused:
            self.call_from_thread(self.tell_not_opened, refused)
            return
        self.call_from_thread(self.call_next, self._opened, door)

    def tell_not_opened(self, refused: Refused) -> None:
        """Say why the records could not be opened."""
        self._door_screen.tell_refusal(refused)

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
        self._news.look()

    # --- when the program itself fails -------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Keep what was typed before everything ends; `run` starts again."""
        if self.failure is None:
            self.failure = error
            with suppress(Exception):  # whatever is broken, the rest of what was typed is not given up
                self._keep_drafts()
        super()._handle_exception(error)
        if not self.is_headless:
            self._exit_renderables.clear()  # a traceback with its values is nobody's business at a bay; see the report

    def _keep_drafts(self) -> None:
        from workshop.tui.forms.dialog import FormDialog

        for screens in self._screen_stacks.values():
            for screen in screens:
                if isinstance(screen, FormDialog):
                    screen.keep_draft()
        for person, gateway in self._kept.items():
            self.drafts.setdefault(person, {}).update(gateway.drafts)

    # --- who is here -------------------------------------------------------------------------------------------------

    async def admit(self, gateway: "Gateway") -> None:
        """Let a person in who has just proven the PIN: to where they were, or to a fresh start."""
        person = gateway.person
        kept = self._kept.setdefault(person.id, gateway)
        kept.person = person
        kept.drafts.update(self.drafts.pop(person.id, {}))
        self.gateway = kept
        self._last_key = time.monotonic()
        self._speak(person.language)
        mode = f"person-{person.id}"
        if mode not in self._modes:
            first = import_module("workshop.tui.places").first_screen
            self.add_mode(mode, lambda: first(kept))
        await self.switch_mode(mode)
        self._news.look()

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
            self.run_worker(partial(self._sign_out, self.gateway, self.current_mode), group="sign_out")

    async def _sign_out(self, gateway: "Gateway", mode: str) -> None:
        self._kept.pop(gateway.person.id, None)
        self._news.forget(gateway.person.id)
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
            await self._scanner.press(event)
        elif isinstance(event, events.Paste) and (scan := read_paste(event.text)) is not None:
            await self._keys.press(scan)
        else:
            if isinstance(event, events.Paste):
                event.text = harmless(event.text)
            await super().on_event(event)

    async def _take(self, event: events.Key | Scan) -> None:
        if isinstance(event, events.Key):
            await super().on_event(event)
        elif isinstance(self.screen, Spoken) and event.kind is Kind.COMMAND:
            from workshop.tui.command_keys import obey

            await obey(self.screen, event.text, self._take)
        elif isinstance(self.screen, Spoken):
            self.screen.scanned(event)

    def _after_keys(self, seconds: float, function: "Callable[[], Awaitable[None]]") -> None:
        self.set_timer(seconds, lambda: self.call_later(function))

    # --- languages ---------------------------------------------------------------------------------------------------

    async def switch_language(self) -> None:
        """The next language, at once on the screen; kept with the person who is signed in."""
        names = list(LANGUAGES)
        language = names[(names.index(self.t.language) + 1) % len(names)]
        self._speak(language)
        if self.gateway is not None and self.current_mode != LOCK:
            self.run_worker(partial(self.gateway.choose_language, language), exit_on_error=False)

    def _speak(self, language: str) -> None:
        self.t = translator(language, self.shop.timezone if self.shop else "Asia/Shanghai")
        for screen in self.screen_stack:
            if isinstance(screen, Spoken):
                screen.retell()

    # --- looks and keys ----------------------------------------------------------------------------------------------

    def action_theme(self) -> None:
        """The next colours; the settings say which come first."""
        self.theme = after(self.theme)

    def get_key_display(self, binding: Binding) -> str:
        """The keys as they stand on the keyboard; no signs that some consoles draw two cells wide."""
        if binding.key in _KEYS:
            return _KEYS[binding.key]
        if binding.key.startswith(_WITH_CTRL):
            return f"Ctrl+{binding.key.removeprefix(_WITH_CTRL).upper()}"
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


def run(settings: "RunSettings") -> None:
    """Open the terminal and stay until its people leave it."""

    def open_door() -> "Door":
        from workshop.tui.gateway import open_door

        return open_door(settings.database, settings.terminal, settings.witness_file)

    patience = Patience(time.monotonic)
    drafts: Drafts = {}
    note: Note | None = None
    while True:
        app = WorkshopApp(settings, open_door, note=note, drafts=drafts)
        app.run()
        if app.failure is None:
            return
        if app.door is not None:
            app.door.close()
        where = f"{settings.terminal} {type(app.screen_stack[-1]).__name__}" if app.screen_stack else settings.terminal
        report = write_report(settings.report_folder, app.failure, utc_now(), where)
        if not patience.is_left():
            sys.exit(app.t(TOO_OFTEN, report=str(report)))
        note = Note(HAPPENED, {"report": str(report)})
