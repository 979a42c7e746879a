"""Contacts by month as a small line, and by hour of the week as shades. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120, 28, 3
SHADES = 5
DAYS, HOURS = 7, 24


@dataclass(frozen=True, slots=True)
class Line:
    """A drawing of WIDTH x HEIGHT units: a month each from left to right, none of it at the lower edge."""

    path: str
    x: float
    y: float
    width: int = WIDTH
    height: int = HEIGHT


def months_between(first: str, last: str) -> list[str]:
    """2024-11, 2024-12, 2025-01: every month from the first to the last."""
    begin, end = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1)]


def draw_line(months: Sequence[str], counts: Mapping[str, int]) -> Line:
    """x, y: where the last month is, for a dot."""
    most = max(counts.values(), default=0) or 1
    step = (WIDTH - 2 * MARGIN) / max(len(months) - 1, 1)
    points = [
        (
            round(MARGIN + place * step, 1),
            round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * counts.get(month, 0) / most, 1),
        )
        for place, month in enumerate(months)
    ]
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    return Line(path, *points[-1])


@dataclass(frozen=True, slots=True)
class Hour:
    """Contacts in one hour of the week. shade: 0 for none, up to SHADES for the most."""

    contacts: int
    shade: int


def hours_between(hours: Sequence[int]) -> range:
    """The hours of a day from the first to the last in which there is a contact on any day."""
    seen = [place % HOURS for place, number in enumerate(hours) if number]
    return range(min(seen, default=0), max(seen, default=HOURS - 1) + 1)


def shade_week(hours: Sequence[int]) -> list[list[Hour]]:
    """A list of 24 hours for each day, Monday first."""
    most = max(hours, default=0) or 1
    shaded = [Hour(number, -(-SHADES * number // most)) for number in hours]
    return [shaded[day * HOURS : (day + 1) * HOURS] for day in range(DAYS)]
