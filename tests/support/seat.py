"""Somebody of the small shop at a terminal: the moves that everybody makes, by keys alone."""

import re
from collections.abc import Sequence

from support.screens import Keeper
from support.shop import PIN, Worker
from support.terminal import DOWN, ENTER, F3, F4, F6, F12, UP, Terminal


class Seat:
    """A terminal with its person."""

    def __init__(self, terminal: Terminal, worker: Worker, keeper: Keeper) -> None:
        self.terminal = terminal
        self.worker = worker
        self._keeper = keeper

    def sign_in(self) -> None:
        """Badge and PIN, typed ahead while the program is still loading."""
        self.terminal.until("F10").keys(self.worker.badge, ENTER, PIN, ENTER).until(self.worker.name, "F3")

    def keys(self, *keys: str) -> Terminal:
        """Press keys; the terminal, to look at."""
        return self.terminal.keys(*keys)

    def until(self, *texts: str) -> Terminal:
        """Wait for texts on the screen."""
        return self.terminal.until(*texts)

    def until_gone(self, *texts: str) -> Terminal:
        """Wait until texts have left the screen."""
        return self.terminal.until_gone(*texts)

    def go(self, place: str) -> Terminal:
        """Go to a workplace, by its name in the menu of F3."""
        self._choose(F3, place)
        return self.terminal.wait(lambda: place in self.terminal.screen()[0], f"at the place {place}")

    def act(self, label: str, *shown: str) -> Terminal:
        """Choose an act on what the cursor is on, from the list of F4; wait for what its form shows."""
        self._choose(F4, label)
        return self.terminal.until_gone(f"  {label}  ").until(*shown)

    def act_freely(self, label: str, *shown: str) -> Terminal:
        """Choose an act that needs nothing on the screen, from the end of the menu of F3."""
        self._choose(F3, "其他操作…")
        self._choose("", label)
        return self.terminal.until_gone(f"  {label}  ").until(*shown)

    def _choose(self, key: str, label: str) -> None:
        found = re.compile(rf"│\s+(\d+)  {re.escape(label)}\s")
        self.keys(key).wait(lambda: found.search(self.terminal.text) is not None, f"offered {label}")
        match = found.search(self.terminal.text)
        number = int(match[1]) if match else 0
        self.keys(*([str(number)] if number <= 9 else [*[DOWN] * (number - 1), ENTER]))

    def row(self, text: str) -> Terminal:
        """Put the cursor on the row of a table with this text. The table must not be about to get other rows."""
        self.until_row(text).wait(lambda: self.terminal.cursor() >= 0, "with a cursor in the table")
        while text not in (rows := self.terminal.table())[here := self.terminal.cursor()]:
            self.keys(DOWN if _place(rows, text) > here else UP)
            self.terminal.wait(lambda: self.terminal.cursor() not in {here, -1}, f"on the row {text}")
        return self.terminal

    def until_row(self, *texts: str) -> Terminal:
        """Wait for a row of a table with all these texts."""
        return self.terminal.wait(
            lambda: any(all(one in row for one in texts) for row in self.terminal.table()), f"with a row {texts}"
        )

    def until_no_row(self, text: str) -> Terminal:
        """Wait until no row of a table has this text."""
        return self.terminal.wait(lambda: all(text not in row for row in self.terminal.table()), f"without row {text}")

    def step(self, *shown: str) -> Terminal:
        """The order's next step; wait for its form."""
        return self.keys(F6).until(*shown)

    def sign(self, told: str) -> None:
        """Do what the form is for and sign it, all it asks where nothing is to be filled in; wait for word."""
        self.keys(F12).wait(self._is_asked_to_sign, "asked to sign")
        self.keys(PIN, ENTER).until(told)

    def _is_asked_to_sign(self) -> bool:
        name = self.worker.name
        return self.terminal.shows(f"{name}签字") or self.terminal.shows(f"Signature of {name}")

    def keep(self, name: str, *, sizes: Sequence[tuple[int, int]] = (), svg: bool = False) -> None:
        """Keep this screen under docs/, in both languages, if screens are to be kept."""
        self._keeper.keep(self.terminal, name, sizes=sizes, svg=svg)


def _place(rows: list[str], text: str) -> int:
    return next(place for place, row in enumerate(rows) if text in row)
