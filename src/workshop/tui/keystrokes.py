"""Keys in their order: each goes to where the one before has led.

Textual hands a key to whatever has the focus when it arrives, while the field before may not yet have understood its
Enter. A scanner, or a person at a busy machine, would so type a PIN into the badge's field.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from textual.app import App
from textual.events import Key
from textual.message_pump import MessagePump

_PATIENCE: Final = 1.0
"""Seconds after which the next key no longer waits for what the one before began."""
_HOPS: Final = 4
"""Messages that one key causes one by the other: the key, its meaning, the field's being done, the new focus."""


class Keystrokes:
    """The keys that were pressed and not yet taken."""

    def __init__(self, app: App[Any], take: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._take = take
        self._waiting: asyncio.Queue[Key] = asyncio.Queue()

    def press(self, key: Key) -> None:
        """Let a key wait for its turn."""
        self._waiting.put_nowait(key)

    async def follow(self) -> None:
        """Take one key after the other, for ever; each is given the time to move what it moves."""
        while True:
            key = await self._waiting.get()
            await self._take(key)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stillness(), _PATIENCE)

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
