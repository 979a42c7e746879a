"""Whether a map still says what is so: when it was last changed or looked through, and whether its review is late."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from journeys.models import Journey

UNTOUCHED_AFTER = timedelta(days=90)


def last_touched(changed_at: datetime, checked_at: datetime | None) -> datetime:
    """The later of the last change and the last look through."""
    return max(changed_at, checked_at or changed_at)


def is_untouched(changed_at: datetime, checked_at: datetime | None, now: datetime) -> bool:
    """Whether nobody changed or checked a map for 90 days."""
    return now - last_touched(changed_at, checked_at) >= UNTOUCHED_AFTER


def days_untouched(journey: Journey) -> int | None:
    """Whole days since anybody touched a journey, from 90 on; None before, and for an archived one."""
    now = timezone.now()
    if journey.archived_at or not is_untouched(journey.changed_at, journey.checked_at, now):
        return None
    return (now - last_touched(journey.changed_at, journey.checked_at)).days


def is_review_overdue(journey: Journey) -> bool:
    """Whether the day of a journey's next review is over; never for an archived one."""
    return journey.review_on is not None and not journey.archived_at and journey.review_on < timezone.localdate()


def check_journey(journey: Journey, user: User) -> None:
    """Note that somebody looked through a map and found it right. It changes nothing else, so no version is made."""
    Journey.objects.filter(pk=journey.pk).update(checked_at=timezone.now(), checked_by=user)
