"""Names of touchpoints or channels as small numbers, learned as they are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.apart import SharedTexts
from journeys.contacts.plain.parting import Truths
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.plain.words import BYTES_MAX, Numbers, weigh_texts, weigh_words

_BITS_MOST = 20
_NAME_BYTES = 1_024  # of a name on average, at most
Codes = NDArray[np.int64]


class Names:
    """Codes from 0 on, the same in this process and its forks. Threads may look names up at the same time.

    most: how many names there may be. strange: names whose lines are unusual ones.
    """

    def __init__(self, most: int, strange: Sequence[str] = ()) -> None:
        self._lock, self._most = Lock(), most
        self._strange = [_weigh(name) for name in strange]
        self._shared = SharedTexts(most * _NAME_BYTES)
        self._codes: dict[str, int] = {}
        self._numbers: list[int] = []
        self._table = _Table([])

    @property
    def texts(self) -> list[str]:
        """The names by code, of those that are known here by now."""
        self._learn([])
        return list(self._codes)

    def code(self, text: str) -> int:
        """The code of one name."""
        if text not in self._codes:
            self._learn([text])
        return self._codes[text]

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
        self._learn(
            b"".join(int(word[row]).to_bytes(8, "little") for word in words)[: int(lengths[row])].decode()
            for row in rows[firsts].tolist()
        )

    def _learn(self, texts: Iterable[str]) -> None:
        """What other processes have learned, too."""
        with self._lock, self._shared.held():
            self._know(self._shared.news())
            new = [text for text in texts if text not in self._codes]
            if len(self._codes) + len(new) > self._most:
                raise Unfit("too many names")
            self._share(new)
            self._know(new)
            if self._table.size != len(self._codes):
                self._table = _Table(self._numbers)

    def _share(self, texts: Sequence[str]) -> None:
        try:
            for text in texts:
                self._shared.add(text)
        except ValueError:
            raise Unfit("names are too long") from None

    def _know(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._codes[text] = len(self._codes)
            self._numbers.append(int(_weigh(text)))


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
