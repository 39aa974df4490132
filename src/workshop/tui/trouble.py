"""Errors of the program itself: a report for the administrator, and the terminal goes on.

A Textual screen whose handler raised is dead, so the terminal is started again in the same process, with what was typed
into forms. The report holds where the error happened and no values: no PIN, no customer.
"""

import platform
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from workshop.domain.words import N_

HAPPENED = N_(
    "The program met an error of its own and started again. What you typed into forms is kept: sign in and go on. "
    "For the administrator: {report}"
)
TOO_OFTEN = N_("The program met the same error again and again and ends here. For the administrator: {report}")
_MOST: Final = 3
_WITHIN: Final = 60.0
"""So many starts within so many seconds are no way to go on."""


def write_report(folder: Path, error: BaseException, at: datetime, where: str) -> Path | None:
    """Write what happened, without any value; None where nothing can be written, which must stop nobody's work."""
    path = folder / f"{at:%Y%m%d-%H%M%S-%f}.txt"
    lines = [
        f"Workshop {version('workshop')}, Python {platform.python_version()}, {platform.platform()}",
        f"{at.isoformat()}",
        where,
    ]
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*lines, "", *_told(error)]), encoding="utf-8")
        return path
    return None


def _told(error: BaseException) -> list[str]:
    """Where in the program it came through, and its kind; not its text, which may quote what was typed."""
    frames = [f"  {one.filename}:{one.lineno} in {one.name}" for one in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    return [
        f"{type(error).__module__}.{type(error).__qualname__}",
        *frames,
        *(["from", *_told(cause)] if cause else []),
    ]


class Patience:
    """Whether it makes sense to start again: not when it happens again and again."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._starts: list[float] = []

    def is_left(self) -> bool:
        """Note one more start."""
        now = self._clock()
        self._starts = [one for one in self._starts if now - one < _WITHIN]
        self._starts.append(now)
        return len(self._starts) <= _MOST
