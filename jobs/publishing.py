"""Telling the workers that a job waits. A message is only a hint: what gets lost, the sweeper tells again."""

from __future__ import annotations

import logging

from celery import current_app
from django.conf import settings
from django.db.models.functions import Now
from django_scopes import scopes_disabled

from jobs.models import Job

log = logging.getLogger(__name__)


def publish(job: Job) -> bool:
    """Send the job's id, once and with short patience. False, with a line in the log, where the broker is away."""
    try:
        with current_app.connection_for_write(transport_options=settings.PUBLISH_TRANSPORT_OPTIONS) as connection:
            current_app.send_task(job.task_name, args=[job.pk], connection=connection, retry=False)
    except Exception as error:  # whatever the broker does, the row is safe and the request goes on
        log.warning("%s %s was not published, the sweeper will: %r", job._meta.label_lower, job.pk, error)
        return False
    with scopes_disabled():
        type(job).objects.filter(pk=job.pk).update(published_at=Now())
    return True
