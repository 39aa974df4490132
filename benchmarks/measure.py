"""Timing two things in turn, so that the ratio holds when the machine's speed drifts."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Timed = Callable[[], float]
"""Does something once and says how many seconds it took."""


@dataclass(frozen=True, slots=True)
class Result:
    """Median seconds of the subject and of its baseline."""

    name: str
    subject: float
    baseline: float

    def __str__(self) -> str:
        subject, baseline = (f"{seconds * 1000:9.2f} ms" for seconds in (self.subject, self.baseline))
        return f"{self.name:<10} {subject}   baseline {baseline}   ratio {self.subject / self.baseline:6.2f}"


def compare(name: str, subject: Timed, baseline: Timed, rounds: int = 15) -> Result:
    """Do both in turn after one warm-up each; the medians."""
    subject()
    baseline()
    pairs = [(subject(), baseline()) for _ in range(rounds)]
    return Result(name, statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs))


def timed(run: Callable[[], object], times: int = 1) -> Timed:
    """The seconds that one run takes, as the mean of so many."""

    def clocked() -> float:
        begin = time.perf_counter()
        for _ in range(times):
            run()
        return (time.perf_counter() - begin) / times

    return clocked
