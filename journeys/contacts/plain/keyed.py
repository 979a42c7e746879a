"""Customers' keyed hashes, as `customers.hash_sql` makes them, out of the numbers that stand for customers here.

The number of an id of up to eight bytes tells the id. Longer ids are hashed when they are read, and most of them once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import numpy as np

from journeys.contacts.plain.parting import Places
from journeys.contacts.plain.words import WORD_BYTES, Numbers, unmix

Noted = list[tuple[Numbers, Numbers]]  # numbers and their hashes
_LEAST_BITS, _MOST_BITS = 16, 24


def hash_texts(ids: Iterable[bytes], key: str) -> Numbers:
    start = hashlib.sha256(key.encode())

    def digest(text: bytes) -> bytes:
        one = start.copy()
        one.update(text)
        return one.digest()

    digests = np.frombuffer(b"".join(map(digest, ids)), ">u8")
    return digests[:: start.digest_size // WORD_BYTES].astype(np.uint64)


class Hashes:
    """The hashes of customers."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._seen = np.zeros(1 << _LEAST_BITS, np.uint64)  # by the lowest bits; has most of what was noted
        self._noted: Noted = [(np.zeros(0, np.uint64), np.zeros(0, np.uint64))]  # of long ids

    @property
    def noted(self) -> Noted:
        return self._noted

    def for_another(self) -> Hashes:
        """With the same key; nothing is noted yet."""
        return Hashes(self._key)

    def take_in(self, noted: Noted) -> None:
        """Add what others noted, with the same key."""
        self._noted += noted

    def note(self, numbers: Numbers, lengths: Places, id_at: Callable[[int], bytes]) -> None:
        """Ids that are going to be asked for. lengths: in bytes; id_at: the id at some place."""
        places = np.flatnonzero(lengths > WORD_BYTES)
        if not places.size:
            return
        numbers = numbers[places]
        is_new = self._seen[numbers & np.uint64(self._seen.size - 1)] != numbers
        numbers, firsts = np.unique(numbers[is_new], return_index=True)
        hashes = hash_texts(map(id_at, places[is_new][firsts].tolist()), self._key)
        self._noted.append((numbers, hashes))
        self._seen[numbers & np.uint64(self._seen.size - 1)] = numbers
        if sum(each.size for each, _hashes in self._noted) > 2 * self._noted[0][0].size + self._seen.size:
            self._join()

    def _join(self) -> None:
        numbers, hashes = map(np.concatenate, zip(*self._noted, strict=True))
        numbers, firsts = np.unique(numbers, return_index=True)
        self._noted = [(numbers, hashes[firsts])]
        bits = min(numbers.size.bit_length() + 1, _MOST_BITS)
        if 1 << bits > self._seen.size:
            seen = np.zeros(1 << bits, np.uint64)
            seen[numbers & np.uint64(seen.size - 1)] = numbers
            self._seen = seen

    def of(self, numbers: Numbers) -> Numbers:
        if len(self._noted) > 1:
            self._join()
        ((long, hashes),) = self._noted
        if not long.size:
            return self._of_short(numbers)
        places = np.searchsorted(long, numbers)
        is_long = long.take(places, mode="clip") == numbers
        found = np.empty(numbers.size, np.uint64)
        found[is_long] = hashes[places[is_long]]
        found[~is_long] = self._of_short(numbers[~is_long])
        return found

    def _of_short(self, numbers: Numbers) -> Numbers:
        return hash_texts(unmix(numbers).astype("<u8").view(f"S{WORD_BYTES}").tolist(), self._key)
