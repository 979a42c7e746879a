"""What the Celery worker runs."""

from __future__ import annotations

from celery import shared_task

from jobs.work import work_on_next
from journeys.models import ContactImport


@shared_task(name=ContactImport.task_name)
def make_contact_import(import_id: int) -> None:
    """A contact log waits to be counted: make what is next."""
    work_on_next()
