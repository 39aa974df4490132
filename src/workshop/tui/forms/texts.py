"""Values that are typed: texts, numbers, notes, PINs, times."""

import unicodedata
from datetime import date, datetime
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static, TextArea

from workshop.tui.forms.entry import FieldEntry
from workshop.tui.forms.moments import parse_day, parse_moment

MOST = 20_000


class TextEntry(FieldEntry):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Input(compact=True, max_length=MOST, select_on_focus=False)

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    def put(self, value: Any) -> None:
        """Show a value."""
        with self.prevent(Input.Changed):
            self._input.value = "" if value is None else self._shown(value)
            self._input.cursor_position = len(self._input.value)

    def draft(self) -> str:
        """The text as it stands."""
        return self._input.value

    def typed(self) -> Any:
        """The text; nothing counts as no answer."""
        return self.draft().strip() or None

    def take_focus(self) -> None:
        """Put the cursor into the line."""
        self._input.focus()

    def _shown(self, value: Any) -> str:
        return self.t.value(value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.edited()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.finished()


class NumberEntry(TextEntry):
    """A number; full-width digits and thousands are understood."""

    def typed(self) -> Any:
        """The number as plain digits."""
        return unicodedata.normalize("NFKC", self.draft()).replace(",", "").removeprefix("¥").strip() or None


class SecretEntry(TextEntry):
    """A PIN; never shown and never kept as a draft."""

    def compose(self) -> ComposeResult:
        """A masked line."""
        yield Input(compact=True, password=True, max_length=40)

    def draft(self) -> str:
        """Nothing: a secret is typed anew."""
        return ""

    def typed(self) -> Any:
        """What was typed."""
        return self._input.value or None


class MomentEntry(TextEntry):
    """A time as people write it; how it was understood stands beside it."""

    DEFAULT_CSS = """
    MomentEntry { layout: horizontal; }
    MomentEntry Input { width: 22; }
    MomentEntry Static { width: 1fr; padding-left: 1; color: $text-muted; }
    """

    def compose(self) -> ComposeResult:
        """The line, and how it was understood."""
        yield Input(compact=True, max_length=60)
        yield Static(markup=False)

    def typed(self) -> Any:
        """The time with its zone, or the text itself where nobody could say what time it means."""
        if not (text := self.draft().strip()):
            return None
        try:
            return self._parse(text).isoformat()
        except (ValueError, OverflowError):
            return text

    def put(self, value: Any) -> None:
        """Show a time."""
        super().put(value)
        self.render_texts()

    def edited(self) -> None:
        """Show how it is understood."""
        self.render_texts()
        super().edited()

    def render_texts(self) -> None:
        """The time as understood."""
        try:
            told = self.t.value(self._parse(self.draft()))
        except (ValueError, OverflowError):
            told = ""
        self.query_one(Static).update(f"= {told}" if told else "")

    def _parse(self, text: str) -> date:
        return parse_moment(text, self.around.now(), self.t.zone)


class DayEntry(MomentEntry):
    """A day as people write it."""

    def _parse(self, text: str) -> date:
        return parse_day(text, self.around.now().astimezone(self.t.zone).date())

    def _shown(self, value: Any) -> str:
        return value.date().isoformat() if isinstance(value, datetime) else str(value)


class NoteEntry(FieldEntry):
    """A text of several lines. Tab goes on."""

    DEFAULT_CSS = "NoteEntry TextArea { height: 3; } NoteEntry { height: 3; }"

    def compose(self) -> ComposeResult:
        """The text."""
        yield TextArea(compact=True, tab_behavior="focus", show_line_numbers=False, soft_wrap=True)

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)

    def put(self, value: Any) -> None:
        """Show a text."""
        with self.prevent(TextArea.Changed):
            self._area.text = str(value or "")
            self._area.move_cursor(self._area.document.end)

    def draft(self) -> str:
        """The text as it stands."""
        return self._area.text

    def typed(self) -> Any:
        """The text; nothing counts as no answer."""
        return self.draft().strip() or None

    def take_focus(self) -> None:
        """Put the cursor into the text."""
        self._area.focus()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.edited()
