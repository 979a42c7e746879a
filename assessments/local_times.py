"""Times as people of an organisation write them: local, without the hours that a change of clocks leaves out."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2100


class LocalTimeField(forms.DateTimeField):
    """A `datetime-local` input. An hour that comes twice is the first of the two; one that never comes is refused."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "invalid": _("Write day and time such as 2026-11-30 18:00."),
        "far": _("Choose a day from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
        "gap": _("The clocks go forward on this day, so this hour does not come. Choose a later one."),
    }

    def to_python(self, value: Any) -> datetime | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            local = parse_datetime(typed)
        except ValueError:
            local = None
        if local is None or local.tzinfo:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["far"], code="far")
        moment = local.replace(tzinfo=timezone.get_current_timezone())
        if moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != local:
            raise ValidationError(self.error_messages["gap"], code="gap")
        return moment


def months_later(moment: datetime, months: int, zone: ZoneInfo, day: int | None = None) -> datetime:
    """The same local time on a day of a later month, at most that month's last. day: as in `moment` where None."""
    local = moment.astimezone(zone)
    years, month = divmod(local.month - 1 + months, 12)
    year = local.year + years
    last = monthrange(year, month + 1)[1]
    shifted = local.replace(year=year, month=month + 1, day=min(day or local.day, last), fold=0)
    return shifted.astimezone(UTC)


def reminder_at(closes_at: datetime | None, days: int | None) -> datetime | None:
    """So many days before the end; None where nothing is planned, or that is over."""
    if closes_at is None or days is None:
        return None
    due = closes_at - timedelta(days=days)
    return due if due > timezone.now() else None
