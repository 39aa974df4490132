"""An event loop with a clock of its own: it stands while anything is at work, and leaps when nothing is.

A test of the terminal so waits for the exact state instead of a time: a pause ends when every message has been taken
and every thread has answered, on a fast machine, a slow one and a busy one alike; time in which nothing happens costs
nothing.
"""

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, Final

from textual import _time

_GLANCE: Final = 0.002
"""Seconds (of the machine) between two looks whether what is at work has come to its end."""


class OwnTime(asyncio.SelectorEventLoop):
    """The loop. What runs in its executor keeps the clock, except those that only wait for others: see `resting`."""

    def __init__(self) -> None:
        self.now = 0.0
        self.at_work = 0
        self.resting: list[Callable[[], int]] = []
        """Each tells how many of those that are in the executor are waiting for something to happen elsewhere."""
        super().__init__(_Selector(self))
        _time.get_time = self.time

    def time(self) -> float:
        """Seconds since the loop was made, by its own clock."""
        return self.now

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> Any:
        """Run a function in a thread; the clock stands until it has answered."""
        answer = super().run_in_executor(executor, func, *args)
        self.at_work += 1
        answer.add_done_callback(self._answered)
        return answer

    def _answered(self, _answer: object) -> None:
        self.at_work -= 1

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work whose answer is awaited."""
        return self.at_work > sum(tell() for tell in self.resting)


class _Selector(selectors.DefaultSelector):
    """Instead of waiting for the time of the next timer, makes it that time."""

    def __init__(self, loop: OwnTime) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready to be read. Waits for threads as long as they take, for timers never."""
        ready = super().select(0)
        if timeout == 0:
            return ready
        while not ready and self._loop.is_busy:
            ready = super().select(_GLANCE)
        if ready:
            return ready
        if timeout is None:  # nothing is planned: only somebody outside can have something to say
            return super().select(None)
        self._loop.now += timeout
        return ready
