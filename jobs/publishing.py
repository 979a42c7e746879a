"""Telling the workers that a job waits, and writing down that they were told."""

from __future__ import annotations

from django.db.models.functions import Now
from django_scopes import scopes_disabled

from accounts.hints import send_hint
from jobs.models import Job


def publish(job: Job) -> bool:
    """Send the job's id. False where the broker is away: the row waits for the sweeper.

    Written down first: a worker may have the message before we would come to write.
    """
    with scopes_disabled():
        row = type(job).objects.filter(pk=job.pk)
        row.update(published_at=Now())
        if send_hint(job.task_name, job.pk):
            return True
        row.update(published_at=None)
    return False
