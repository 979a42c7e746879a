"""Durations in bins so fine that a quantile read from them is within 1 % of the true one, and that add up.

Bins grow by 1 % each: bin b holds milliseconds from 1.01**(b - 1) up to 1.01**b; bin 0 holds zero. A bin keeps how
many durations it holds and their sum, so that a bin of equal durations, as all whole seconds below 100 s are, gives
that duration exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

STEP = 1.01
BIN_SQL = f"""
    CASE WHEN milliseconds > 0 THEN 1 + floor(ln(milliseconds) / {log(STEP)})::SMALLINT ELSE milliseconds::SMALLINT END
"""  # NULL where the duration is unknown

Bins = dict[int, tuple[int, int]]  # bin to number and milliseconds


def add_bins(parts: Iterable[Bins]) -> Bins:
    total: dict[int, tuple[int, int]] = {}
    for part in parts:
        for place, (number, milliseconds) in part.items():
            had_number, had_milliseconds = total.get(place, (0, 0))
            total[place] = (had_number + number, had_milliseconds + milliseconds)
    return total


def quantiles(bins: Bins, shares: Sequence[float]) -> list[float | None]:
    """Seconds below which each share of the durations lies, between neighbours as R's type 7 does; None of nothing."""
    ordered = sorted(bins.items())
    total = sum(number for _place, (number, _sum) in ordered)
    return [_quantile(ordered, (total - 1) * share) if total else None for share in shares]


def _quantile(ordered: Sequence[tuple[int, tuple[int, int]]], position: float) -> float:
    low, part = int(position), position % 1
    below = _at(ordered, low)
    return below if not part else below + (_at(ordered, low + 1) - below) * part


def _at(ordered: Sequence[tuple[int, tuple[int, int]]], rank: int) -> float:
    """Seconds of the duration with this rank, from 0."""
    for _place, (number, milliseconds) in ordered:
        if rank < number:
            return milliseconds / number / 1_000
        rank -= number
    raise IndexError(rank)
