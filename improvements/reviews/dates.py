"""When a journey is reviewed next. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SATURDAY = 5


class ReviewEvery(TextChoices):
    """How often those who answer for a journey meet about it."""

    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half year")


MONTHS = {ReviewEvery.MONTHLY: 1, ReviewEvery.QUARTERLY: 3, ReviewEvery.HALF_YEARLY: 6}


def next_review(due_on: date, held_on: date, rhythm: str, day: int) -> date:
    """The first day of the rhythm after a review: counted from the day on which it was due, never before it was held.

    day: of the month, 1 to 31; a short month gives its last, and a weekend the Monday after it.
    """
    step = MONTHS[ReviewEvery(rhythm)]
    months = due_on.year * 12 + due_on.month - 1 - _is_moved_on(due_on, day)
    while True:
        months += step
        found = workday(_day_in(months // 12, months % 12 + 1, day))
        if found > held_on:
            return found


def _is_moved_on(due_on: date, day: int) -> bool:
    """Whether a day at the end of a month went into the next one, because it lay in a weekend."""
    return due_on.day <= 2 and day >= 28  # a weekend is two days, the shortest month has 28


def workday(day: date) -> date:
    """The day itself, or the Monday after it where it lies in a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _day_in(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
