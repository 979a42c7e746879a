"""Cells as numbers of eight bytes each, which are compared and mixed many at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.parting import Bytes, Places

WORD_BYTES = 8
BYTES_MAX = 64  # of a cell; longer ones make their line an unusual one
Numbers = NDArray[np.uint64]

_MASKS = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
_FACTORS = np.array(
    [int.from_bytes(hashlib.sha256(b"%d" % place).digest()[:8], "little") | 1 for place in range(12)], np.uint64
)


def read_words(data: Bytes, starts: Places, lengths: Places) -> list[Numbers]:
    """The bytes of cells of at most BYTES_MAX in words, the first byte the lowest; zeros follow the last."""
    longest = int(lengths.max(initial=0))
    count = max((min(longest, BYTES_MAX) + 7) // 8, 1)
    words = gather_words(data, starts, count)
    return [word & _MASKS.take(lengths - 8 * place, mode="clip") for place, word in enumerate(words)]


def gather_words(data: Bytes, starts: Places, count: int) -> list[Numbers]:
    """The words that follow some places."""
    kind = "<u8" if count == 1 else f"V{8 * count}"
    found = np.ndarray((data.size - 8 * count,), kind, data, strides=(1,))[starts]
    return list(found.view("<u8").reshape(-1, count).T)


def number_words(words: Sequence[Numbers]) -> Numbers:
    """A number for each cell, whatever stands beside it: different for all of up to eight bytes, and for longer ones
    but for a chance of one in 2 to the 64.
    """
    first, *others = words
    for place, word in enumerate(others):
        first = first ^ _stir(word, place)
    return mix(first)


def weigh_words(words: Sequence[Numbers]) -> Numbers:
    """Numbers of a few short texts, which are quicker to find, and differ in their highest bits."""
    first, *others = words
    weighed = first * _FACTORS[0]
    for place, word in enumerate(others, 1):
        weighed += word * _FACTORS[place]
    return weighed


def number_texts(texts: Sequence[bytes]) -> Numbers:
    """What `number_words` makes of cells, of texts."""
    return _of_texts(texts, number_words)


def weigh_texts(texts: Sequence[bytes]) -> Numbers:
    return _of_texts(texts, weigh_words)


def _of_texts(texts: Sequence[bytes], number: Callable[[Sequence[Numbers]], Numbers]) -> Numbers:
    lengths = np.array([len(text) for text in texts], np.int64)
    data = np.frombuffer(b"".join(texts) + bytes(BYTES_MAX + 8), np.uint8)
    starts = np.cumsum(lengths) - lengths
    numbers = number(read_words(data, starts, np.minimum(lengths, BYTES_MAX)))
    for place in np.flatnonzero(lengths > BYTES_MAX).tolist():
        numbers[place] = int.from_bytes(hashlib.sha256(texts[place]).digest()[:8], "little")
    return numbers


def _stir(word: Numbers, place: int) -> Numbers:
    """Zero stays zero, so that it makes no difference how many words the longest cell of a block has."""
    word = word * _FACTORS[place]
    word ^= word >> np.uint64(32)
    word *= _FACTORS[place + 1]
    return word


_FIRST, _SECOND = 0xD6E8FEB86659FD93, 0xBF58476D1CE4E5B9
_HALF = np.uint64(32)


def mix(numbers: Numbers) -> Numbers:
    """Numbers spread over all 64 bits, different ones to different ones."""
    mixed = numbers * np.uint64(_FIRST)
    mixed ^= mixed >> _HALF
    mixed *= np.uint64(_SECOND)
    mixed ^= mixed >> _HALF
    return mixed


def unmix(mixed: Numbers) -> Numbers:
    """What `mix` made them of: of cells of up to eight bytes their only word."""
    numbers = mixed ^ (mixed >> _HALF)
    numbers *= np.uint64(pow(_SECOND, -1, 1 << 64))
    numbers ^= numbers >> _HALF
    numbers *= np.uint64(pow(_FIRST, -1, 1 << 64))
    return numbers
