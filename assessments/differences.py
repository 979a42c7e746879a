"""Where staff and customers differ, and what changed since the last round. METHOD, "Levels of a round"."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.intervals import Interval, difference_interval
from assessments.scoring import Score

BLIND_SPOT_LEVELS = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """One mean less another, in levels, with its 95 % interval."""

    levels: float
    interval: Interval

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves 0 out: only then is a change named."""
        return self.interval.leaves_zero_out

    @property
    def is_blind_spot(self) -> bool:
        """Whether staff clearly place the moment higher than customers do, by half a level or more."""
        return self.is_clear and self.levels >= BLIND_SPOT_LEVELS


def blind_spot(staff: Score | None, customers: Score | None, seed: int) -> Difference | None:
    """Staff's mean less customers'; None where either has no figures or hidden ones."""
    return _difference(staff, customers, seed)


def change_since(last: Score | None, now: Score | None, seed: int) -> Difference | None:
    """This round's mean less the last round's, for one moment and view; None where either has no figures."""
    return _difference(now, last, seed)


def _difference(first: Score | None, second: Score | None, seed: int) -> Difference | None:
    if first is None or second is None:
        return None
    return Difference(first.mean - second.mean, difference_interval(first.counts, second.counts, seed))
