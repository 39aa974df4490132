"""Tells a scanner from a person, so that a code may be scanned on any screen, whatever has the focus.

A scanner sends digits 1 to 15 ms apart and Enter behind them; nobody types two keys within 40 ms. So a digit is held
back that long: what comes faster belongs to it. A burst that is no code of ours (a VIN, a maker's part number, a
telephone number out of a clipboard) goes on as the keys it is made of.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from textual.events import Key

from workshop.domain.numbers import LENGTH, Kind, NumberError, NumberFault, parse

GAP: Final = 0.04
"""Seconds between two keys within which they come from a scanner."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that was scanned: its kind, or why it is none that the shop gave out."""

    text: str
    kind: Kind | None
    fault: NumberFault | None = None


def read_code(text: str) -> Scan | None:
    """The code in a text; None if it has not the shape of one: ten digits, not all alike."""
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()) or len(set(text)) == 1:
        return None
    try:
        return Scan(text, parse(text).kind)
    except NumberError as error:
        return Scan(text, None, error.code)


def read_paste(text: str) -> Scan | None:
    """The code in a text that arrived at once with an end of line, as some scanners send it."""
    return read_code(text.strip()) if text.endswith(("\r", "\n")) else None


class Scanner:
    """Holds digits back until it is clear whose they are.

    `take` gets every key, or scan, in its order. `later(seconds, function)` calls a function once so many seconds have
    passed and every key that came before has been pressed.
    """

    def __init__(
        self,
        take: Callable[[Key | Scan], Awaitable[None]],
        later: Callable[[float, Callable[[], Awaitable[None]]], object],
    ) -> None:
        self._take = take
        self._later = later
        self._held: list[Key] = []

    async def press(self, key: Key) -> None:
        """Take a key, or hold it."""
        burst = bool(self._held) and key.time - self._held[-1].time < GAP
        if burst and key.key == "enter" and (scan := read_code(self._text())) is not None:
            self._held.clear()
            await self._take(scan)
            return
        is_digit = key.character is not None and key.character in "0123456789"
        if not (is_digit and (burst or not self._held)):
            await self.let_go()
        if not is_digit:
            await self._take(key)
            return
        self._held.append(key)
        self._later(GAP, self._expire(key))

    async def let_go(self) -> None:
        """Give on what is held: it was typed."""
        held, self._held = self._held, []
        for key in held:
            await self._take(key)

    def _text(self) -> str:
        return "".join(key.character or "" for key in self._held)

    def _expire(self, newest: Key) -> Callable[[], Awaitable[None]]:
        async def expire() -> None:
            if self._held and self._held[-1] is newest:
                await self.let_go()

        return expire
