"""Which days several files of one log cover: between two files may lie months of which nobody has a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from journeys.contacts.year import DAYS_OF_A_YEAR, Scaling, scale

GAP_DAYS = 28  # so many days without any contact count as not covered


def stretches_of(days: Mapping[str, int]) -> list[tuple[date, date]]:
    """First and last day of each stretch that is covered, in order. days: 2024-02-01 to how many contacts."""
    found: list[tuple[date, date]] = []
    for day in sorted(date.fromisoformat(day) for day in days):
        if found and (day - found[-1][1]).days <= GAP_DAYS:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def scale_covered(days: Mapping[str, int]) -> Scaling | None:
    """As `year.scale`, but days in gaps of four weeks and more count as days of which there is no file."""
    stretches = stretches_of(days)
    if len(stretches) < 2:
        return scale(days)
    dates = [0] * 7
    for first, last in stretches:
        span = (last - first).days + 1
        for offset in range(min(span, 7)):
            dates[(first + timedelta(offset)).weekday()] += (span - offset + 6) // 7
    way = "weekdays" if all(dates) or sum(dates) >= DAYS_OF_A_YEAR else "days_seen"
    begin, end = stretches[0][0].isoformat(), stretches[-1][1].isoformat()
    return Scaling(way, begin, end, sum(dates), len(days), tuple(dates))
