"""From the start of the process to the first words on a real terminal, against a bare Textual app."""

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pexpect

from benchmarks.bare_app import SHOWN
from benchmarks.measure import Result, Timed, compare
from workshop.db.opening import open_database

_PATIENCE: Final = 60  # seconds
_SIZE: Final = (24, 80)
_FIRST_WORD: Final = "Badge"


def run() -> Result:
    """The sign-in screen of a shop whose database is there and is of the program's own revision."""
    with TemporaryDirectory(prefix="workshop-benchmark-") as folder:
        database = Path(folder) / "shop.db"
        open_database(f"sqlite:///{database}").close()
        home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), folder)
        env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **home}
        program = ["-m", "workshop", "--database", str(database), "--lang", "en"]
        return compare(
            "start", _until(_FIRST_WORD, program, env), _until(SHOWN, ["-m", "benchmarks.bare_app"], env), rounds=11
        )


def _until(word: str, arguments: list[str], env: dict[str, str]) -> Timed:
    """Seconds until a program has written the word to its terminal; then it is ended."""

    def started() -> float:
        begin = time.perf_counter()
        child = pexpect.spawn(sys.executable, arguments, env=env, dimensions=_SIZE, timeout=_PATIENCE, encoding="utf-8")
        child.expect_exact(word)
        seconds = time.perf_counter() - begin
        child.close(force=True)
        return seconds

    return started
