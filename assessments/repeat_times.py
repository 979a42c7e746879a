"""When the next of a repeating round opens and closes, and what it is called."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from assessments.choices import Repeats
from assessments.local_times import months_later
from assessments.models import Round
from journeys.limits import TITLE_MAX

MONTHS = {Repeats.MONTHLY.value: 1, Repeats.QUARTERLY.value: 3}


class Times(NamedTuple):
    """When the next one opens and closes."""

    opens_at: datetime
    closes_at: datetime


def next_times(row: Round, now: datetime, zone: ZoneInfo) -> Times:
    """The same local times some months later, in the future and after the end of this one."""
    step = months = MONTHS[row.repeats]
    begin, day = begin_of(row), row.opens_day
    earliest = max(now, row.closes_at or now)
    while (opens_at := months_later(begin, months, zone, day)) < earliest:
        months += step
    if row.closes_at is None:
        return Times(opens_at, months_later(begin, months + step, zone, day))
    closes_at = months_later(row.closes_at, months, zone, row.closes_day)
    if closes_at <= opens_at:
        closes_at = opens_at + max(row.closes_at - begin, timedelta(hours=1))
    return Times(opens_at, closes_at)


def next_title(row: Round, times: Times, zone: ZoneInfo) -> str:
    """The month in the title goes on with the rounds; where there is none, it is put behind."""
    old, new = (date_format(at.astimezone(zone), "F Y") for at in (begin_of(row), times.opens_at))
    if old in row.title:
        return row.title.replace(old, new)[:TITLE_MAX]
    return f"{row.title[: TITLE_MAX - len(new) - 2]}, {new}"


def begin_of(row: Round) -> datetime:
    if row.opens_at:
        return row.opens_at
    assert row.opened_at is not None  # noqa: S101  # it has opened, by hand: the next one opens on the full hour
    return row.opened_at.replace(minute=0, second=0, microsecond=0)
