"""Whether this installation can do its work: database, broker, sweeper."""

from __future__ import annotations

import os
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from jobs.models import SweeperRun

SWEEPER_SILENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Check:
    """One part's state, in words without secrets."""

    is_ok: bool
    words: str


def check_all() -> dict[str, Check]:
    """Every check by name. A dead part costs about a second, never an exception."""
    return {"database": check_database(), "broker": check_broker(), "sweeper": check_sweeper()}


def check_database() -> Check:
    """One trivial query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Check(False, "does not answer")
    return Check(True, "answers")


def check_broker() -> Check:
    """A connection with short patience; for the broker made of files, a folder one can write to."""
    if not settings.REDIS_URL:
        is_open = os.access(settings.BROKER_DIR / "queue", os.W_OK | os.X_OK)
        return Check(is_open, "folder is writable" if is_open else "folder is not writable")
    try:
        with current_app.connection_for_write(transport_options=settings.PUBLISH_TRANSPORT_OPTIONS) as broker:
            broker.ensure_connection(max_retries=0, timeout=1)
    except Exception:  # a broker fails in as many ways as there are client libraries
        return Check(False, "does not answer")
    return Check(True, "answers")


def check_sweeper() -> Check:
    """It leaves a row each time it has been by; five minutes of silence are too long."""
    try:
        run = SweeperRun.objects.first()
    except DatabaseError:
        return Check(False, "unknown, the database does not answer")
    if run is None:
        return Check(False, "has never run")
    seconds = (timezone.now() - run.ran_at).total_seconds()
    return Check(seconds < SWEEPER_SILENCE_SECONDS, f"ran {seconds:.0f} s ago")
