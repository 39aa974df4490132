"""Timing two things in turn, so that the ratio holds when the machine's speed drifts."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """Median seconds of the subject and of its baseline."""

    name: str
    subject: float
    baseline: float

    def __str__(self) -> str:
        ratio = self.subject / self.baseline
        return f"{self.name:<10} {self.subject * 1000:9.2f} ms   baseline {self.baseline * 1000:9.2f} ms   ratio {ratio:6.2f}"


def compare(name: str, subject: Callable[[], object], baseline: Callable[[], object], rounds: int = 15) -> Result:
    """Run both in turn after one warm-up each; the medians."""
    subject()
    baseline()
    pairs = [(_seconds(subject), _seconds(baseline)) for _ in range(rounds)]
    return Result(name, statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs))


def _seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin
