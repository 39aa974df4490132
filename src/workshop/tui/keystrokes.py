"""Keys in their order: each goes to where the one before has led.

Textual hands a key to whatever has the focus when it arrives, while the field before may not yet have understood its
Enter. A scanner, or a person at a busy machine, would so type a PIN into the badge's field.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual.events import Key
from textual.message_pump import MessagePump

from workshop.tui.scanner import Scan

if TYPE_CHECKING:
    from workshop.tui.app import WorkshopApp

_LEADING: Final = frozenset({"enter", "tab", "shift+tab", "escape", *(f"f{number}" for number in range(1, 13))})
"""Keys that may lead elsewhere by way of several messages."""
_PATIENCE: Final = 5.0
"""Seconds after which the next key no longer waits for what the one before began."""
_HOPS: Final = 4
"""Messages that one key causes one by the other: the key, its meaning, the field's being done, the new focus."""
_GLANCE: Final = 0.01
"""Seconds between two looks whether the work that a key began has led somewhere."""
DOING: Final = "keys"
"""The group of the workers that do what a key or a scan is for: they open a dialog, or are done."""


class Keystrokes:
    """Takes keys at once, except while what one before has begun is not yet done.

    A letter in a text is done when it is taken. Textual finds the meaning of any other key only after it has gone up
    to the app: Backspace would else take away the letter after it.
    """

    def __init__(self, app: "WorkshopApp", take: Callable[[Key | Scan], Awaitable[None]]) -> None:
        self._app = app
        self._take = take
        self._waiting: deque[Key | Scan] = deque()
        self._hops = 0
        self._taking = False

    async def press(self, key: Key | Scan) -> None:
        """Take a key or a scan, or let it wait until the one before has led where it leads."""
        self._waiting.append(key)
        if self._taking:
            return
        self._taking = True
        if await self._take_waiting():
            self._app.run_worker(self._follow, name="keys")
        else:
            self._taking = False

    async def _follow(self) -> None:
        going = True
        try:
            while going:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stillness(), _PATIENCE)
                going = await self._take_waiting()
        finally:
            self._taking = False

    async def _take_waiting(self) -> bool:
        """Take what waits, up to the next key that is to be waited for; whether there was one."""
        while self._waiting:
            key = self._waiting.popleft()
            self._hops = self._hops_of(key)
            await self._take(key)
            if self._hops:
                return True
        return False

    def _hops_of(self, key: Key | Scan) -> int:
        """How many messages there are to wait for."""
        if isinstance(key, Scan):
            return _HOPS
        here = self._app.focused
        if here is not None and here.check_consume_key(key.key, key.character):
            return 0
        if key.is_printable:
            return _HOPS
        return _HOPS if key.key in _LEADING else 1

    async def _stillness(self) -> None:
        before = None
        while (here := self._app.focused or self._app.screen) is not before:
            before = here
            for _ in range(self._hops):
                for node in here.ancestors_with_self:
                    await _taken(node)
            if self._hops == 1:
                return
            await self._led()

    async def _led(self) -> None:
        """Wait until the work that a key began has opened its dialog or is done: what follows is meant for that."""
        here = self._app.screen
        while self._app.screen is here and any(
            one.group == DOING and not one.is_finished and here in one.node.ancestors_with_self
            for one in self._app.workers
        ):
            await asyncio.sleep(_GLANCE)


async def _taken(node: MessagePump) -> None:
    """Wait until a widget has taken every message that waits for it now."""
    taken = asyncio.Event()
    if node.call_later(taken.set):
        await taken.wait()
