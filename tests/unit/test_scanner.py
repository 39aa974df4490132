"""A scanner's burst is a scan, whatever people type is typing."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from workshop.domain.numbers import Kind, NumberFault, make
from workshop.tui.scanner import GAP, Scan, Scanner, read_code, read_paste

CODE = make(Kind.ORDER, 1)
FAST, SLOW = GAP / 4, GAP * 2


class Desk:
    """A scanner with a clock of its own; `taken` is what came through, in order."""

    def __init__(self) -> None:
        self.taken: list[str | Scan] = []
        self.now = 0.0
        self._due: list[tuple[float, Callable[[], Awaitable[None]]]] = []
        self._scanner = Scanner(self._take, lambda seconds, function: self._due.append((self.now + seconds, function)))

    async def _take(self, key: Key | Scan) -> None:
        self.taken.append(key if isinstance(key, Scan) else key.key)

    async def press(self, key: str, after: float) -> None:
        await self.wait(after)
        character = {"enter": "\r"}.get(key, key if len(key) == 1 else None)
        event = Key(key, character)
        event.time = self.now
        await self._scanner.press(event)

    async def wait(self, seconds: float) -> None:
        end = self.now + seconds
        for due, function in sorted((one for one in self._due if one[0] <= end), key=lambda one: one[0]):
            self.now = due
            await function()
        self._due = [one for one in self._due if one[0] > end]
        self.now = end


async def typed(keys: list[tuple[str, float]]) -> list[str | Scan]:
    """What comes of keys, each with the seconds before it."""
    desk = Desk()
    for key, after in keys:
        await desk.press(key, after)
    await desk.wait(1)
    return desk.taken


def burst(text: str) -> list[tuple[str, float]]:
    """A text as a scanner sends it."""
    return [(character, FAST) for character in text] + [("enter", FAST)]


async def test_a_burst_of_digits_with_enter_is_a_scan() -> None:
    assert await typed(burst(CODE)) == [Scan(CODE, Kind.ORDER)]


async def test_a_code_typed_by_hand_is_typing() -> None:
    assert await typed([(character, SLOW) for character in CODE] + [("enter", SLOW)]) == [*CODE, "enter"]


async def test_a_code_with_a_pause_before_enter_is_typing() -> None:
    assert await typed([*burst(CODE)[:-1], ("enter", SLOW)]) == [*CODE, "enter"]


async def test_a_damaged_label_is_a_scan_that_says_so() -> None:
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    assert await typed(burst(wrong)) == [Scan(wrong, None, NumberFault.CHECK_DIGIT)]


@pytest.mark.parametrize("text", ["2580", "13900001234", "0000000000", "LSVAB4187N2100777", "123456"])
async def test_what_is_no_code_of_ours_goes_on_as_its_keys(text: str) -> None:
    assert await typed(burst(text)) == [*text, "enter"]


async def test_a_key_held_down_is_no_scan() -> None:
    assert await typed(burst("1" * 10)) == [*"1" * 10, "enter"]


async def test_a_scan_behind_typed_digits_is_still_a_scan() -> None:
    found = await typed([("1", SLOW), ("2", SLOW), (CODE[0], SLOW), *burst(CODE)[1:]])
    assert found == ["1", "2", Scan(CODE, Kind.ORDER)]


async def test_two_scans_one_behind_the_other_are_two() -> None:
    assert await typed([*burst(CODE), *burst(CODE)]) == [Scan(CODE, Kind.ORDER)] * 2


KEYS = st.sampled_from([*"0123456789", "a", "enter", "f6", "down"])
PAUSES = st.sampled_from([FAST, SLOW, 0.3])


@given(st.lists(st.tuples(KEYS, PAUSES), max_size=30))
async def test_no_key_is_lost_or_moved(keys: list[tuple[str, float]]) -> None:
    found = await typed(keys)
    spelt = [key for one in found for key in ([*one.text, "enter"] if isinstance(one, Scan) else [one])]
    assert spelt == [key for key, _ in keys]


def test_a_paste_is_a_scan_only_with_its_end_of_line() -> None:
    assert read_paste(f"{CODE}\r") == Scan(CODE, Kind.ORDER)
    assert read_paste(CODE) is None
    assert read_paste(f"no {CODE}\r") is None
    assert read_code("１０００００００１８") is None
