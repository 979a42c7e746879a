"""What levels say of value, for one view. Pure functions of METHOD, "Levels of a round"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

DAMAGING = (1, 2)
INDIFFERENT = 3


@dataclass(frozen=True, slots=True)
class Value:
    """Shares of all contacts, 0 to 1: damaged D, indifferent E, created G."""

    damaged: float
    indifferent: float
    created: float

    @property
    def loyalty_balance(self) -> float:
        """100 (G - D), from -100 to +100."""
        return 100 * (self.created - self.damaged)

    @property
    def indifference_percent(self) -> float:
        """100 E."""
        return 100 * self.indifferent


def value_of_levels(levels: Sequence[int | None], contacts: Sequence[float]) -> Value | None:
    """What one view's single level a moment says of all contacts; moments without a level are left out.

    levels: 1 to 6 or None; contacts: a year, one a moment. None where no contact carries a level.
    Source: METHOD, "Levels of a round", with p = 1 at the level given.
    """
    judged = [(level, n) for level, n in zip(levels, contacts, strict=True) if level is not None]
    total = fsum(n for _, n in judged)
    if not total:
        return None
    damaged = fsum(n for level, n in judged if level in DAMAGING) / total
    indifferent = fsum(n for level, n in judged if level == INDIFFERENT) / total
    return Value(damaged, indifferent, fsum(n for level, n in judged if level > INDIFFERENT) / total)
