"""Dates and times as arrays of numbers. A month is years since 1900 * 16 + month, a date a month * 32 + day."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.parting import Bytes, Places, without

FIRST_YEAR, YEARS = 1900, 200
DAY_BITS, MONTH_BITS = 5, 4
DATES = YEARS << MONTH_BITS + DAY_BITS
NO_DAY = -(1 << 20)


class Times(NamedTuple):
    """Times as the clock shows them. seconds: since 1970; hours: of the day. Dates and hours may not be there."""

    seconds: Places
    dates: Places
    hours: Bytes

    def without(self, rows: Places) -> Times:
        return Times(*(without(each, rows) for each in self))  # type: ignore[arg-type]

    @property
    def months(self) -> Places:
        """What `month_of` names."""
        return self.dates >> DAY_BITS

    @property
    def week_hours(self) -> Places:
        """From Monday 0:00."""
        hours = _weekdays().take(self.dates, mode="clip")
        hours += self.hours
        return hours


@cache
def day_table() -> NDArray[np.int32]:
    """The day since 1970 of each date, NO_DAY where there is none."""
    table = np.full(DATES, NO_DAY, np.int32)
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
    return (day_table().astype(np.int64) + 3) % 7 * 24


def date_of(date: int) -> str:
    """2024-02-01."""
    return f"{month_of(date >> DAY_BITS)}-{date & (1 << DAY_BITS) - 1:02}"


def month_of(month: int) -> str:
    """2024-02."""
    return f"{FIRST_YEAR + (month >> MONTH_BITS):04}-{month & (1 << MONTH_BITS) - 1:02}"


def month_number(name: str) -> int:
    year, month = map(int, name.split("-"))
    return (year - FIRST_YEAR << MONTH_BITS) + month
