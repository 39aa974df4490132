"""What every way of entering a value has in common."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual.message import Message as TextualMessage
from textual.widget import Widget

from workshop.i18n import Translator
from workshop.tui.forms.choices import Suggestion
from workshop.tui.forms.spec import FieldSpec
from workshop.tui.while_there import WhileThere


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an entry may ask of the form around it."""

    t: Callable[[], Translator]
    now: Callable[[], datetime]
    suggest: Callable[[str, str], Awaitable[Sequence[Suggestion]]]


class FieldEntry(WhileThere, Widget):
    """A way of entering one value.

    `draft` is what stands there, in a form that `put` takes back; `typed` is what the model gets: None where nothing
    was entered.
    """

    DEFAULT_CSS = "FieldEntry { height: auto; width: 1fr; }"

    class Edited(TextualMessage):
        """Something was typed or chosen."""

        def __init__(self, entry: "FieldEntry") -> None:
            super().__init__()
            self.entry = entry

    class Finished(TextualMessage):
        """Enter: go on to the next field."""

        def __init__(self, entry: "FieldEntry") -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__()
        self.spec = spec
        self.around = around

    @property
    def t(self) -> Translator:
        """The translator of the present language."""
        return self.around.t()

    @abstractmethod
    def put(self, value: Any) -> None:
        """Let this value, or this draft, stand there."""

    @abstractmethod
    def draft(self) -> Any:
        """What stands there now."""

    def typed(self) -> Any:
        """What the model gets; None for nothing."""
        return self.draft()

    def render_texts(self) -> None:
        """Put what is shown in the present language."""

    def take_focus(self) -> None:
        """Put the cursor here."""
        self.focus()

    def take_scan(self, text: str) -> None:
        """Let a scanned number stand here, and go on."""
        self.put(text)
        self.take_focus()
        self.edited()
        self.finished()

    def edited(self) -> None:
        """Say that something changed."""
        self.post_message(self.Edited(self))

    def finished(self) -> None:
        """Say that this field is done."""
        self.post_message(self.Finished(self))
