"""Names of touchpoints or channels as small numbers, learned as they are met."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.parting import Truths
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.plain.words import BYTES_MAX, Numbers, weigh_texts, weigh_words

_BITS_MOST = 20
Codes = NDArray[np.int64]


class Names:
    """Codes from 0 on. Threads may look names up at the same time.

    most: how many names there may be. strange: names whose lines are unusual ones.
    """

    def __init__(self, most: int, strange: Sequence[str] = ()) -> None:
        self._lock, self._most = Lock(), most
        self._strange = [_weigh(name) for name in strange]
        self._texts: list[str] = []
        self._numbers: dict[int, int] = {}
        self._table = _Table([])

    @property
    def texts(self) -> list[str]:
        """The names by code."""
        return self._texts

    def code(self, text: str) -> int:
        """The code of one name."""
        return int(self._learn([(int(_weigh(text)), text)])[0])

    def look_up(self, words: list[Numbers], lengths: NDArray[np.int64]) -> tuple[Codes, Truths]:
        """The codes of cells, and which of them are unusual: too long, or names that have to be judged."""
        numbers = weigh_words(words)
        wrong = lengths > BYTES_MAX
        for strange in self._strange:
            wrong |= numbers == strange
        codes, is_unknown = self._table.find(numbers)
        is_unknown &= ~wrong
        if is_unknown.any():
            self._learn_from(numbers, words, lengths, np.flatnonzero(is_unknown))
            codes, _ = self._table.find(numbers)
        return codes, wrong

    def _learn_from(
        self, numbers: Numbers, words: list[Numbers], lengths: NDArray[np.int64], rows: NDArray[np.int64]
    ) -> None:
        _each, firsts = np.unique(numbers[rows], return_index=True)
        found = []
        for row in rows[firsts].tolist():
            text = b"".join(int(word[row]).to_bytes(8, "little") for word in words)[: int(lengths[row])]
            found.append((int(numbers[row]), text.decode()))
        self._learn(found)

    def _learn(self, found: list[tuple[int, str]]) -> list[int]:
        with self._lock:
            for number, text in found:
                if number not in self._numbers:
                    self._numbers[number] = len(self._texts)
                    self._texts.append(text)
            if len(self._texts) > self._most:
                raise Unfit("too many names")
            if self._table.size != len(self._texts):
                self._table = _Table(list(self._numbers))
            return [self._numbers[number] for number, _text in found]


def _weigh(text: str) -> np.uint64:
    """The number by which a name is known, of a name of any length."""
    return weigh_texts([text.encode()])[0]


class _Table:
    """Numbers by their highest bits: so many bits that no two of them are alike."""

    def __init__(self, numbers: list[int]) -> None:
        self.size = len(numbers)
        bits = next((bits for bits in range(8, _BITS_MOST + 1) if _are_distinct(numbers, bits)), 0)
        if not bits:
            raise Unfit("too many names")
        self._shift = np.uint64(64 - bits)
        self._codes = np.zeros(1 << bits, np.int64)
        self._known = np.zeros(max(self.size, 1), np.uint64)
        for code, number in enumerate(numbers):
            self._codes[number >> 64 - bits] = code
            self._known[code] = number

    def find(self, numbers: Numbers) -> tuple[Codes, Truths]:
        """Their codes, and which are not known."""
        codes = self._codes.take((numbers >> self._shift).view(np.int64), mode="clip")
        is_unknown = self._known.take(codes, mode="clip") != numbers
        return codes, is_unknown if self.size else np.ones(len(numbers), np.bool_)


def _are_distinct(numbers: list[int], bits: int) -> bool:
    return len({number >> 64 - bits for number in numbers}) == len(numbers)
