"""Times as 2024-02-01 10:00:00, of which logs are full, in half the steps that other forms take.

Each eight letters are made into one number, and the letters of that number looked up: where they are not the same
letters, this is no time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from journeys.contacts.plain.dates import DAY_BITS, FIRST_YEAR, NO_DAY, YEARS, Times, day_table
from journeys.contacts.plain.parting import Bytes, Places, Truths
from journeys.contacts.plain.words import Numbers, gather_words

_FORM = re.compile("0000-00-00([ T]00:00(:00)?)?")
_DAY, _HOUR = 1_440, 60  # minutes
_DAYS_MOST = 31
_NO_HOURS = np.zeros(0, np.uint8)
_TOP = 48  # where in a word the number stands when its parts are added up


@dataclass(frozen=True)
class IsoClock:
    """letters: the form, "0" where a digit stands."""

    letters: str

    @property
    def length(self) -> int:
        return len(self.letters)

    def read(self, data: Bytes, starts: Places, *, has_dates: bool = True) -> tuple[Times, Truths]:
        """The times that begin at some places, and which of them are none: they hold anything."""
        words = gather_words(data, starts, (self.length + 7) // 8)
        wrong = np.zeros(len(starts), np.bool_)
        months, minutes, *seconds = (
            piece.read(word, wrong) for piece, word in zip(_pieces(self.letters), words, strict=True)
        )
        month_starts, month_minutes = _months()
        wrong |= minutes >= month_minutes.take(months, mode="clip")
        times = minutes * 60
        times += month_starts.take(months, mode="clip")
        for each in seconds:
            times += each
        if not has_dates:
            return Times(times, months[:0], _NO_HOURS), wrong
        days, hours = _days_and_hours()
        dates = months << DAY_BITS
        dates += days.take(minutes, mode="clip")
        return Times(times, dates, hours.take(minutes, mode="clip")), wrong


def iso_clock(letters: str) -> IsoClock | None:
    return IsoClock(letters) if _FORM.fullmatch(letters) else None


@dataclass(frozen=True)
class _Piece:
    """Up to eight letters. pairs: the bytes in which a pair of digits begins; table: the letters of each number, 0 of
    those that there are not.
    """

    letters: np.uint64
    mask: np.uint64
    pairs: np.uint64
    factor: np.uint64
    base: np.uint64
    table: Numbers

    def read(self, word: Numbers, wrong: Truths) -> Places:
        word = word & self.mask
        numbers = word ^ self.letters
        tens = numbers * np.uint64(10)
        numbers >>= np.uint64(8)
        numbers += tens
        numbers &= self.pairs
        numbers *= self.factor
        numbers >>= np.uint64(_TOP)
        numbers -= self.base
        places = numbers.view(np.int64)
        wrong |= self.table.take(places, mode="clip") != word
        return places


def _make_piece(letters: str, weights: dict[int, int], parts: Sequence[Places], base: int = 0) -> _Piece:
    """weights: of the pair of digits that begins in a byte; parts: all values of each pair, alike in shape."""
    plain, numbers = int.from_bytes(letters.encode(), "little"), np.full(parts[0].shape, -base)
    words = np.full(parts[0].shape, plain, np.uint64)
    for (place, weight), values in zip(weights.items(), parts, strict=True):
        digits = values // 10 | values % 10 << 8
        words |= digits.astype(np.uint64) << np.uint64(8 * place)
        numbers += weight * values
    table = np.zeros(int(numbers.max()) + 1, np.uint64)
    table[numbers] = words
    return _Piece(
        np.uint64(plain),
        np.uint64((1 << 8 * len(letters)) - 1),
        np.uint64(sum(0xFF << 8 * place for place in weights)),
        np.uint64(sum(weight << _TOP - 8 * place for place, weight in weights.items())),
        np.uint64(base),
        table,
    )


@cache
def _pieces(letters: str) -> list[_Piece]:
    """Of a whole form: a month as years since 1900 * 16 + month; minutes since the day before it began; seconds."""
    years, months = (each.ravel() for each in np.mgrid[FIRST_YEAR : FIRST_YEAR + YEARS, 1:13])
    pieces = [
        _make_piece(letters[:8], {0: 1_600, 2: 16, 5: 1}, (years // 100, years % 100, months), FIRST_YEAR * 16),
    ]
    if len(letters) == 10:
        return [*pieces, _make_piece(letters[8:], {0: _DAY}, (np.arange(1, _DAYS_MOST + 1),))]
    times = [each.ravel() for each in np.mgrid[1 : _DAYS_MOST + 1, :24, :60]]
    pieces.append(_make_piece(letters[8:16], {0: _DAY, 3: _HOUR, 6: 1}, times))
    return [*pieces, _make_piece(letters[16:], {1: 1}, (np.arange(60),))] if letters[16:] else pieces


@cache
def _months() -> tuple[Places, Places]:
    """By month: seconds from 1970 to the day before it, and how many minutes its last day ends after that."""
    days = day_table().reshape(-1, 1 << DAY_BITS)
    return (days[:, 1].astype(np.int64) - 1) * 86_400, (1 + (days > NO_DAY).sum(axis=1)) * _DAY


@cache
def _days_and_hours() -> tuple[Bytes, Bytes]:
    """The day and the hour of each minute of a month."""
    minutes = np.arange((_DAYS_MOST + 1) * _DAY)
    return (minutes // _DAY).astype(np.uint8), (minutes % _DAY // _HOUR).astype(np.uint8)
