"""A terminal as witness: it keeps, outside the database, the number and hash of the ledger's last lines that it saw.

Whoever rewrites history in the database must also find and rewrite these files.
"""

import os
import re
from pathlib import Path

from workshop.db.files import appearing
from workshop.db.ledger import Witness

KEPT = 1000
"""How many lines are kept; each also vouches for all before it, since every line carries the hash of the one before."""

_LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64})", re.ASCII)


class WitnessFile:
    """A text file of lines `number hash`, oldest first. Only ever added to, but for dropping the oldest."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._last: Witness | None = None

    def note(self, seen: Witness) -> None:
        """Keep a line of the ledger that was seen; the same one twice in a row is kept once.

        When two processes share the file, one that drops the oldest may take the other's newest with them; the next
        note makes up for it.
        """
        if seen == self._last or seen.number == 0:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            torn = "" if self._ends_well() else "\n"
            file.write(f"{torn}{seen.number} {seen.hash}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        self._last = seen
        if self.path.stat().st_size > 2 * KEPT * 70:
            self._drop_oldest()

    def read(self) -> list[Witness]:
        """The last lines seen, oldest first; none without a file. A line that a power cut tore is passed over."""
        if not self.path.exists():
            return []
        lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        found = [match for match in map(_LINE.fullmatch, lines) if match]
        return [Witness(int(match[1]), match[2]) for match in found[-KEPT:]]

    def _ends_well(self) -> bool:
        size = self.path.stat().st_size
        if size == 0:
            return True
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def _drop_oldest(self) -> None:
        kept = self.read()
        with appearing(self.path) as partial:
            partial.write_text("".join(f"{seen.number} {seen.hash}\n" for seen in kept), encoding="utf-8")
