"""Telling the workers that something waits. A hint is never the truth: what gets lost, the sweeper tells again."""

from __future__ import annotations

import logging
from typing import Any

from celery import current_app
from django.conf import settings

log = logging.getLogger(__name__)


def send_hint(task_name: str, *args: Any) -> bool:
    """Send a task, once and with short patience. False, with a line in the log, where the broker is away."""
    try:
        with current_app.connection_for_write(transport_options=settings.PUBLISH_TRANSPORT_OPTIONS) as connection:
            current_app.send_task(task_name, args=list(args), connection=connection, retry=False)
    except Exception as error:  # whatever the broker does, the row is safe and the request goes on
        log.warning("%s%s was not sent, the sweeper will: %r", task_name, args, error)
        return False
    return True
