"""The bars of a workplace: who, where and when above; what came of the last act, and the keys, below."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

Told = str | Callable[[], str]
"""Words, or how to say them in the language of the moment."""

_GIVES_WAY: Final = ("f9", "f8", "f10", "f12", "f7", "enter", "f2", "f5", "f3", "f4", "f6")
"""The keys that are left out where there is no room for all, in this order; F1 tells of them."""
_WAYS_OUT: Final = ("escape", "f10")
"""The first of these that means something on a screen is never left out."""


def say(told: Told) -> str:
    """The words, in the language of the moment."""
    return told if isinstance(told, str) else told()


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


class KeyBar(Footer):
    """The keys in one line. Where they do not fit, some are left out as wholes rather than cut.

    It is put together anew only when it comes to say something else: keys are asked for at every move of a cursor.
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._fitted_to = 0
        self._says: object = None

    def compose(self) -> Iterator[Widget]:
        """The keys that fit."""
        self._fitted_to = self.size.width or self.app.size.width
        keys = [one for one in super().compose() if isinstance(one, FooterKey)]
        there = {one.key for one in keys}
        way_out = next((key for key in _WAYS_OUT if key in there), "")
        for key in _GIVES_WAY:
            if sum(map(_cells, keys)) <= self._fitted_to:
                break
            if key == way_out:
                continue
            keys = [one for one in keys if one.key != key]
        yield from keys

    async def recompose(self) -> None:
        """Draw the keys anew, if they are not the same."""
        if self._is_leaving():
            return
        keys = [(binding, enabled) for _, binding, enabled, _ in self.screen.active_bindings.values() if binding.show]
        says = (self.size.width, keys)
        if says == self._says:
            return
        self._says = says
        await super().recompose()
        paint_beneath(self)

    def _is_leaving(self) -> bool:
        """Whether the screen is being taken away: its parts go one by one, and what its keys mean depends on them."""
        if not self.is_attached or self.app._exit:
            return True
        return not any(self.screen in stack for stack in self.app._screen_stacks.values())

    def on_resize(self) -> None:
        """Fit them to the new width."""
        if self.size.width != self._fitted_to:
            self.refresh(recompose=True)


def _cells(key: FooterKey) -> int:
    return cell_len(f"{key.key_display} {key.description} ")
