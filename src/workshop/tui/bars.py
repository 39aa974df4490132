"""The bars of a workplace: who, where and when above; what came of the last act, and the keys, below."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text
from textual.events import MouseDown, MouseMove
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

Told = str | Callable[[], str]
"""Words, or how to say them in the language of the moment."""

_GIVES_WAY: Final = ("f9", "f8", "f10", "f12", "f7", "enter", "f2", "f5", "f3", "f4", "f6")
"""The keys that are left out where there is no room for all, in this order; F1 tells of them."""
_WAYS_OUT: Final = ("escape", "f10")
"""The first of these that means something on a screen is never left out."""
_OF_KEY, _OF_HOVER = "key-bar--key", "key-bar--hover"


def say(told: Told) -> str:
    """The words, in the language of the moment."""
    return told if isinstance(told, str) else told()


@dataclass(frozen=True, slots=True)
class BarKey:
    """A key as the bar says it."""

    key: str
    display: str
    description: str
    enabled: bool

    @property
    def cells(self) -> int:
        """How wide it is, with what parts it from the next one."""
        return cell_len(f"{self.display} {self.description} ")


class TopBar(Widget):
    """One line: the place and the shop on the left, the person and the clock on the right."""

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")
    clock: reactive[str] = reactive("")

    def __init__(self, tell_clock: Callable[[datetime], str], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._tell_clock = tell_clock
        self._now = now

    def on_mount(self) -> None:
        """Let the clock run."""
        self._tick()
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self.clock = self._tell_clock(self._now())

    def render(self) -> Text:
        """The line; where there is no room, the last of what stands on the left gives way first, as a whole."""
        right = f" {self.right}  {self.clock} "
        room = max(self.size.width - cell_len(right), 0)
        parts = self.left.split("  ")
        while len(parts) > 1 and cell_len("  ".join(parts)) >= room:
            parts.pop()
        return Text(
            set_cell_size(f" {'  '.join(parts)}", room) + right, no_wrap=True, overflow="ellipsis", style="bold"
        )


class MessageBar(Widget):
    """One line for the last outcome. `bad` ones are marked by a sign as well as by colour.

    While there is none, it says what `more` says: in full what the row under the cursor has no room for.
    """

    def __init__(self, more: Callable[[], str] = str) -> None:
        super().__init__()
        self._told: Told = ""
        self._more = more

    def tell(self, told: Told, *, bad: bool = False) -> None:
        """Show a sentence; user text in it is never markup."""
        self._told = told
        self.set_class(bad, "-bad")
        self.refresh()

    def render(self) -> Text:
        """The sentence, cut to the width."""
        text = (say(self._told) or self._more()).replace("\n", " ")
        line = Text(f" ! {text}" if self.has_class("-bad") else f" {text}", no_wrap=True)
        line.truncate(self.size.width, overflow="ellipsis")  # left to itself, it would end at the last space
        return line


def paint_beneath(changed: Widget) -> None:
    """Paint what changed on a screen under dialogs: each keeps a picture of what lies under it; Textual makes only the
    top one's anew."""
    if not changed.is_attached:
        return
    stack = changed.app.screen_stack
    if changed.screen in stack:
        for above in stack[stack.index(changed.screen) + 1 :]:
            changed.call_after_refresh(above.refresh)


class KeyBar(Widget):
    """The keys in one line. Where they do not fit, some are left out as wholes rather than cut.

    It is one widget, not one for each key as Textual's footer: every dialog brings a bar with it, and a quarter of all
    widgets that came and went were keys. It is painted anew only when it comes to say something else: keys are asked
    for at every move of a cursor.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {_OF_KEY, _OF_HOVER}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; color: $footer-foreground; background: $footer-background;
        & > .key-bar--key { color: $footer-key-foreground; text-style: bold; }
        & > .key-bar--hover { background: $block-hover-background; }
    }
    """

    under_mouse: reactive[str] = reactive("")

    def __init__(self) -> None:
        super().__init__()
        self._says: tuple[BarKey, ...] = ()

    def on_mount(self) -> None:
        """Say what the keys mean whenever they may have come to mean something else."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, screen: Screen[object]) -> None:
        if screen.app.app_focus:
            self.call_after_refresh(self.say_anew)

    def say_anew(self) -> None:
        """Ask what the keys mean, and paint them if it is not the same as before."""
        if self._is_leaving():
            return
        says = tuple(self._keys())
        if says != self._says:
            self._says = says
            self.refresh()
            paint_beneath(self)

    def _keys(self) -> Iterator[BarKey]:
        """The keys that are shown, one for each act."""
        acts = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in acts:
                acts.add(binding.action)
                yield BarKey(binding.key, self.app.get_key_display(binding), binding.description, enabled)

    def _is_leaving(self) -> bool:
        """Whether the screen is being taken away: its parts go one by one, and what its keys mean depends on them."""
        if not self.is_attached or self.app._exit:
            return True
        return not any(self.screen in stack for stack in self.app._screen_stacks.values())

    @property
    def shown(self) -> tuple[BarKey, ...]:
        """The keys that fit."""
        keys = self._says
        there = {one.key for one in keys}
        way_out = next((key for key in _WAYS_OUT if key in there), "")
        for key in _GIVES_WAY:
            if sum(one.cells for one in keys) <= self.size.width:
                break
            if key != way_out:
                keys = tuple(one for one in keys if one.key != key)
        return keys

    def render(self) -> Text:
        """The line."""
        line = Text(no_wrap=True, end="")
        of_key, of_hover = (self.get_component_rich_style(name, partial=True) for name in (_OF_KEY, _OF_HOVER))
        for one in self.shown:
            said = Text(f"{one.display} {one.description}")
            said.stylize(of_key, 0, len(one.display))
            said.stylize(Style(dim=not one.enabled, meta={"key": one.key}))
            if one.key == self.under_mouse:
                said.stylize(of_hover)
            line.append_text(said).append(" ")
        return line

    def on_mouse_move(self, event: MouseMove) -> None:
        """Mark the key under the mouse."""
        self.under_mouse = event.style.meta.get("key", "")

    def on_leave(self) -> None:
        """No key is under it any more."""
        self.under_mouse = ""

    def on_mouse_down(self, event: MouseDown) -> None:
        """A key that is clicked is pressed."""
        for one in self.shown:
            if one.key == event.style.meta.get("key"):
                self.app.simulate_key(one.key) if one.enabled else self.app.bell()
