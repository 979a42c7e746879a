"""Sketches of the customers of every label, as `sketches` describes them, without a look at most of the customers."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np

from journeys.contacts.plain.cells import WORD_BITS, Label, Labels
from journeys.contacts.plain.keyed import hash_numbers
from journeys.contacts.plain.words import Numbers
from journeys.contacts.sketches import KEPT, Sketches, pack

_ALL = (1 << 64) - 1
_MOST = 3 * KEPT  # hashes of a label that wait until all but the smallest are dropped


class Smallest:
    """The smallest hashes of each label. Threads may add at the same time."""

    def __init__(self, labels: Labels, key: str) -> None:
        self._labels, self._key, self._lock = [*labels.all, Label("all", "")], key, Lock()
        self._found: list[list[Numbers]] = [[] for _label in self._labels]
        self._limits = [_ALL] * len(self._labels)  # no hash above is among the smallest

    def add(self, customers: Numbers, masks: Sequence[Numbers]) -> None:
        """Customers of whom none has been added before, and which labels they have, as `Labels.bits` tells it."""
        hashes = hash_numbers(customers, self._key)
        if (limit := max(self._limits)) < _ALL:
            places = np.flatnonzero(hashes <= np.uint64(limit))
            hashes, masks = hashes[places], [mask[places] for mask in masks]
        self._add_to(len(self._labels) - 1, hashes)
        for label in range(len(self._labels) - 1):
            word, bit = divmod(label, WORD_BITS)
            self._add_to(label, hashes[masks[word] & np.uint64(1 << bit) != 0])

    def _add_to(self, label: int, hashes: Numbers) -> None:
        if self._limits[label] < _ALL:
            hashes = hashes[hashes <= np.uint64(self._limits[label])]
        with self._lock:
            found = self._found[label]
            found.append(hashes)
            if sum(each.size for each in found) > _MOST:
                smallest = np.partition(np.concatenate(found), KEPT - 1)[:KEPT]
                self._found[label], self._limits[label] = [smallest], int(smallest[-1])

    def sketches(self) -> Sketches:
        """Of all labels that anybody has."""
        found = {(label.dimension, label.name): self._found[place] for place, label in enumerate(self._labels)}
        whole = {label: np.concatenate(each) for label, each in sorted(found.items()) if each}
        return {label: pack(hashes) for label, hashes in whole.items() if hashes.size}
