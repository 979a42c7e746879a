"""Two things timed in turns, so that what slows the machine slows both."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Action = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """Seconds of a beside seconds of b: the median of the pairs' ratios, with the lowest and the highest."""

    median: float
    low: float
    high: float
    a_seconds: float
    b_seconds: float


def interleave(a: Action, b: Action, runs: int = 7, warmups: int = 1, before: Action = lambda: None) -> Ratio:
    """Time a and b in turns, `runs` pairs after `warmups` that don't count. Every second pair starts with b.

    before: sets up what each pair needs; its time counts nowhere.
    """
    for _ in range(warmups):
        before(), a(), b()
    pairs = [_timed_pair(a, b, before, starts_with_b=bool(number % 2)) for number in range(runs)]
    ratios = [a_seconds / b_seconds for a_seconds, b_seconds in pairs]
    return Ratio(
        median(ratios),
        min(ratios),
        max(ratios),
        median(a_seconds for a_seconds, _ in pairs),
        median(b_seconds for _, b_seconds in pairs),
    )


def _timed_pair(a: Action, b: Action, before: Action, *, starts_with_b: bool) -> tuple[float, float]:
    before()
    if starts_with_b:
        b_seconds = _seconds(b)
        return _seconds(a), b_seconds
    return _seconds(a), _seconds(b)


def _seconds(action: Action) -> float:
    """Begins without garbage: else one's is cleared away in the other's time."""
    gc.collect()
    start = perf_counter()
    action()
    return perf_counter() - start
