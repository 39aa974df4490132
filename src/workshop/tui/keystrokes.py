"""Keys in their order: each goes to where the one before has led.

Textual hands a key to whatever has the focus when it arrives, while the field before may not yet have understood its
Enter. A scanner, or a person at a busy machine, would so type a PIN into the badge's field.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from textual.app import App
from textual.events import Key
from textual.message_pump import MessagePump

_MOVING: Final = frozenset({"enter", "tab", "shift+tab", "escape", *(f"f{number}" for number in range(1, 13))})
"""Keys that may lead elsewhere. All others are taken at once: waiting after each would be felt."""
_PATIENCE: Final = 1.0
"""Seconds after which the next key no longer waits for what the one before began."""
_HOPS: Final = 4
"""Messages that one key causes one by the other: the key, its meaning, the field's being done, the new focus."""


class Keystrokes:
    """Takes keys at once, except while a key that may lead elsewhere has not yet arrived there."""

    def __init__(self, app: App[Any], take: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._take = take
        self._waiting: deque[Key] = deque()
        self._moving = False

    async def press(self, key: Key) -> None:
        """Take a key, or let it wait until the one before has led where it leads."""
        if self._moving:
            self._waiting.append(key)
            return
        await self._take(key)
        if key.key in _MOVING:
            self._moving = True
            self._app.run_worker(self._follow(), name="keys")

    async def _follow(self) -> None:
        while self._moving:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stillness(), _PATIENCE)
            self._moving = await self._take_waiting()

    async def _take_waiting(self) -> bool:
        """Take what waits, up to the next key that may lead elsewhere; whether there was one."""
        while self._waiting:
            key = self._waiting.popleft()
            await self._take(key)
            if key.key in _MOVING:
                return True
        return False

    async def _stillness(self) -> None:
        before = None
        while (here := self._app.focused or self._app.screen) is not before:
            before = here
            for _ in range(_HOPS):
                for node in here.ancestors_with_self:
                    await _taken(node)


async def _taken(node: MessagePump) -> None:
    """Wait until a widget has taken every message that waits for it now."""
    taken = asyncio.Event()
    if node.call_later(taken.set):
        await taken.wait()
