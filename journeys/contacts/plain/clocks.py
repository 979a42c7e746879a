"""Times of one fixed form, such as 2024-02-01 10:00:00, read many at once, eight letters at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.parting import Bytes, Places, Truths, without
from journeys.contacts.plain.words import Numbers

FIRST_YEAR, YEARS = 1900, 200
NO_DAY = -(1 << 20)
_HIGH, _WHOLE = np.uint64(0x8080808080808080), np.uint64(0xFFFFFFFFFFFFFFFF)
_PARTS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:([ T])(\d\d:\d\d)(:\d\d)?)?")
Small = NDArray[np.int32]


class Times(NamedTuple):
    """Times as the clock shows them. seconds: since 1970; days: since 1970; dates: years since 1900 * 512 + month * 32
    + day; hours: of the day.
    """

    seconds: Places
    days: Small
    dates: Small
    hours: Bytes

    def without(self, rows: Places) -> Times:
        return Times(*(without(each, rows) for each in self))  # type: ignore[arg-type]

    @property
    def months(self) -> Places:
        """What `month_of` names."""
        return (self.dates >> 5).astype(np.int64)

    @property
    def week_hours(self) -> Places:
        """From Monday 0:00."""
        return _weekdays().take(self.dates, mode="clip") + self.hours


@dataclass(frozen=True)
class Clock:
    """A form of times. letters: what stands where no digit does, "0" for digits. places: where each part begins."""

    letters: str
    places: dict[str, int]

    @property
    def length(self) -> int:
        return len(self.letters)

    def read(self, data: Bytes, starts: Places) -> tuple[Times, Truths]:
        """The times that begin at some places, and which of them are none: they hold anything."""
        count = (self.length + 7) // 8
        at_all = np.ndarray((data.size - 8 * count,), f"V{8 * count}", data, strides=(1,))
        table = at_all[starts].view("<u8").reshape(-1, count)
        wrong = np.zeros(len(table), np.uint64)
        pairs = [self._pairs(table[:, place], place, wrong) for place in range(count)]
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

        years = part("%Y").astype(np.int32)
        years *= 100
        years += part("%Y", 2)
        years -= FIRST_YEAR
        months, days_of_month = part("%m"), part("%d")
        dates = years << 9
        dates |= months.astype(np.int32) << 5
        dates += days_of_month
        days = _days().take(dates, mode="clip")
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
        return Times(seconds, days, dates, hours), wrong


@cache
def _template(letters: str, place: int) -> tuple[np.uint64, np.uint64, np.uint64]:
    """A word of the form: its letters, what may be added to each without reaching the high bit, and where it ends."""
    piece = letters[8 * place : 8 * place + 8].encode()
    allowances = bytes(0x76 if letter == ord("0") else 0x7F for letter in piece)
    mask = b"\xff" * len(piece)
    return tuple(np.uint64(int.from_bytes(each, "little")) for each in (piece, allowances, mask))  # type: ignore[return-value]


def clock_of(form: str, example: str) -> Clock | None:
    """The clock for a form of `times`, of which there is an example; None where its times are not all of one length."""
    if form == "iso":
        found = _ISO.fullmatch(example)
        if not found:
            return None
        form = "%Y-%m-%d" + (f"{found[2]}%H:%M" + (":%S" if found[4] else "") if found[2] else "")
    return next(
        (clock for pattern in form.split(" | ") if (clock := _clock(pattern)) and clock.length == len(example)), None
    )


def _clock(pattern: str) -> Clock | None:
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
    return Clock(letters, places) if is_whole and len(letters) <= 24 else None


@cache
def _days() -> Small:
    """The day since 1970 of each date, NO_DAY where there is none."""
    table = np.full(YEARS << 9, NO_DAY, np.int32)
    days = np.arange(f"{FIRST_YEAR}-01-01", f"{FIRST_YEAR + YEARS}-01-01", dtype="datetime64[D]")
    months = days.astype("datetime64[M]")
    month_numbers = months.astype(np.int64) + 12 * (1970 - FIRST_YEAR)
    table[(month_numbers // 12 << 9) + (month_numbers % 12 + 1 << 5) + (days - months).astype(np.int64) + 1] = (
        days.astype(np.int64)
    )
    return table


@cache
def _weekdays() -> NDArray[np.int64]:
    """The hour of the week at which each date begins."""
    return (_days().astype(np.int64) + 3) % 7 * 24


def month_of(month: int) -> str:
    """2024-02."""
    return f"{FIRST_YEAR + (month >> 4):04}-{month & 15:02}"


def month_number(name: str) -> int:
    year, month = map(int, name.split("-"))
    return (year - FIRST_YEAR << 4) + month
