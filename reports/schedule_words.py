"""A schedule's rhythm in plain words: every first Monday of the month at 08:00."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.schedule_times import Rhythm, Timing

LAST_DAY = 31
WEEKS = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    5: gettext_lazy("last"),
}


def say_timing(timing: Timing) -> str:
    """Every first Monday of the month at 08:00."""
    words = {"weekday": WEEKDAYS[timing.weekday], "day": timing.day, "hour": f"{timing.hour:02}:00"}
    if timing.rhythm == Rhythm.ROUND_CLOSED:
        return _("Each time that a round of this journey has closed and shows its results")
    if timing.rhythm == Rhythm.WEEKLY:
        return _("Every %(weekday)s at %(hour)s") % words
    is_quarterly = timing.rhythm == Rhythm.QUARTERLY
    if timing.week is not None:
        words["week"] = str(WEEKS[timing.week])
        if is_quarterly:
            return _("Every %(week)s %(weekday)s of January, April, July and October at %(hour)s") % words
        return _("Every %(week)s %(weekday)s of the month at %(hour)s") % words
    if timing.day >= LAST_DAY:
        if is_quarterly:
            return _("On the last day of January, April, July and October at %(hour)s") % words
        return _("On the last day of every month at %(hour)s") % words
    if is_quarterly:
        return _("On day %(day)s of January, April, July and October at %(hour)s") % words
    return _("On day %(day)s of every month at %(hour)s") % words


def say_day(at: datetime, zone: ZoneInfo) -> str:
    """Monday 1 December 2026."""
    local = at.astimezone(zone)
    return f"{date_format(local, 'l')} {date_format(local, 'DATE_FORMAT')}"
