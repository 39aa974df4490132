"""Starting an item: exactly what the operation asks for is shown, and confirmed one by one (S1, S4 to S7)."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.strip import Strip
from textual.widgets import Input, SelectionList, Static
from textual.widgets._toggle_button import ToggleButton
from textual.widgets.selection_list import Selection

from workshop.domain.numbers import Kind
from workshop.domain.safety import Precaution
from workshop.domain.words import N_, Name
from workshop.queries.floor import StartConditions
from workshop.tui.bars import KeyBar
from workshop.tui.scanner import Scan
from workshop.tui.spoken import Dialog

TITLE = N_("Before you start: {item}")
HOW = N_("Space or Enter confirms one after the other; the last one starts the item, or the watcher's badge does.")
WATCHER = N_("Badge of the person who watches the hoist (S5)")


class _Boxes(SelectionList[str]):
    """Boxes whose state is told by the mark in them, not by its colour alone."""

    def render_line(self, y: int) -> Strip:
        """A line, its box empty until it is confirmed. Every precaution takes one line."""
        place = self.scroll_offset.y + y
        marked = place < self.option_count and self.get_option_at_index(place).value in self.selected
        mark = ToggleButton.BUTTON_INNER if marked else " "
        line = super().render_line(y)
        return Strip([Segment(mark, one.style) if one.text == ToggleButton.BUTTON_INNER else one for one in line])


class ConfirmStart(Dialog[dict[str, object]]):
    """Confirm each precaution that the work asks for; then the clock starts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f12", "start", N_("Start"), id="start", priority=True)]

    def __init__(self, item: Name, conditions: StartConditions) -> None:
        """The dialog's result is what `StartItem` asks for: the confirmed precautions and the watcher."""
        super().__init__()
        self._item = item
        self._conditions = conditions

    def compose(self) -> ComposeResult:
        """What is asked for, each with its box."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            yield _Boxes(*self._selections(), compact=True)
            yield Static(classes="watcher-label", markup=False)
            yield Input(compact=True, max_length=20)
            yield Static(classes="hint", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Show only what is asked for; the first of it has the focus from the beginning."""
        self.query_one(SelectionList).display = bool(self._conditions.precautions)
        self.query_one(Input).display = self._conditions.watcher
        self.query_one(".watcher-label").display = self._conditions.watcher
        self.set_focus(self.query_one(SelectionList if self._conditions.precautions else Input))

    def render_texts(self) -> None:
        """Everything in the present language; what was confirmed stays confirmed."""
        self.query_one(".title", Static).update(self.t(TITLE, item=self._item))
        self.query_one(".hint", Static).update(self.t(HOW))
        self.query_one(".watcher-label", Static).update(self.t(WATCHER))
        boxes = self.query_one(SelectionList)
        for place, one in enumerate(self._conditions.precautions):
            boxes.replace_option_prompt_at_index(place, self.t(one.label))

    def _selections(self) -> Sequence[Selection[str]]:
        return [Selection(self.t(one.label), one.value) for one in self._conditions.precautions]

    @on(SelectionList.SelectionToggled)
    def _next(self, event: SelectionList.SelectionToggled[str]) -> None:
        event.stop()
        boxes = self.query_one(SelectionList)
        all_on = len(boxes.selected) == boxes.option_count
        if all_on and self._conditions.watcher:
            self.query_one(Input).focus()
        elif all_on:
            self.action_start()
        elif event.selection_index + 1 < boxes.option_count:
            boxes.highlighted = event.selection_index + 1

    def scanned(self, scan: Scan) -> None:
        """The watcher's badge, whatever has the focus; it starts the item."""
        if scan.kind is Kind.BADGE and self._conditions.watcher:
            self.query_one(Input).value = scan.text
            self.action_start()
        else:
            self.refuse_scan(scan, *((Kind.BADGE,) if self._conditions.watcher else ()))

    @on(Input.Submitted)
    def _watcher_given(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_start()

    def action_start(self) -> None:
        """Start with what was confirmed; the rules say what is missing."""
        confirmed = tuple(Precaution(one) for one in self.query_one(SelectionList).selected)
        watcher = self.query_one(Input).value.strip() or None
        self.close({"confirmed": confirmed, "watcher": watcher})
