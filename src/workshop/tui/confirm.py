"""A question that is answered with Enter or Esc."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from workshop.domain.words import N_, Message
from workshop.tui.bars import KeyBar
from workshop.tui.spoken import Dialog

HOW = N_("Enter: yes    Esc: no, back")


class Confirm(Dialog[bool]):
    """Enter says yes, Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "yes", N_("Yes"), id="yes")]

    def __init__(self, question: Message, **args: object) -> None:
        super().__init__()
        self._question = question
        self._args = args

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            yield Static(classes="hint", markup=False)
            yield KeyBar()

    def render_texts(self) -> None:
        """The question in the present language."""
        self.query_one(".title", Static).update(self.t(self._question, **self._args))
        self.query_one(".hint", Static).update(self.t(HOW))

    def action_yes(self) -> None:
        """Yes."""
        self.close(True)
