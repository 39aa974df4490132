"""`python -m benchmarks [name …]`: measure and print."""

import os
import platform
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks import acts, board, start
from benchmarks.measure import Result

ALL: Final[Mapping[str, Callable[[], Result]]] = {"start": start.run, "board": board.run, "commands": acts.run}
_BUSY: Final = 0.5  # programs at work for each core, above which the figures say little


def machine() -> str:
    """What it runs on: the processor, how many cores, the system, the Python."""
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {system}"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _load() -> float:
    """How many programs were at work in the last minute, for each core."""
    return os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0


def main(names: list[str]) -> int:
    """Measure those named, or all; status 2 if there is no such benchmark."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    print(f"{datetime.now(UTC):%Y-%m-%d}  {machine()}")
    print(
        f"load for each core before: {_load():.1f}{'  (busy: measure again when it is not)' if _load() > _BUSY else ''}"
    )
    for name in names or ALL:
        print(ALL[name](), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
