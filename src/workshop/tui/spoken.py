"""Screens that speak: every text they show can be put into the other language while they stand there."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from rich.console import RenderableType
from textual.binding import Binding, BindingType
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType

from workshop.domain.numbers import Kind
from workshop.domain.words import N_, Message
from workshop.i18n import Translator
from workshop.tui.bars import KeyBar
from workshop.tui.scanner import Scan
from workshop.tui.while_there import WhileThere

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from workshop.tui.app import WorkshopApp

SCANNED_WRONG = N_("Scanned: {what} {number}. Expected here: {wanted}")
SCANNED_ASTRAY = N_("Scanned: {what} {number}. It has no meaning here; Esc goes back.")
Result = TypeVar("Result")


class Spoken(WhileThere, Screen[ScreenResultType]):
    """A screen whose texts are in the app's present language. Subclasses put them there in `render_texts`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help"), id="help"),
        Binding("f8", "language", "中文/EN", id="language"),
    ]

    _told_in = ""

    @property
    def house(self) -> "WorkshopApp":
        """The app, by its own type."""
        return cast("WorkshopApp", self.app)

    @property
    def t(self) -> Translator:
        """The translator of the present language."""
        return self.house.t

    @property
    def active_bindings(self) -> "dict[str, ActiveBinding]":
        """The keys with what they do, told in the present language, function keys in their order on the keyboard."""
        return {
            key: one._replace(binding=replace(one.binding, description=self.t(Message(one.binding.description))))
            for key, one in self.declared_bindings.items()
        }

    @property
    def declared_bindings(self) -> "dict[str, ActiveBinding]":
        """The same in the words in which they are declared, for what translates them itself."""
        return dict(sorted(super().active_bindings.items(), key=lambda pair: _place_of(pair[0])))

    def render_texts(self) -> None:
        """Put every text of the screen in the present language. Called when mounted and at each switch."""

    def retell(self) -> None:
        """Tell everything again if the language has changed."""
        if self._told_in == self.t.language:
            return
        self._told_in = self.t.language
        self.render_texts()
        self.refresh_bindings()

    def on_mount(self) -> None:
        """Tell everything for the first time. (Textual calls this beside a subclass's own `on_mount`, after it.)"""
        self.retell()

    def on_screen_resume(self) -> None:
        """Catch up with a switch of language made meanwhile."""
        if self._told_in:
            self.retell()

    async def action_language(self) -> None:
        """Switch between Chinese and English."""
        await self.house.switch_language()

    def scanned(self, scan: Scan) -> None:
        """Do what a scanned code asks for. Subclasses take the kinds that mean something on them."""
        self.refuse_scan(scan)

    def refuse_scan(self, scan: Scan, *wanted: Kind) -> None:
        """Tell what was scanned, and what was expected here, if a code is."""
        if scan.kind is None:
            text = self.t(scan.fault.label) if scan.fault else ""
        elif wanted:
            text = self.t(
                SCANNED_WRONG, what=scan.kind.label, number=scan.text, wanted=tuple(one.label for one in wanted)
            )
        else:
            text = self.t(SCANNED_ASTRAY, what=scan.kind.label, number=scan.text)
        self.house.bell()
        self.tell_scan(text)

    def tell_scan(self, text: str) -> None:
        """Say why a scan is not taken."""
        self.notify(text, severity="warning", markup=False)

    def action_help(self) -> None:
        """Say what can be done here."""
        self.house.show_help(self)


_BORDERS: Final = 2
_LEAST: Final = 3
"""Lines that the part of a dialog which gives way keeps."""


class Dialog(Spoken[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog on top of a screen. Esc leaves it. Its keys stay in sight: `gives_way` names the part that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "lock", N_("Lock"), id="lock", show=False),
        Binding("escape", "leave", N_("Back"), id="leave"),
    ]

    gives_way: ClassVar[str] = "#entries"

    _result_waiting: tuple[ScreenResultType | None] | None = None

    def render(self) -> RenderableType:
        """The screen right beneath the dialog, in the shade.

        Textual hands out the screens beneath in the order in which dialogs happen to be drawn; where one of three was
        painted from memory, it so drew two of them each under the other, for ever.
        """
        stack = self.app.screen_stack
        place = stack.index(self) if self in stack else 0
        return BackgroundScreen(stack[place - 1], self.styles.background) if place else super().render()

    def on_mount(self) -> None:
        """Fit the dialog to the screen, now and whenever something in it grows."""
        self.screen_layout_refresh_signal.subscribe(self, self.fit)

    def fit(self, _screen: object = None) -> None:
        """Leave the part that gives way as many lines as the others leave it."""
        for part, keys in zip(self.query(self.gives_way), self.query(KeyBar), strict=False):
            others = keys.virtual_region.bottom - part.virtual_region.height
            part.styles.max_height = max(self.size.height - _BORDERS - others, _LEAST)

    def action_lock(self) -> None:
        """Lock the terminal; the dialog stays as it is."""
        self.house.lock()

    def action_leave(self) -> None:
        """Close without a result."""
        self.close(None)

    def close(self, result: ScreenResultType | None) -> None:
        """Dismiss with a result; if the terminal was locked meanwhile, as soon as this dialog is on top again."""
        if self.is_current:
            self.dismiss(result)
        else:
            self._result_waiting = (result,)

    def on_screen_resume(self) -> None:
        """Close now if that had to wait."""
        waiting, self._result_waiting = self._result_waiting, None
        if waiting is not None:
            self.call_next(self.close, waiting[0])


def _place_of(key: str) -> int:
    return int(key[1:]) if key[:1] == "f" and key[1:].isdigit() else 0
