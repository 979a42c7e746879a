"""Sketches of the customers of every label, as `sketches` describes them.

Customers wait with their hashes and labels; when many wait, those go who are among the smallest of none of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from journeys.contacts.limits import THREADS
from journeys.contacts.plain.cells import WORD_BITS, Labels
from journeys.contacts.plain.keyed import Hashes
from journeys.contacts.plain.parting import Truths
from journeys.contacts.plain.words import Numbers
from journeys.contacts.sketches import KEPT, Sketches, pack

_HIGHEST = (1 << 64) - 1
_MOST = 1 << 21  # words of labels that wait
_MARGIN = 1.1


class Kept(NamedTuple):
    """Those who are among the smallest of what some process was told of. limit: no hash above it is."""

    waiting: list[list[Numbers]]
    limit: int


class Smallest:
    """The smallest hashes of each label."""

    def __init__(self, labels: Labels, hashes: Hashes) -> None:
        self._labels, self._hashes = labels, hashes
        self._waiting: list[list[Numbers]] = []  # hashes, and masks as `Labels.bits` makes them
        self._limit, self._most = _HIGHEST, _MOST  # no hash above the limit is among the smallest

    def add(self, customers: Numbers, masks: Sequence[Numbers]) -> None:
        """Customers of whom none has been added before, and which labels they have."""
        found = [self._hashes.of(customers), *masks]
        if self._limit < _HIGHEST:
            found = _only(found, found[0] <= np.uint64(self._limit))
        self._waiting.append(found)
        if sum(each[0].size for each in self._waiting) * len(masks) > self._most:
            self._drop()

    def for_another(self) -> Smallest:
        """With the same labels and hashes, and nobody added: for a process of its own."""
        return Smallest(self._labels, self._hashes)

    @property
    def kept(self) -> Kept:
        return Kept(self._waiting, self._limit)

    def take_in(self, kept: Kept) -> None:
        """Add what others kept, of other customers."""
        self._waiting += kept.waiting
        self._limit = min(self._limit, kept.limit)

    def _drop(self) -> None:
        columns, limits = self._join(), []
        is_small = np.zeros(columns[0].size, np.bool_)
        for label in range(self._labels.number + 1):
            has_label = self._has(columns, label)
            hashes = columns[0][has_label]
            smallest = smallest_of(hashes, hashes.size)
            limits.append(int(smallest[-1]) if smallest.size >= KEPT else _HIGHEST)
            is_small |= has_label & (columns[0] <= np.uint64(limits[-1]))
        self._waiting, self._limit = [_only(columns, is_small)], max(limits)
        self._most = max(_MOST, 2 * int(np.count_nonzero(is_small)) * (len(columns) - 1))

    def _join(self) -> list[Numbers]:
        columns = [np.concatenate(each) for each in zip(*self._waiting, strict=True)]
        self._waiting = [columns]
        return columns

    def _has(self, columns: Sequence[Numbers], label: int) -> Truths:
        """Who has a label; the one after the last stands for everybody."""
        if label == self._labels.number:
            return np.ones(columns[0].size, np.bool_)
        word, bit = divmod(label, WORD_BITS)
        found: Truths = columns[1 + word] & np.uint64(1 << bit) != 0
        return found

    def sketches(self, customers: Sequence[int]) -> Sketches:
        """Of all labels that anybody has. customers: how many each label has, and then how many there are."""
        if not self._waiting:
            return {}
        whole = self._join()
        cuts = [cut_of(number) for number in customers]
        rows = whole[0] <= np.uint64(max((cut for cut in cuts if cut < _HIGHEST), default=_HIGHEST))
        for label in (label for label, cut in enumerate(cuts) if cut == _HIGHEST and customers[label]):
            rows |= self._has(whole, label)
        few = _only(whole, rows)

        def smallest(label: int) -> Numbers:
            found = smallest_of(few[0][self._has(few, label)], customers[label])
            is_enough = found.size >= min(customers[label], KEPT)
            return found if is_enough else smallest_of(whole[0][self._has(whole, label)], customers[label])

        names = [*((label.dimension, label.name) for label in self._labels.all), ("all", "")]
        with ThreadPoolExecutor(THREADS) as pool:
            found = pool.map(smallest, range(len(names)))
            return {name: pack(hashes) for name, hashes in sorted(zip(names, found, strict=True)) if hashes.size}


def _only(columns: Sequence[Numbers], rows: Truths) -> list[Numbers]:
    return [column[rows] for column in columns]


def cut_of(number: int) -> int:
    """Below which the smallest of so many hashes are found, as hashes are spread evenly."""
    return int((_HIGHEST + 1) * _MARGIN * KEPT / number) if number > 2 * KEPT else _HIGHEST


def smallest_of(hashes: Numbers, number: int) -> Numbers:
    """The smallest, in order, of hashes that were so many before the largest were left out."""
    few = hashes[hashes <= np.uint64(cut_of(number))]
    return np.sort(few if few.size >= KEPT else hashes)[:KEPT]
