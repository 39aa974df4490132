"""Timing two things in turn, so that the ratio holds when the machine's speed drifts."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Timed = Callable[[], float]
"""Does something once and says how many seconds it took."""


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of the subject and of its baseline, round by round."""

    name: str
    rounds: tuple[tuple[float, float], ...]

    def __str__(self) -> str:
        subject, baseline = (f"{statistics.median(one) * 1000:9.2f} ms" for one in zip(*self.rounds, strict=True))
        ratios = [one / two for one, two in self.rounds]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        return f"{self.name:<10} {subject}   baseline {baseline}   ratio {statistics.median(ratios):6.2f}   {spread}"


def compare(name: str, subject: Timed, baseline: Timed, rounds: int = 15) -> Result:
    """Do both in turn after one warm-up each."""
    subject()
    baseline()
    return Result(name, tuple((subject(), baseline()) for _ in range(rounds)))


def timed(run: Callable[[], object], times: int = 1) -> Timed:
    """The seconds that one run takes, as the mean of so many."""

    def clocked() -> float:
        begin = time.perf_counter()
        for _ in range(times):
            run()
        return (time.perf_counter() - begin) / times

    return clocked
