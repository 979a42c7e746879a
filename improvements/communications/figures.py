"""What staff and customers say of a communication as figures, and where we see it otherwise. Pure.

docs/communications.md says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist

CONFIDENCE, GAP_STEPS = 0.95, 0.5
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean of answers on steps from 1 on. n: answers; error: standard error of the mean. An estimate has n 0."""

    mean: float
    n: int = 0
    error: float = 0.0

    @property
    def is_estimate(self) -> bool:
        return self.n == 0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one view says; None where nobody did, or so few that it is not shown. never_percent: never saw it, 0 to
    100."""

    relevance: Figure | None = None
    level: Figure | None = None
    never_percent: float | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference that is named. steps: ours less theirs, so above 0 where we think better of it."""

    steps: float

    @property
    def size(self) -> float:
        return abs(self.steps)

    @property
    def is_flattering(self) -> bool:
        return self.steps > 0


def figure_of(counts: Sequence[int]) -> Figure:
    """Of counts by step from 1 on, at least two answers altogether."""
    n = sum(counts)
    mean = fsum(step * count for step, count in enumerate(counts, 1)) / n
    spread = fsum(count * (step - mean) ** 2 for step, count in enumerate(counts, 1)) / (n - 1)
    return Figure(mean, n, sqrt(spread / n))


def estimate(step: int | None) -> Figure | None:
    """Our own, which is a step without answers."""
    return None if step is None else Figure(float(step))


def gap_between(ours: Figure | None, theirs: Figure | None) -> Gap | None:
    """None where either is unknown, or the difference is below half a step, or may be chance.

    By the normal interval of a difference of means, 95 %; an estimate has no error of its own.
    """
    if ours is None or theirs is None:
        return None
    steps = ours.mean - theirs.mean
    reach = _Z * sqrt(ours.error**2 + theirs.error**2)
    return Gap(steps) if abs(steps) >= GAP_STEPS and abs(steps) > reach else None
