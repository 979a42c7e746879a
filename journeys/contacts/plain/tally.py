"""Sums over plain contacts: by cell and duration, by hour of the week, by day, and the first and last of each name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.cells import TOUCHPOINTS_MOST
from journeys.contacts.plain.dates import DATES
from journeys.contacts.plain.parting import Places
from journeys.contacts.plain.words import Numbers

SECONDS_BITS = 26
TOUCHPOINT_BITS = SECONDS_BITS + 21  # below which a touchpoint stands in a key
UNKNOWN = (1 << SECONDS_BITS) - 1  # seconds, where a duration is not known
ANONYMOUS = 1 << 58  # of contacts whose customer is not known
HOURS = 168
_LATER = 1 << 62
_RUNS_MOST = 1 << 19

Position = tuple[int, int, int]  # file, block and line


class Tally:
    """What one process has counted. keys: a cell, then SECONDS_BITS of duration; ANONYMOUS on top."""

    def __init__(self) -> None:
        self.days = np.zeros(DATES, np.int64)  # by date
        self.firsts: dict[int, Position] = {}  # where each touchpoint comes first
        self.least = np.full(TOUCHPOINTS_MOST, _LATER)
        self.most = np.full(TOUCHPOINTS_MOST, -_LATER)
        self.hours = np.zeros(TOUCHPOINTS_MOST * HOURS, np.int64)
        self._keys: list[Numbers] = []
        self._counts: list[NDArray[np.int64]] = []

    def add_times(self, hours: Places, dates: Places, seconds: Places) -> Places:
        """Count contacts by hour and day. hours: touchpoint * HOURS + hour. Answers which touchpoints there are."""
        found = np.bincount(hours)
        self.hours[: found.size] += found
        earliest = int(dates.min())
        counts = np.bincount(dates - earliest)
        self.days[earliest : earliest + counts.size] += counts
        touchpoints = np.flatnonzero(np.logical_or.reduceat(found, np.arange(0, found.size, HOURS)))
        self._widen(touchpoints, hours, seconds)
        return touchpoints

    def _widen(self, touchpoints: Places, hours: Places, seconds: Places) -> None:
        """Look at those alone that are before the latest of the firsts, or after the earliest of the lasts."""
        early = np.flatnonzero(seconds < self.least[touchpoints].max())
        np.minimum.at(self.least, hours[early] // HOURS, seconds[early])
        late = np.flatnonzero(seconds > self.most[touchpoints].min())
        np.maximum.at(self.most, hours[late] // HOURS, seconds[late])

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
        order = np.argsort(keys, kind="stable")  # quick where pieces are in order
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
