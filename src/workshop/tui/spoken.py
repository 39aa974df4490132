"""Screens that speak: every text they show can be put into the other language while they stand there."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen, ScreenResultType

from workshop.domain.words import N_, Message
from workshop.i18n import Translator

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from workshop.tui.app import WorkshopApp

Result = TypeVar("Result")


class Spoken(Screen[ScreenResultType]):
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
        found = super().active_bindings
        return {
            key: one._replace(binding=replace(one.binding, description=self.t(Message(one.binding.description))))
            for key, one in sorted(found.items(), key=lambda pair: _place_of(pair[0]))
        }

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

    def action_help(self) -> None:
        """Say what can be done here."""
        self.house.show_help(self)


class Dialog(Spoken[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog on top of a screen. Esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "lock", N_("Lock"), id="lock", show=False),
        Binding("escape", "leave", N_("Back"), id="leave"),
    ]

    _result_waiting: tuple[ScreenResultType | None] | None = None

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
