"""A dialog with a numbered list to choose from."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from workshop.domain.words import N_
from workshop.tui.bars import KeyBar
from workshop.tui.numbered import Entry, NumberedList
from workshop.tui.spoken import Dialog

NOTHING = N_("There is nothing to choose here.")


class Menu(Dialog[str]):
    """Choose one entry with its number, or with the arrows and Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Choose"), id="choose"),
    ]

    def __init__(self, title: Callable[[], str], entries: Callable[[], Sequence[Entry]]) -> None:
        """The dialog's result is the chosen entry's key; `entries` is called again at a switch of language."""
        super().__init__()
        self._title = title
        self._entries = entries

    def compose(self) -> ComposeResult:
        """A title, the list, the keys."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            yield NumberedList(id="entries")
            yield Static(classes="empty", markup=False)
            yield KeyBar()

    def render_texts(self) -> None:
        """Title and entries in the present language."""
        entries = self._entries()
        self.query_one(".title", Static).update(self._title())
        self.query_one(NumberedList).show(entries)
        empty = self.query_one(".empty", Static)
        empty.update(self.t(NOTHING))
        empty.display = not any(not entry.heading for entry in entries)

    def action_choose(self) -> None:
        """Take the highlighted entry."""
        self.query_one(NumberedList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the entry's key."""
        event.stop()
        self.close(event.option_id)
