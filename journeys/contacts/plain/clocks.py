"""Times of one fixed form, such as 2024-02-01 10:00:00, read many at once, eight letters at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from journeys.contacts.plain.dates import DAY_BITS, FIRST_YEAR, MONTH_BITS, NO_DAY, YEARS, Times, day_table
from journeys.contacts.plain.iso_clocks import IsoClock, iso_clock
from journeys.contacts.plain.parting import Bytes, Places, Truths
from journeys.contacts.plain.words import Numbers, gather_words

_HIGH, _WHOLE = np.uint64(0x8080808080808080), np.uint64(0xFFFFFFFFFFFFFFFF)
_PARTS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:([ T])(\d\d:\d\d)(:\d\d)?)?")


@dataclass(frozen=True)
class Clock:
    """A form of times. letters: what stands where no digit does, "0" for digits. places: where each part begins."""

    letters: str
    places: dict[str, int]

    @property
    def length(self) -> int:
        return len(self.letters)

    def read(self, data: Bytes, starts: Places, *, has_dates: bool = True) -> tuple[Times, Truths]:
        """The times that begin at some places, and which of them are none: they hold anything. has_dates: whether dates
        and hours are asked for.
        """
        wrong = np.zeros(len(starts), np.uint64)
        words = gather_words(data, starts, (self.length + 7) // 8)
        pairs = [self._pairs(word, place, wrong) for place, word in enumerate(words)]
        return self._to_times(pairs, wrong & _HIGH != 0)

    def _pairs(self, word: Numbers, place: int, wrong: Numbers) -> Bytes:
        """The number that each letter and the next are together; high bits in `wrong` where there is no digit."""
        letters, allowance, mask = _template(self.letters, place)
        digits = word ^ letters
        if mask != _WHOLE:
            digits &= mask
        wrong |= digits
        room = digits + allowance
        wrong |= room
        np.multiply(digits, np.uint64(10), out=room)
        digits >>= np.uint64(8)
        room += digits
        return room.view(np.uint8).reshape(-1, 8)

    def _to_times(self, pairs: list[Bytes], wrong: Truths) -> tuple[Times, Truths]:
        def part(name: str, later: int = 0) -> Bytes:
            place = self.places[name] + later
            return pairs[place // 8][:, place % 8]

        years = part("%Y").astype(np.int64)
        years *= 100
        years += part("%Y", 2)
        years -= FIRST_YEAR
        months, days_of_month = part("%m"), part("%d")
        dates = years << MONTH_BITS
        dates += months
        dates <<= DAY_BITS
        dates += days_of_month
        days = day_table().take(dates, mode="clip")
        wrong |= days == NO_DAY
        wrong |= (months > 12) | (days_of_month > 31) | (years < 0) | (years >= YEARS)
        seconds = days.astype(np.int64) * 86_400
        hours = np.zeros(len(days), np.uint8)
        for name, unit, limit in (("%H", 3_600, 24), ("%M", 60, 60), ("%S", 1, 60)):
            if name in self.places:
                value = np.ascontiguousarray(part(name))
                wrong |= value >= limit
                seconds += np.multiply(value, unit, dtype=np.int32)
                hours = value if name == "%H" else hours
        return Times(seconds, dates, hours), wrong


AnyClock = Clock | IsoClock


@cache
def _template(letters: str, place: int) -> tuple[np.uint64, np.uint64, np.uint64]:
    """A word of the form: its letters, what may be added to each without reaching the high bit, and where it ends."""
    piece = letters[8 * place : 8 * place + 8].encode()
    allowances = bytes(0x76 if letter == ord("0") else 0x7F for letter in piece)
    mask = b"\xff" * len(piece)
    return tuple(np.uint64(int.from_bytes(each, "little")) for each in (piece, allowances, mask))  # type: ignore[return-value]


def clock_of(form: str, example: str) -> AnyClock | None:
    """The clock for a form of `times`, of which there is an example; None where its times are not all of one length."""
    if form == "iso":
        found = _ISO.fullmatch(example)
        if not found:
            return None
        form = "%Y-%m-%d" + (f"{found[2]}%H:%M" + (":%S" if found[4] else "") if found[2] else "")
    return next(
        (clock for pattern in form.split(" | ") if (clock := _clock(pattern)) and clock.length == len(example)), None
    )


def _clock(pattern: str) -> AnyClock | None:
    letters, places = "", {}
    for piece in re.findall("%.|.", pattern):
        if piece in _PARTS:
            places[piece] = len(letters)
            letters += "0" * _PARTS[piece]
        elif len(piece) == 1 and piece.isascii() and not piece.isdigit():
            letters += piece
        else:
            return None
    starts = [start for name, place in places.items() for start in range(place, place + _PARTS[name], 2)]
    is_whole = {"%Y", "%m", "%d"} <= set(places) and all(start % 8 != 7 for start in starts)
    return iso_clock(letters) or Clock(letters, places) if is_whole and len(letters) <= 24 else None
