"""What a round says of each moment and of the journey. Pure functions of METHOD, "Levels of a round".

Everything is computed from counts by level: how many ratings of one moment, in one view and group, stand on level 1 to
6. "I do not see this moment" is no level and stands in no count. Figures for people come from counts that
assessments.privacy has let through; there is nothing else to give away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

from journeys.levels import DAMAGING, INDIFFERENT, Value
from journeys.risk import Risk, customers_at_risk

Counts = tuple[int, ...]
LEVELS = (1, 2, 3, 4, 5, 6)
ELIMINATION_SHARE = Fraction(1, 3)
ELIMINATION_MEAN = 3


@dataclass(frozen=True, slots=True)
class Score:
    """One moment in one view: `counts` holds the ratings on level 1 to 6, at least one of them. Shares are 0 to 1."""

    counts: Counts

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def distribution(self) -> tuple[float, ...]:
        """p1 to p6."""
        return tuple(count / self.n for count in self.counts)

    @property
    def mean(self) -> float:
        return sum(level * count for level, count in zip(LEVELS, self.counts, strict=True)) / self.n

    @property
    def median(self) -> float:
        """The level in the middle; between two middle ones, half way."""
        return (self._level_at((self.n - 1) // 2) + self._level_at(self.n // 2)) / 2

    @property
    def damaged(self) -> float:
        """d = p1 + p2."""
        return self._share(*DAMAGING)

    @property
    def indifferent(self) -> float:
        """e = p3."""
        return self._share(INDIFFERENT)

    @property
    def created(self) -> float:
        """g = p4 + p5 + p6."""
        return self._share(*(level for level in LEVELS if level > INDIFFERENT))

    def _share(self, *levels: int) -> float:
        return sum(self.counts[level - 1] for level in levels) / self.n

    def _level_at(self, position: int) -> int:
        """The level of the rating at a position, from 0, when the ratings stand in order."""
        for level, count in zip(LEVELS, self.counts, strict=True):
            position -= count
            if position < 0:
                return level
        raise IndexError("No rating at this position.")


def score_counts(counts: Counts | None) -> Score | None:
    """The figures of one moment; None where nobody gave a level, or where the counts are hidden (None).

    Raises ValueError where there are not six counts, or one is below 0.
    """
    if counts is None:
        return None
    if len(counts) != len(LEVELS) or min(counts) < 0:
        raise ValueError("A moment has six counts, one a level, none below 0.")
    return Score(counts) if any(counts) else None


def counts_of_levels(levels: Sequence[int | None]) -> Counts:
    """How many ratings stand on each level; None carries no level. Raises ValueError outside 1 to 6."""
    given = [level for level in levels if level is not None]
    if not set(given) <= set(LEVELS):
        raise ValueError("A level is 1 to 6.")
    return tuple(given.count(level) for level in LEVELS)


def value_of_scores(scores: Sequence[Score | None], contacts: Sequence[float], minimum: int) -> Value | None:
    """D, E and G: the moments' shares weighted by their contacts a year.

    scores and contacts: one a moment; minimum: the ratings that a moment needs to count. None where no contact is left.
    Raises ValueError where the sequences differ in length. Source: METHOD, "Levels of a round".
    """
    pairs = zip(scores, contacts, strict=True)
    counted = [(score, n) for score, n in pairs if score is not None and score.n >= minimum]
    total = fsum(n for _, n in counted)
    if not total:
        return None
    return Value(
        damaged=fsum(n * score.damaged for score, n in counted) / total,
        indifferent=fsum(n * score.indifferent for score, n in counted) / total,
        created=fsum(n * score.created for score, n in counted) / total,
    )


def damage_per_year(contacts: float, damaged: float) -> float:
    """Contacts a year that damage value at one moment: contacts_i d_i. Source: METHOD, "Levels of a round"."""
    return contacts * damaged


def order_of_enhancement(scores: Sequence[Score | None], contacts: Sequence[float]) -> list[int]:
    """Positions of the moments that do damage, the most a year first; alike ones stay in the journey's order."""
    pairs = list(zip(scores, contacts, strict=True))
    damage = [damage_per_year(n, score.damaged) if score else 0.0 for score, n in pairs]
    return sorted((index for index, loss in enumerate(damage) if loss), key=lambda index: -damage[index])


def is_elimination_candidate(score: Score | None, eliminate: int, asked: int) -> bool:
    """Whether the mean is below 3 and at least a third of those who answered said "eliminate".

    eliminate, asked: answers "eliminate", and answers to that question. Source: METHOD, "Levels of a round".
    """
    if score is None or not asked:
        return False
    return score.mean < ELIMINATION_MEAN and Fraction(eliminate, asked) >= ELIMINATION_SHARE


def weakest_moment(customers: Sequence[Score | None], staff: Sequence[Score | None]) -> int | None:
    """The position of the lowest customers' mean, the first of equals; of staff's where no customer answered at all.

    The two views are never mixed: staff's levels are our own view and tend to lie higher. None where nobody answered.
    Source: METHOD, "Levels of a round".
    """
    view = customers if any(customers) else staff
    means = [(score.mean, index) for index, score in enumerate(view) if score is not None]
    return min(means)[1] if means else None


def risk_of_scores(
    customers_per_year: int, contacts: Sequence[float], scores: Sequence[Score | None], leave_rate_percent: float
) -> Risk:
    """Customers who meet a poor moment, and those at risk; a moment without figures counts as free of damage.

    contacts: v, per customer a year, one a moment. Source: METHOD, "Customers at risk".
    """
    damaged = [score.damaged if score else 0.0 for score in scores]
    return customers_at_risk(customers_per_year, contacts, damaged, leave_rate_percent)
