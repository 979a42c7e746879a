"""Who had contacts where: distinct customers, exactly, or estimated from those of them who fall into a fair sample.

Customers are numbers of 64 bits, spread evenly. They are kept in batches that are in order, so that all contacts of a
share of the customers can be taken out at once and counted for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.limits import SAMPLE_CONTACTS
from journeys.contacts.plain.cells import Cells
from journeys.contacts.plain.parting import Truths
from journeys.contacts.plain.words import Numbers

_SHARE = 1 << 18  # contacts that are counted at once


class Batch(NamedTuple):
    """Contacts in the order of customers. rows: a number for all that a row says, empty where nobody asks."""

    customers: Numbers
    cells: Cells
    rows: Numbers

    def piece(self, start: int, end: int) -> Batch:
        return Batch(self.customers[start:end], self.cells[start:end], self.rows[start:end])


class Sample(NamedTuple):
    """Contacts of one customer in 2 ** halvings, each batch in the order of customers."""

    batches: list[Batch]
    halvings: int


class People:
    """Contacts of known customers. is_sample: keep a fair sample of customers."""

    def __init__(self, *, is_sample: bool = False) -> None:
        self._batches: list[Batch] = []
        self.is_sample = is_sample
        self.halvings = 0  # one customer in 2 ** halvings is kept

    def add(self, customers: Numbers, cells: Cells, rows: Numbers) -> None:
        batch = self._sampled(Batch(customers, cells, rows))
        batch = _taken(batch, in_order(batch.customers << np.uint64(self.halvings)))
        self._batches.append(batch)
        self._thin()

    @property
    def sample(self) -> Sample:
        return Sample(self._batches, self.halvings)

    def take_in(self, sample: Sample) -> None:
        """Add what others kept, who kept a sample where these do."""
        self._batches += sample.batches
        if self.halvings != sample.halvings:
            self.halvings = max(self.halvings, sample.halvings)
            self._batches = [self._sampled(each) for each in self._batches]
        self._thin()

    def _thin(self) -> None:
        while self.is_sample and self.size > SAMPLE_CONTACTS:
            self.halvings += 1
            self._batches = [self._sampled(each) for each in self._batches]

    def _sampled(self, batch: Batch) -> Batch:
        if not self.halvings:
            return batch
        return _taken(batch, np.flatnonzero(batch.customers < np.uint64(1 << 64 - self.halvings)))

    @property
    def size(self) -> int:
        """How many contacts are kept."""
        return sum(each.customers.size for each in self._batches)

    def shares(self, first: int = 0, step: int = 1) -> Iterator[Batch]:
        """All contacts, some customers at a time, each customer's together. first, step: only every so many of them."""
        self._batches = [self._sampled(each) for each in self._batches]
        bits = max(self.size // _SHARE, 1).bit_length()
        starts = np.arange(1 << bits, dtype=np.uint64) << np.uint64(64 - self.halvings - bits)
        places = [[*np.searchsorted(each.customers, starts).tolist(), each.customers.size] for each in self._batches]
        for number in range(first, 1 << bits, step):
            parts = [
                batch.piece(place[number], place[number + 1])
                for batch, place in zip(self._batches, places, strict=True)
            ]
            yield _apart(_joined(parts))


def _joined(parts: list[Batch]) -> Batch:
    """In the order of customers, as far as the upper bits tell it."""
    if len(parts) < 2:
        return parts[0] if parts else _NOBODY
    whole = Batch(*map(np.concatenate, zip(*parts, strict=True)))
    differ = int(whole.customers.max() ^ whole.customers.min()).bit_length() if whole.customers.size else 64
    return _taken(whole, in_order(whole.customers << np.uint64(64 - differ)))


def in_order(numbers: Numbers) -> NDArray[np.int64]:
    """Their places in the order of their upper bits; much faster than to sort numbers with their places."""
    bits = max(numbers.size - 1, 1).bit_length()
    low = np.uint64((1 << bits) - 1)
    packed = numbers & ~low
    packed |= np.arange(numbers.size, dtype=np.uint64)
    packed.sort()
    packed &= low
    return packed.view(np.int64)


def _taken(batch: Batch, places: NDArray[np.int64]) -> Batch:
    rows = batch.rows.take(places) if batch.rows.size else batch.rows
    return Batch(batch.customers.take(places), batch.cells.take(places), rows)


_NOBODY = Batch(np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint64))


def are_first(numbers: Numbers) -> Truths:
    """Where a number differs from the one before."""
    is_first = np.ones(numbers.size, np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=is_first[1:])
    return is_first


def _apart(batch: Batch) -> Batch:
    """With each customer's contacts together, also of customers that share the bits by which they are in order."""
    customers = batch.customers
    if (customers[1:] >= customers[:-1]).all():
        return batch
    return _taken(batch, np.argsort(customers, kind="stable"))
