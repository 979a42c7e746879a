"""Files that the command takes into a journey: a job each, counted by this process or by a worker that was quicker."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from django_scopes import scope, scopes_disabled

from jobs.models import State
from jobs.work import work_on
from journeys.contact_making import file_path, make_import
from journeys.contact_storing import store_import
from journeys.contact_uploads import AlreadyThere, begin_upload, discard, finish_upload, request_import, zoned
from journeys.contacts.mapping import Mapping, mapping_from
from journeys.contacts.refusals import Refused
from journeys.models import ContactImport, Journey

LOOK_SECONDS = 1.0


def import_into(
    journey_id: int, paths: Sequence[Path], mapping: Mapping | None, *, waits: bool = True
) -> Iterator[str]:
    """Lines that say what became of each file. mapping: None for what is known or guessed.

    Raises Refused in the end where any file could not be counted; the others are. waits: count here what no worker has
    taken, and tell the rows; else all is left to the workers.
    """
    journey, problems = journey_numbered(journey_id), list[str]()
    with scope(organisation=journey.organisation):
        jobs = []
        for path in paths:
            try:
                jobs.append(_ask(journey, path, mapping))
            except AlreadyThere as there:
                yield f"{path.name}: {there}"
            except Refused as refused:
                problems.append(str(refused))
        if waits:
            yield from _told(jobs, problems)
        else:
            yield from (f"{job.file_name}: handed to the workers as import {job.pk}" for job in jobs)
    if problems:
        raise Refused("\n".join(problems))


def journey_numbered(journey_id: int) -> Journey:
    """With its organisation. Raises Refused."""
    with scopes_disabled():
        journey: Journey | None = Journey.objects.select_related("organisation").filter(pk=journey_id).first()
    if journey is None:
        raise Refused(f"There is no journey {journey_id}.")
    return journey


def _told(jobs: Sequence[ContactImport], problems: list[str]) -> Iterator[str]:
    """Counts first whatever no worker has begun, so that nobody waits beside work that is left."""
    for job in jobs:
        work_on(ContactImport, job.pk, make_import, store_import)
    for job in jobs:
        try:
            yield said_of(_finished(job))
        except Refused as refused:
            problems.append(str(refused))


def _ask(journey: Journey, path: Path, mapping: Mapping | None) -> ContactImport:
    try:
        upload = begin_upload(journey, None, path.name, path.stat().st_size, "")
        shutil.copyfile(path, file_path(upload.stored_name))
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}.") from None
    finish_upload(upload)
    if mapping is None and not upload.said:
        discard(upload)
        raise Refused(f"No column of {path.name} holds times. It has: {', '.join(upload.sample['columns'][:20])}.")
    return request_import(upload, mapping or zoned(mapping_from(upload.said), journey), None)


def _finished(job: ContactImport) -> ContactImport:
    """The job when it has ended; done here unless a worker is at it."""
    job.refresh_from_db()
    while job.is_active:
        time.sleep(LOOK_SECONDS)
        work_on(ContactImport, job.pk, make_import, store_import)
        job.refresh_from_db()
    return job


def said_of(job: ContactImport) -> str:
    """What was counted of it, as a line. Raises Refused where it could not be."""
    if job.state != State.READY:
        raise Refused(f"{job.file_name}: {job.error_message or job.get_state_display()}")
    rows = job.rows
    return (
        f"{job.file_name}: {rows['read']:,} rows read, {rows['counted']:,} counted, {rows['rejected']:,} rejected, "
        f"{rows['left_out']:,} left out, {rows['doubtful']:,} with a doubt"
    )
