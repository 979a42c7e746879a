"""When a schedule is due: local times of the organisation's zone, whatever its clocks do. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LAST_WEEK = 5
MONTHS_A_STEP = {"monthly": 1, "quarterly": 3}


class Rhythm(TextChoices):
    """How often. A quarter begins in January, April, July and October."""

    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    ROUND_CLOSED = "round_closed", _("When a round closes")


@dataclass(frozen=True, slots=True)
class Timing:
    """weekday: 0 for Monday; week: which of that weekday in a month, 5 for the last, or None; day: of the month where
    `week` is None, at most its last; hour: 0 to 23."""

    rhythm: str
    weekday: int = 0
    week: int | None = None
    day: int = 1
    hour: int = 8


def next_time(timing: Timing, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first due time after a moment, in UTC; None where a round's end decides.

    An hour that clocks leave out is the one after it; one that comes twice is the first.
    """
    if timing.rhythm == Rhythm.ROUND_CLOSED:
        return None
    return next(at for at in _times(timing, after, zone) if at > after)


def times_until(timing: Timing, first: datetime, until: datetime, zone: ZoneInfo) -> int:
    """How many due times lie from `first` on and not after `until`."""
    if timing.rhythm == Rhythm.ROUND_CLOSED:
        return 0
    return sum(at >= first for at in takewhile(lambda at: at <= until, _times(timing, first, zone)))


def _times(timing: Timing, begin: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Due times in order, the first at `begin` or somewhat before it."""
    for day in _days(timing, begin.astimezone(zone).date()):
        yield datetime(day.year, day.month, day.day, timing.hour, tzinfo=zone).astimezone(UTC)


def _days(timing: Timing, begin: date) -> Iterator[date]:
    if timing.rhythm == Rhythm.WEEKLY:
        day = begin - timedelta(days=(begin.weekday() - timing.weekday) % 7)
        while True:
            yield day
            day += timedelta(days=7)
    step = MONTHS_A_STEP[timing.rhythm]
    months = begin.year * 12 + begin.month - 1
    months -= months % step
    while True:
        yield _day_in(timing, months // 12, months % 12 + 1)
        months += step


def _day_in(timing: Timing, year: int, month: int) -> date:
    begins_on, length = monthrange(year, month)
    if timing.week is None:
        return date(year, month, min(timing.day, length))
    first = 1 + (timing.weekday - begins_on) % 7
    fits = range(first, length + 1, 7)
    return date(year, month, fits[min(timing.week, len(fits)) - 1] if timing.week < LAST_WEEK else fits[-1])
