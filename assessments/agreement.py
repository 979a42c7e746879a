"""How far respondents agree with one another. METHOD, "Levels of a round".

Written here: the library for it is under the GPL, which this project's licence does not go with.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assessments.scoring import LEVELS, Counts


def agreement(moments: Sequence[Counts]) -> float | None:
    """Krippendorff's alpha, ordinal, over respondents x moments: 1 is full agreement, 0 no more than chance.

    moments: the counts by level of each moment, as alpha needs no more of who said what. A moment that fewer than two
    people rated compares nobody and is left out. None where nothing can be told: no moment is left, or all ratings
    stand on one level. Source: Krippendorff (2004), Content Analysis, chapter 11.
    """
    compared = [counts for counts in moments if sum(counts) > 1]
    totals = [sum(column) for column in zip(*compared, strict=True)] if compared else []
    if sum(total > 0 for total in totals) < 2:
        return None
    pairs = [(a, b, _distance(totals, a, b)) for a, b in combinations(range(len(LEVELS)), 2)]
    observed = sum(
        counts[a] * counts[b] / (sum(counts) - 1) * distance for counts in compared for a, b, distance in pairs
    )
    expected = sum(totals[a] * totals[b] * distance for a, b, distance in pairs)
    return 1 - (sum(totals) - 1) * observed / expected


def _distance(totals: Sequence[int], low: int, high: int) -> float:
    """Squared ordinal distance of two levels: the ratings on and between them, the ends counted half."""
    return (sum(totals[low : high + 1]) - (totals[low] + totals[high]) / 2) ** 2
