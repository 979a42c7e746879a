"""95 % intervals: Wilson for shares, percentile bootstrap over respondents for the rest. METHOD, "Levels of a round".

numpy is imported where a bootstrap is drawn, so that a process that draws none does not carry it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from assessments.scoring import LEVELS, Counts

if TYPE_CHECKING:
    import numpy

CONFIDENCE = 0.95
RESAMPLES = 2000
CELLS_AT_ONCE = 4_000_000
KINDS_ARE_FEW = 10
TAILS = (50 * (1 - CONFIDENCE), 100 - 50 * (1 - CONFIDENCE))


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float

    @property
    def leaves_zero_out(self) -> bool:
        return self.low > 0 or self.high < 0


def wilson(count: int, n: int) -> Interval:
    """Interval of a share, 0 to 1. Raises ValueError unless 0 <= count <= n and n > 0. Source: Wilson (1927)."""
    if not (n > 0 and 0 <= count <= n):
        raise ValueError("A share needs 0 <= count <= n and n > 0.")
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    centre = (count + z * z / 2) / (n + z * z)
    reach = z / (n + z * z) * sqrt(count * (n - count) / n + z * z / 4)
    return Interval(0.0 if count == 0 else centre - reach, 1.0 if count == n else centre + reach)


def seed_of(*names: str | int) -> int:
    """The same number for the same names, on every machine: the round, the view, the figure."""
    return int.from_bytes(sha256(repr(names).encode()).digest()[:16])


def mean_interval(
    counts: Sequence[int], seed: int, values: Sequence[float] = LEVELS, resamples: int = RESAMPLES
) -> Interval:
    """Interval of a mean. counts: how often each of `values` was given, at least once altogether."""
    return percentiles(resampled_means(counts, seed, values, resamples))


def difference_interval(counts: Counts, others: Counts, seed: int, resamples: int = RESAMPLES) -> Interval:
    """Interval of the mean of `counts` less the mean of `others`, which come from different people."""
    first, second = seed_of(seed, "first"), seed_of(seed, "second")
    means = resampled_means(counts, first, LEVELS, resamples)
    return percentiles(means - resampled_means(others, second, LEVELS, resamples))


def resampled_means(counts: Sequence[int], seed: int, values: Sequence[float], resamples: int) -> numpy.ndarray:
    """The means of samples of n ratings drawn from n ratings with replacement.

    Each respondent rates a moment once: to draw respondents is to draw ratings, and how often each value comes up is
    multinomial. Shape (resamples,). Raises ValueError where there is no rating.
    """
    import numpy

    n = sum(counts)
    if not n:
        raise ValueError("A mean needs a rating.")
    drawn = numpy.random.default_rng(seed).multinomial(n, numpy.array(counts) / n, resamples)
    return drawn @ numpy.array(values, dtype=float) / n


def draw_respondents(draw: numpy.random.Generator, alike: numpy.ndarray, samples: int) -> numpy.ndarray:
    """How often each kind of answer comes up, shape (samples, kinds). alike: how many people gave each kind.

    Kind by kind where they are few, person by person where they are many: each was 10 times slower at the other's.
    """
    import numpy

    people = int(alike.sum())
    if len(alike) * KINDS_ARE_FEW < people:
        return draw.multinomial(people, alike / people, samples).astype(numpy.float32)
    kind_of = numpy.repeat(numpy.arange(len(alike)), alike)
    drawn = numpy.empty((samples, len(alike)), dtype=numpy.float32)
    for sample in drawn:
        sample[:] = numpy.bincount(kind_of[draw.integers(people, size=people)], minlength=len(alike))
    return drawn


def percentiles(figures: Sequence[float] | numpy.ndarray) -> Interval:
    """The middle 95 % of resampled figures."""
    import numpy

    low, high = numpy.percentile(figures, TAILS)
    return Interval(float(low), float(high))
