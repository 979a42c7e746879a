"""What a job counted, written into the database in the transaction in which the job becomes ready."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from journeys.contact_making import file_path
from journeys.contact_names import match_exactly
from journeys.contacts.carrying import Carried, open_carried
from journeys.models import ContactCell, ContactImport, ContactName, ContactPeople

ROWS_AT_ONCE = 500
SKETCHES_AT_ONCE = 8  # half a megabyte each


def store_import(import_id: int, made: Path) -> None:
    """Needs scopes disabled, as the worker runs for every organisation."""
    job, carried = ContactImport.objects.select_related("journey").get(pk=import_id), open_carried(made)
    job.rows, job.days = carried.counts["rows"], carried.counts["days"]
    stored_name = job.stored_name
    if not job.keeps_file:
        job.stored_name = ""
    job.save(update_fields=["rows", "days", "stored_name"])
    _store_counts(job, carried)
    match_exactly(job.journey, [name for name, *_rest in carried.counts["names"]])
    if stored_name and not job.keeps_file:
        transaction.on_commit(lambda: file_path(stored_name).unlink(missing_ok=True))


def _store_counts(job: ContactImport, carried: Carried) -> None:
    counts: dict[str, Any] = carried.counts
    ContactCell.objects.bulk_create(
        (
            ContactCell(
                contact_import=job,
                touchpoint=touchpoint,
                channel=channel,
                month=month,
                contacts=contacts,
                identified=identified,
                bins=bins,
            )
            for touchpoint, channel, month, contacts, identified, bins in counts["cells"]
        ),
        batch_size=ROWS_AT_ONCE,
    )
    ContactName.objects.bulk_create(
        (
            ContactName(contact_import=job, name=name, hours=hours, first=first, last=last, row=row)
            for name, hours, first, last, row in counts["names"]
        ),
        batch_size=ROWS_AT_ONCE,
    )
    people = (
        ContactPeople(contact_import=job, dimension=dimension, name=name, hashes=hashes)
        for (dimension, name), hashes in carried.people.items()
    )
    while some := list(islice(people, SKETCHES_AT_ONCE)):
        ContactPeople.objects.bulk_create(some)
