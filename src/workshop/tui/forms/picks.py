"""Values that are picked from a few: one of them, or several. Every option has its number."""

from abc import abstractmethod
from typing import Any, ClassVar

from rich.text import Text
from textual import events, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region

from workshop.domain.words import N_
from workshop.i18n import NO, YES
from workshop.tui.forms.entry import FieldEntry, Surroundings
from workshop.tui.forms.spec import FieldSpec, Option
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import ChosenByDigit
from workshop.tui.prose import Flow

NOTHING = N_("(nothing to choose from)")


class _Pick(FieldEntry, ChosenByDigit, can_focus=True):
    """Options with numbers and marks; the state is told by the mark, not by colour."""

    DEFAULT_CSS = """
    _Pick { padding: 0; }
    _Pick:focus { background: $boost; }
    """

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.options: tuple[Option, ...] = spec.options
        self.cursor = 0

    def render_texts(self) -> None:
        """Show the options in the present language."""
        self.refresh(layout=True)

    def on_focus(self) -> None:
        """Show where the cursor is."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Show that the cursor has gone."""
        self.refresh(layout=True)

    def on_key(self, event: events.Key) -> None:
        """A digit picks its option."""
        digit = event.character if event.character and event.character in "123456789" else None
        if digit is not None and int(digit) <= len(self.options):
            event.stop()
            self.cursor = int(digit) - 1
            self.pick()

    @abstractmethod
    def pick(self) -> None:
        """Take the option under the cursor."""

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        if self.options:
            self.cursor = (self.cursor + step) % len(self.options)
            self.refresh()

    def action_finish(self) -> None:
        """Enter: go on."""
        self.finished()

    def action_pick(self) -> None:
        """Space: take the option under the cursor."""
        self.pick()


class OneOf(_Pick):
    """One of a few: left and right, or its digit; Backspace takes the answer back where none is needed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False, id="pick_before"),
        Binding("right", "move(1)", show=False, id="pick_after"),
        Binding("space", "move(1)", show=False, id="pick_next"),
        Binding("enter", "finish", show=False, id="pick_done"),
        Binding("backspace,delete", "clear", show=False, id="pick_none"),
    ]

    chosen: int | None = None

    def render(self) -> Flow:
        """The options side by side, the chosen one marked."""
        return Flow([self._told(place, option) for place, option in enumerate(self.options)])

    def _told(self, place: int, option: Option) -> Text:
        mark = "(x)" if place == self.chosen else "( )"
        style = "bold reverse" if place == self.chosen and self.has_focus else ""
        return Text(f"{mark} {place + 1} {self.t(option.label)}", style=style)

    def action_move(self, step: int) -> None:
        """The next or former option, chosen at once."""
        before = self.chosen
        self.cursor = (before + step) % len(self.options) if before is not None else (0 if step > 0 else -1)
        self.cursor %= len(self.options)
        self.pick()

    def pick(self) -> None:
        """Choose the option under the cursor."""
        self.chosen = self.cursor
        self.refresh()
        self.edited()

    def action_clear(self) -> None:
        """Take the answer back."""
        if not self.spec.required and self.spec.default is None:
            self.chosen = None
            self.refresh()
            self.edited()

    def put(self, value: Any) -> None:
        """Choose the option with this value."""
        places = [place for place, option in enumerate(self.options) if option.value == str(value)]
        self.chosen = places[0] if places else None
        self.cursor = self.chosen or 0
        self.refresh()

    def draft(self) -> Any:
        """The chosen value."""
        return None if self.chosen is None else self.options[self.chosen].value


class YesNo(OneOf):
    """Yes or no."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.options = (Option("True", YES), Option("False", NO))

    def typed(self) -> Any:
        """True, false, or nothing."""
        return None if self.chosen is None else self.chosen == 0


class ManyOf(_Pick):
    """Several of a few: up and down, Space or the digit to take or leave one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="pick_up"),
        Binding("down", "move(1)", show=False, id="pick_down"),
        Binding("space", "pick", N_("Mark"), id="mark"),
        Binding("enter", "finish", show=False, id="marks_done"),
    ]

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.marked: list[str] = []

    def render(self) -> Text:
        """One option a line, the taken ones marked."""
        if not self.options:
            return Text(self.t(NOTHING), style="dim")
        lines = [self._line(place, option) for place, option in enumerate(self.options)]
        return Text("\n").join(lines)

    def _line(self, place: int, option: Option) -> Text:
        mark = "[x]" if option.value in self.marked else "[ ]"
        here = self.has_focus and place == self.cursor
        words = f"{'>' if here else ' '}{mark} {place + 1} {self.t(option.label)}"
        return Text(words, style="reverse" if here else "", no_wrap=True, overflow="ellipsis")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At the first and last option up and down go on to the next field."""
        if action == "move" and (not self.options or not 0 <= self.cursor + _int(parameters) < len(self.options)):
            return False
        return super().check_action(action, parameters)

    def action_move(self, step: int) -> None:
        """Move the cursor and keep it in view."""
        super().action_move(step)
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        around = next((one for one in self.ancestors if isinstance(one, VerticalScroll)), None)
        if around is not None:
            top = self.region.y - around.region.y + around.scroll_offset.y + self.cursor
            around.scroll_to_region(Region(0, top, 1, 1), animate=False)

    def pick(self) -> None:
        """Take or leave the option under the cursor."""
        if not self.options:
            return
        value = self.options[self.cursor].value
        self.marked = [one for one in self.marked if one != value] + ([] if value in self.marked else [value])
        self.refresh()
        self.edited()

    def put(self, value: Any) -> None:
        """Mark these values."""
        self.marked = [str(one) for one in value or ()]
        self.refresh()

    def draft(self) -> Any:
        """The marked values."""
        return list(self.marked)


class ManyReferences(ManyOf):
    """Several things of the shop, such as items of the order; asked for when the cursor comes."""

    def on_focus(self) -> None:
        """Ask for what can be chosen with what the form says by now."""
        self._ask()

    def take_scan(self, text: str) -> None:
        """Mark what was scanned; the cursor stays for the next one."""
        if text not in self.marked:
            self.marked.append(text)
        self.take_focus()
        self.refresh()
        self.edited()

    @work(exclusive=True, group=DOING)
    async def _ask(self) -> None:
        found = await self.around.suggest(self.spec.reference, "")
        self.options = tuple(Option(one.value, one.label(self.t)) for one in found)
        self.cursor = min(self.cursor, max(len(self.options) - 1, 0))
        self.refresh(layout=True)


def _int(parameters: tuple[object, ...]) -> int:
    return parameters[0] if parameters and isinstance(parameters[0], int) else 0
