"""Contacts a year, from a log that covers less or more than one. Work on weekdays alone is not given weekends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_OF_A_YEAR = 365.2425
WEEKS_OF_A_YEAR = DAYS_OF_A_YEAR / 7


@dataclass(frozen=True)
class Scaling:
    """How contacts of a log become contacts of a year. dates: how many dates of each weekday the log spans.

    way: "whole_years" (365 or 366 days and their multiples: by the number of years), "weekdays" (each weekday by
    the weeks of a year), "days_seen" (less than a week: as if weekdays that the log does not span had no contact).
    """

    way: str
    first: str
    last: str
    days: int
    days_with_contacts: int
    dates: tuple[int, ...]

    def per_year(self, by_weekday: list[int]) -> float:
        """Contacts a year out of contacts by weekday, Monday first."""
        if self.way == "whole_years":
            return sum(by_weekday) / round(self.days / DAYS_OF_A_YEAR)
        return sum(
            number / dates * WEEKS_OF_A_YEAR for number, dates in zip(by_weekday, self.dates, strict=True) if dates
        )


def scale(days: Mapping[str, int]) -> Scaling | None:
    """How to scale a log with contacts on these days (2024-02-01: how many); None for no contact."""
    if not days:
        return None
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    span = (last - first).days + 1
    weekdays = [(first + timedelta(offset)).weekday() for offset in range(min(span, 7))]
    dates = [0] * 7
    for offset, weekday in enumerate(weekdays):
        dates[weekday] = (span - offset + 6) // 7
    years = round(span / DAYS_OF_A_YEAR)
    way = (
        "whole_years" if years and abs(span - years * DAYS_OF_A_YEAR) < 1 else "weekdays" if span >= 7 else "days_seen"
    )
    return Scaling(way, first.isoformat(), last.isoformat(), span, len(days), tuple(dates))
