"""Sums over plain contacts: by cell and duration, by hour of the week, by day, and the first and last of each name."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.cells import TOUCHPOINTS_MOST
from journeys.contacts.plain.clocks import Times
from journeys.contacts.plain.parting import Places
from journeys.contacts.plain.words import Numbers

SECONDS_BITS = 26
UNKNOWN = (1 << SECONDS_BITS) - 1  # seconds, where a duration is not known
ANONYMOUS = 1 << 58  # of contacts whose customer is not known
HOURS = 168
_LATER = 1 << 62
_RUNS_MOST = 1 << 19

Position = tuple[int, int, int]  # file, block and line


class Tally:
    """What one thread has counted. keys: a cell, then SECONDS_BITS of duration; ANONYMOUS on top."""

    def __init__(self) -> None:
        self.days: Counter[int] = Counter()  # since 1970
        self.firsts: dict[int, Position] = {}  # where each touchpoint comes first
        self.least = np.full(TOUCHPOINTS_MOST, _LATER)
        self.most = np.full(TOUCHPOINTS_MOST, -_LATER)
        self.hours = np.zeros(TOUCHPOINTS_MOST * HOURS, np.int64)
        self._keys: list[Numbers] = []
        self._counts: list[NDArray[np.int64]] = []

    def add_times(self, touchpoints: Places, times: Times, week_hours: Places, days: NDArray[np.int32]) -> Places:
        """Count contacts by hour and day. Answers which touchpoints there are."""
        found = np.bincount(touchpoints * HOURS + week_hours)
        self.hours[: found.size] += found
        earliest = int(days.min())
        counts = np.bincount(days - earliest)
        for place in np.flatnonzero(counts).tolist():
            self.days[earliest + place] += int(counts[place])
        self._widen(touchpoints, times.seconds)
        rest = -found.size % HOURS
        return np.flatnonzero(np.append(found, np.zeros(rest, np.int64)).reshape(-1, HOURS).any(axis=1))

    def _widen(self, touchpoints: Places, seconds: Places) -> None:
        for ends, is_beyond, widen in (
            (self.least, np.less, np.minimum),
            (self.most, np.greater, np.maximum),
        ):
            beyond = np.flatnonzero(is_beyond(seconds, ends.take(touchpoints)))
            widen.at(ends, touchpoints[beyond], seconds[beyond])

    def note_first(self, touchpoint: int, position: Position) -> None:
        self.firsts[touchpoint] = min(position, self.firsts.get(touchpoint, position))

    def add_keys(self, keys: Numbers) -> None:
        keys = np.sort(keys)
        ends = np.flatnonzero(np.append(keys[1:] != keys[:-1], True))
        self._keys.append(keys[ends])
        self._counts.append(np.diff(ends, prepend=-1))
        if sum(each.size for each in self._keys[1:]) > _RUNS_MOST:
            self._join()

    def _join(self) -> None:
        keys, counts = np.concatenate(self._keys), np.concatenate(self._counts)
        order = np.argsort(keys)
        keys = keys[order]
        firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        self._keys, self._counts = [keys[firsts]], [np.add.reduceat(counts[order], firsts)]

    def add(self, other: Tally) -> None:
        self.days += other.days
        for touchpoint, position in other.firsts.items():
            self.note_first(touchpoint, position)
        self.least, self.most = np.minimum(self.least, other.least), np.maximum(self.most, other.most)
        self.hours += other.hours
        self._keys += other._keys
        self._counts += other._counts

    def runs(self) -> tuple[Numbers, NDArray[np.int64]]:
        """Each key once, with the number of its contacts."""
        if not self._keys:
            return np.zeros(0, np.uint64), np.zeros(0, np.int64)
        self._join()
        return self._keys[0], self._counts[0]
