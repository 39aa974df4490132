"""The bars of a workplace: who, where and when above; what came of the last act below."""

from collections.abc import Callable
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget


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
        """The line, cut to the width; the left gives way first."""
        right = f" {self.right}  {self.clock} "
        room = max(self.size.width - cell_len(right), 0)
        return Text(set_cell_size(f" {self.left}", room) + right, no_wrap=True, overflow="ellipsis", style="bold")


class MessageBar(Widget):
    """One line for the last outcome. `bad` ones are marked by a sign as well as by colour."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Show a sentence; user text in it is never markup."""
        self._text = (f"! {text}" if bad else text).replace("\n", " ")
        self.set_class(bad, "-bad")
        self.refresh()

    def render(self) -> Text:
        """The sentence, cut to the width."""
        return Text(f" {self._text}", no_wrap=True, overflow="ellipsis")
