"""Real terminals: the program as a process of its own at a pseudo-terminal, its screen read by a terminal emulator.

Nothing here sleeps for a fixed time: whoever waits, waits for what the screen shows.
"""

import codecs
import fcntl
import os
import select
import selectors
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyte
import pytest
from wcwidth import wcwidth

PATIENCE: Final = 60.0
"""Seconds after which what a test waits for is given up; busy machines are slow, and nothing is asserted of speed."""

F1, F2, F3, F4 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"
F5, F6, F7, F8 = "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~"
F9, F10, F12 = "\x1b[20~", "\x1b[21~", "\x1b[24~"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
ENTER, TAB, BACK_TAB, ESC, SPACE, BACKSPACE, DELETE = "\r", "\t", "\x1b[Z", "\x1b", " ", "\x7f", "\x1b[3~"
HOME, END, CLEAR = "\x1b[H", "\x1b[F", "\x15"

# Makes the pseudo-terminal the controlling one, as a window does, then becomes the program.
_SIT_DOWN: Final = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_WHOLE_PICTURES, _YES_WHOLE_PICTURES, _PICTURE_BEGUN = b"\x1b[?2026$p", "\x1b[?2026;2$y", 2026 << 5
"""The program's question whether it may mark where a picture begins and ends, the answer, and the emulator's mode."""
_NOT_THE_TEST_RUN_S: Final = ("WORKSHOP_", "TEXTUAL", "XDG_", "COLUMNS", "LINES")
"""Beginnings of variables that a new terminal does not inherit; readline leaves the size of another terminal behind."""
_CURSOR: Final = "0178d4"
"""The colour behind the row under the cursor."""


class _Glass(pyte.Screen):  # type: ignore[misc]
    """The emulator's screen; signs without a width of their own do not end the line, as they would in pyte."""

    def draw(self, data: str) -> None:
        super().draw("".join(sign for sign in data if wcwidth(sign) > 0 or unicodedata.combining(sign)))

    def line(self, number: int) -> str:
        """One line as it is read; a wide sign counts once, and a space that does not break is a space."""
        row = self.buffer[number]
        return "".join(row[column].data for column in range(self.columns)).replace("\xa0", " ").rstrip()


class Terminal:
    """A terminal with the program running on it and the keys under the test's fingers."""

    def __init__(self, room: "Room", command: list[str], env: dict[str, str], size: tuple[int, int]) -> None:
        self.room = room
        self.name = env["WORKSHOP_TERMINAL"]
        self.glass = _Glass(*size)
        self._stream = pyte.Stream(self.glass)
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._never: set[str] = set()
        self._read: list[str] | None = None
        self._master, slave = os.openpty()
        self._set_size(size)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _SIT_DOWN, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            start_new_session=True,
        )
        os.close(slave)
        room.selector.register(self._master, selectors.EVENT_READ, self)

    # --- looking -----------------------------------------------------------------------------------------------------

    def screen(self) -> list[str]:
        """The lines as they are read."""
        if self._read is None:
            self._read = [self.glass.line(number) for number in range(self.glass.lines)]
        return self._read

    @property
    def text(self) -> str:
        """Everything on the screen."""
        return "\n".join(self.screen())

    def shows(self, *texts: str) -> bool:
        """Whether all the texts stand on the screen."""
        shown = self.text
        return all(one in shown for one in texts)

    def until(self, *texts: str) -> Self:
        """Wait until all the texts stand on the screen; the test fails with the whole screen if they never do."""
        return self.wait(lambda: self.shows(*texts), f"shown: {texts}")

    def until_gone(self, *texts: str) -> Self:
        """Wait until none of the texts stands on the screen any more."""
        return self.wait(lambda: not any(one in self.text for one in texts), f"gone: {texts}")

    def table(self) -> list[str]:
        """The rows of the table on the screen: everything between its underlined headings and the last two lines."""
        return [self.screen()[row] for row in self._table()]

    def cursor(self) -> int:
        """Which row of the table is under its cursor, from 0; -1 if none is."""
        return next((place for place, row in enumerate(self._table()) if self._under_cursor(row)), -1)

    def _table(self) -> range:
        head = [row for row in range(self.glass.lines) if self.glass.buffer[row][1].underscore]
        return range(head[0] + 1 if head else self.glass.lines, self.glass.lines - 2)

    def _under_cursor(self, row: int) -> bool:
        return any(self.glass.buffer[row][column].bg == _CURSOR for column in range(self.glass.columns))

    def wait(self, condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> Self:
        """Wait until something is true of this terminal."""
        end = time.monotonic() + patience
        while not condition():
            ended = self.process.poll()
            spoke = self.room.pump(0.05 if ended is None else 0.2)
            over = time.monotonic() > end or (ended is not None and not spoke)
            # asked once more: it may have come true, by its end too, while this was looked at
            if over and not condition():
                raise AssertionError(f"{self.name} never {what}; process ended with {ended}\n{self.picture()}")
        return self

    def settle(self, quiet: float = 1.0) -> Self:
        """Wait until the screen has said the same for so many seconds. For pictures only: no test relies on it."""
        before, since = self.text, time.monotonic()
        while time.monotonic() < since + quiet:
            self.room.pump(0.05)
            if self.text != before:
                before, since = self.text, time.monotonic()
        return self

    def picture(self) -> str:
        """The screen in a frame, with what the cursor is on."""
        edge = f"+{'-' * self.glass.columns}+"
        rows = range(self.glass.lines)
        lines = [f"{'>' if self._under_cursor(row) else '|'}{self.glass.line(row)}" for row in rows]
        return "\n".join([edge, *lines, edge])

    def never_shows(self, *texts: str) -> None:
        """From now on the test fails as soon as one of these texts is on the screen; nothing: it may again."""
        self._never = set(texts)

    # --- typing ------------------------------------------------------------------------------------------------------

    def keys(self, *keys: str) -> Self:
        """Press keys, or type text, one after the other."""
        os.write(self._master, "".join(keys).encode())
        return self

    def paste(self, text: str) -> Self:
        """Let a text arrive at once, as a terminal pastes it."""
        return self.keys(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> Self:
        """Drag the window to another size."""
        self.glass.resize(lines, columns)
        self.glass.reset()
        self._read = None
        self._set_size((columns, lines))
        return self

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    # --- the process -------------------------------------------------------------------------------------------------

    def receive(self) -> bool:
        """Take what the program has written, up to the end of a picture; whether there was anything."""
        there = self._receive()
        while there and _PICTURE_BEGUN in self.glass.mode and select.select([self._master], [], [], PATIENCE)[0]:
            there = self._receive()
        for text in self._never:
            assert text not in self.text, f"{self.name} must not show {text}\n{self.picture()}"
        return there

    def _receive(self) -> bool:
        try:
            found = os.read(self._master, 65536)
        except OSError:  # the program has ended and the line is down
            found = b""
        if not found:
            self.room.selector.unregister(self._master)
            return False
        self._stream.feed(self._decode(found))
        self._read = None
        if _WHOLE_PICTURES in found:
            self.keys(_YES_WHOLE_PICTURES)
        return True

    def kill(self) -> None:
        """End the process at once, as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def ended(self) -> int:
        """Wait until the program has ended by itself; its status."""
        self.wait(lambda: self.process.poll() is not None, "ended")
        return self.process.returncode

    def close(self) -> None:
        """Give everything back."""
        if self.process.poll() is None:
            self.kill()
        if self._master in self.room.selector.get_map():
            self.room.selector.unregister(self._master)
        os.close(self._master)


class Room:
    """The room in which terminals stand side by side; looking at one lets all of them go on."""

    def __init__(self, home: Path) -> None:
        self.selector = selectors.DefaultSelector()
        self._home = home
        self._terminals: list[Terminal] = []

    def terminal(
        self, database: str, name: str, size: tuple[int, int] = (100, 30), *, module: str = "workshop", **settings: str
    ) -> Terminal:
        """Start the program at a new terminal of `size` (columns, lines). `settings` are its own, in capitals."""
        home = str(self._home / name)
        env = {key: value for key, value in os.environ.items() if not key.startswith(_NOT_THE_TEST_RUN_S)}
        env |= {f"XDG_{kind}_HOME": home for kind in ("CONFIG", "STATE", "DATA")}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": home, "LANG": "C.UTF-8"}
        env |= {"WORKSHOP_DATABASE": database, "WORKSHOP_TERMINAL": name}
        env |= {f"WORKSHOP_{key}": value for key, value in settings.items()}
        opened = Terminal(self, [sys.executable, "-m", module], env, size)
        self._terminals.append(opened)
        return opened

    def pump(self, timeout: float) -> bool:
        """Take what any terminal has written, waiting that many seconds at most; whether there was anything."""
        if not self.selector.get_map():
            time.sleep(timeout)
            return False
        ready = self.selector.select(timeout)
        return sum(key.data.receive() for key, _ in ready) > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for terminal in self._terminals:
            terminal.close()
        self.selector.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room for the terminals of a test."""
    with Room(tmp_path / "homes") as here:
        yield here
