"""How far the clocks of a zone are from UTC on each day, where that is the same all day."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.dates import DATES, FIRST_YEAR, YEARS, Times
from journeys.contacts.plain.parting import Places, Truths
from journeys.contacts.times_sql import is_plain_zone

_MIXED, _MISSING = 1 << 30, 1 << 29


class Offsets:
    """The offsets of one zone, found year by year as they are asked for."""

    def __init__(self, zone: str) -> None:
        self._zone = None if is_plain_zone(zone) else ZoneInfo(zone)
        self._seconds = np.full(DATES, _MISSING, np.int32)

    @property
    def vary(self) -> bool:
        """Whether clocks are ever changed."""
        return self._zone is not None

    def are_apart(self, start: Times, end: Times | None, is_timed: Truths) -> Truths | None:
        """Contacts on days on which clocks are changed, or between such days; None where clocks never are.

        is_timed: those that have an end.
        """
        if not self._zone:
            return None
        first = self._of(start.dates)
        wrong: Truths = first == _MIXED
        return wrong if end is None else wrong | (is_timed & (self._of(end.dates) != first))

    def _of(self, dates: Places) -> NDArray[np.int32]:
        found = self._seconds.take(dates, mode="clip")
        missing = [year for year in np.unique(dates[found == _MISSING] >> 9).tolist() if 0 <= year < YEARS]
        for year in missing:
            self._add_year(year)
        return self._seconds.take(dates, mode="clip") if missing else found

    def _add_year(self, year: int) -> None:
        day = datetime(FIRST_YEAR + year, 1, 1)  # noqa: DTZ001
        table = np.full(1 << 9, _MIXED, np.int32)
        while day.year == FIRST_YEAR + year:
            table[(day.month << 5) + day.day] = self._of_day(day)
            day += timedelta(1)
        self._seconds[year << 9 : year + 1 << 9] = table

    def _of_day(self, day: datetime) -> int:
        times = [day + timedelta(minutes=30 * half) for half in range(48)]
        found = {time.replace(tzinfo=self._zone, fold=fold).utcoffset() for time in times for fold in (0, 1)}
        (offset,) = found if len(found) == 1 else (None,)
        return _MIXED if offset is None else int(offset.total_seconds())
