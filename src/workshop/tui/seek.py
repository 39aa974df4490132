"""A dialog with a line to type into and the list of what that finds."""

from abc import abstractmethod

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ScreenResultType
from textual.widgets import Input, Static

from workshop.tui.bars import KeyBar
from workshop.tui.numbered import NumberedList
from workshop.tui.spoken import Dialog


class Seek(Dialog[ScreenResultType]):
    """Type; arrows choose among what was found, Enter takes it. Subclasses look and show."""

    def compose(self) -> ComposeResult:
        """The line, and what was found."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            yield Input(compact=True, max_length=100)
            yield Static(classes="hint", markup=False)
            yield NumberedList(id="entries")
            yield KeyBar()

    def on_mount(self) -> None:
        """Wait for what is typed."""
        self.query_one(Input).focus()

    @property
    def line(self) -> Input:
        """Where it is typed."""
        return self.query_one(Input)

    @property
    def entries(self) -> NumberedList:
        """What was found."""
        return self.query_one(NumberedList)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.typed(event.value)

    @abstractmethod
    def typed(self, text: str) -> None:
        """Look for what stands in the line now."""

    def on_key(self, event: events.Key) -> None:
        """Arrows in the line move in the list."""
        if event.key in {"up", "down"} and self.line.has_focus:
            event.stop()
            self.entries.action_cursor_down() if event.key == "down" else self.entries.action_cursor_up()
