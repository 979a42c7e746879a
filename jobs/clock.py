"""Time as the database tells it, so that hosts whose clocks differ agree on every lease."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, Value
from django.db.models.functions import Now


def now_plus(seconds: float) -> ExpressionWrapper:
    """The database's time in so many seconds; negative for the past."""
    span = Value(timedelta(seconds=seconds), output_field=DurationField())
    return ExpressionWrapper(Now() + span, output_field=DateTimeField())
