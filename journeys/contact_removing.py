"""Imports taken out again, or tried once more."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from jobs import artifacts
from jobs.models import State
from jobs.publishing import publish
from jobs.requests import costs_of, hash_of
from journeys.contact_making import file_path
from journeys.contact_uploads import GOING_ON, MAKER, import_of_content
from journeys.models import ContactImport
from journeys.models.contact_logs import BYTES_A_CELL


def remove_import(job: ContactImport) -> None:
    """Take it away with its figures and files; a worker that is at it sees the row gone."""
    names = (job.artifact_name, job.stored_name)
    job.delete()

    def delete_files() -> None:
        artifacts.remove(names[0])
        if names[1]:
            file_path(names[1]).unlink(missing_ok=True)

    transaction.on_commit(delete_files)


@transaction.atomic
def retry_import(job: ContactImport, requested_by: User) -> ContactImport | None:
    """The same file and mapping as a new job, in place of the one that ended; None where the file is gone."""
    if job.state in GOING_ON:
        return job
    if earlier := import_of_content(job.journey, job.content_hash):
        return earlier
    if not job.stored_name or not file_path(job.stored_name).is_file():
        return None
    again: ContactImport = ContactImport.objects.create(
        organisation_id=job.organisation_id,
        journey_id=job.journey_id,
        requested_by=requested_by,
        inputs=job.inputs,
        inputs_hash=hash_of(job.inputs, MAKER),
        state=State.QUEUED,
        file_name=job.file_name,
        size_bytes=job.size_bytes,
        content_hash=job.content_hash,
        shape=job.shape,
        stored_name=job.stored_name,
        keeps_file=job.keeps_file,
        **costs_of(ContactImport, job.organisation, job.size_bytes // BYTES_A_CELL),
    )
    job.delete()
    transaction.on_commit(lambda: publish(again))
    return again
