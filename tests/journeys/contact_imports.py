"""Contact logs taken in as a person or the command would, with the worker's part done at once."""

from __future__ import annotations

from pathlib import Path

from jobs.work import work_on
from journeys.contact_making import make_import
from journeys.contact_storing import store_import
from journeys.contact_uploads import begin_upload, finish_upload, receive_whole, request_import
from journeys.contacts.mapping import Mapping
from journeys.models import ContactImport, ContactUpload, Journey
from tests.journeys.contact_logs import MAPPING


def sent(journey: Journey, log: Path) -> ContactUpload:
    """The upload of a whole file, looked at."""
    upload = begin_upload(journey, None, log.name, log.stat().st_size, "")
    receive_whole(upload, [log.read_bytes()])
    finish_upload(upload)
    return upload


def asked_for(journey: Journey, log: Path, mapping: Mapping = MAPPING, *, keeps_file: bool = False) -> ContactImport:
    """An import that waits for a worker."""
    return request_import(sent(journey, log), mapping, None, keeps_file=keeps_file)


def work(job: ContactImport) -> ContactImport:
    """The job as a worker leaves it."""
    work_on(ContactImport, job.pk, make_import, store_import)
    job.refresh_from_db()
    return job


def imported(journey: Journey, *logs: Path, mapping: Mapping = MAPPING) -> list[ContactImport]:
    return [work(asked_for(journey, log, mapping)) for log in logs]
