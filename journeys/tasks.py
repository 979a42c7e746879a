"""What the Celery worker runs."""

from __future__ import annotations

from celery import shared_task

from jobs.work import work_on
from journeys.contact_making import make_import
from journeys.contact_storing import store_import
from journeys.models import ContactImport


@shared_task(name=ContactImport.task_name)
def make_contact_import(import_id: int) -> None:
    """Count one contact log, if it waits."""
    work_on(ContactImport, import_id, make_import, store_import)
