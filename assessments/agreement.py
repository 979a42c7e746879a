"""How far respondents agree with one another. METHOD, "Levels of a round"."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.scoring import LEVELS, Counts


def agreement(moments: Sequence[Counts]) -> float | None:
    """Krippendorff's alpha, ordinal, over respondents x moments: 1 is full agreement, 0 no more than chance.

    moments: the counts by level of each moment, as alpha needs no more of who said what. A moment that fewer than two
    people rated compares nobody and is left out. None where nothing can be told: no moment is left, or all ratings
    stand on one level. Source: Krippendorff (2004), Content Analysis, chapter 11.
    """
    compared = [counts for counts in moments if sum(counts) > 1]
    if len({level for counts in compared for level, n in zip(LEVELS, counts, strict=True) if n}) < 2:
        return None
    # numpy comes with it: only a process that computes results carries the two.
    from krippendorff import alpha

    return float(alpha(value_counts=compared, value_domain=LEVELS, level_of_measurement="ordinal"))
