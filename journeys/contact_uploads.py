"""Contact logs on their way in: received whole or in pieces, looked at, and handed to a worker."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.models import State
from jobs.publishing import publish
from jobs.requests import costs_of, hash_of
from journeys.contact_making import file_path, work_folder
from journeys.contacts.first_part import first_part_of
from journeys.contacts.mapping import Mapping
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import Sample, sniff
from journeys.models import ContactImport, ContactUpload, Journey, LogShape
from journeys.models.contact_logs import BYTES_A_CELL, FILE_NAME_MAX

KEPT = timedelta(days=2)
SPARE_BYTES = 500_000_000  # of the disk, that an upload leaves free
MAKER = "1"
GOING_ON = (State.QUEUED, State.RUNNING, State.READY)


@dataclass
class Misplaced(Exception):
    """A piece that does not go on where the file ends. received: bytes that are there."""

    received: int


class AlreadyThere(Refused):
    """The content was imported before."""

    def __init__(self, earlier: ContactImport) -> None:
        super().__init__(
            _("“%(name)s” has the same content and is imported already. Nothing is counted twice.")
            % {"name": earlier.file_name}
        )


def begin_upload(journey: Journey, made_by: User | None, file_name: str, size_bytes: int, stamp: str) -> ContactUpload:
    """The upload to go on with: one that was interrupted, else a new one. Raises Refused."""
    _check_size(size_bytes)
    unfinished = ContactUpload.objects.filter(
        journey=journey, made_by=made_by, size_bytes=size_bytes, stamp=stamp, content_hash=""
    )
    name = clean_name(file_name)
    upload: ContactUpload | None = unfinished.filter(file_name=name).first() if stamp else None
    return upload or ContactUpload.objects.create(
        journey=journey,
        made_by=made_by,
        file_name=name,
        size_bytes=size_bytes,
        stamp=stamp,
        stored_name=f"{secrets.token_hex(16)}.log",
    )


def clean_name(file_name: str) -> str:
    """What a file is called, without its folders and without what no database takes."""
    name = file_name.replace("\0", "").replace("\\", "/").rpartition("/")[2]
    return name.encode("utf-8", "replace").decode().strip()[-FILE_NAME_MAX:] or _("Contact log")


def _check_size(size_bytes: int) -> None:
    if size_bytes <= 0:
        raise Refused(_("This file is empty."))
    if size_bytes > settings.CONTACT_LOG_MAX_BYTES:
        limit = filesizeformat(settings.CONTACT_LOG_MAX_BYTES)
        raise Refused(
            _("This file is larger than %(limit)s. Pack it with gzip, or import it in parts.") % {"limit": limit}
        )
    if shutil.disk_usage(work_folder()).free < size_bytes + SPARE_BYTES:
        raise Refused(_("There is not enough room on the server's disk for this file."))


def received_bytes(upload: ContactUpload) -> int:
    path = file_path(upload.stored_name)
    return path.stat().st_size if path.is_file() else 0


def receive_piece(upload: ContactUpload, offset: int, content: bytes) -> int:
    """Append a piece; says how many bytes are there. Raises Misplaced, Refused."""
    with file_path(upload.stored_name).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        received = os.fstat(file.fileno()).st_size
        if offset != received:
            raise Misplaced(received)
        if received + len(content) > upload.size_bytes:
            raise Refused(_("The file has grown while it was sent. Choose it again."))
        file.write(content)
    return received + len(content)


def receive_whole(upload: ContactUpload, pieces: Iterable[bytes]) -> None:
    """Write all of a file that came at once."""
    with file_path(upload.stored_name).open("wb") as file:
        for piece in pieces:
            file.write(piece)


def look(upload: ContactUpload) -> Sample:
    """The beginning of the file. Raises Refused."""
    with first_part_of(file_path(upload.stored_name)) as part:
        return sniff(part)


def finish_upload(upload: ContactUpload) -> None:
    """All of it is there: look at it and say what it seems to be. Raises Refused, and then the upload is gone."""
    try:
        content_hash = digest_of(file_path(upload.stored_name))
        if earlier := import_of_content(upload.journey, content_hash):
            raise AlreadyThere(earlier)
        sample = look(upload)
        if any("\0" in column for column in sample.columns):
            raise Refused(_("This file is not a text that can be read. Save it as CSV in UTF-8."))
    except Refused:
        discard(upload)
        raise
    for same in ContactUpload.objects.filter(journey=upload.journey, content_hash=content_hash).exclude(pk=upload.pk):
        discard(same)
    known = LogShape.objects.filter(journey=upload.journey, shape=shape_of(sample.kind, sample.columns)).first()
    upload.content_hash = content_hash
    upload.sample = {"kind": sample.kind, "columns": list(sample.columns), "is_known": known is not None}
    upload.said = known.mapping if known else sample.mapping.to_dict() if sample.mapping else {}
    upload.save()


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def import_of_content(journey: Journey, content_hash: str) -> ContactImport | None:
    """The import that counts, or will count, this content."""
    found: ContactImport | None = ContactImport.objects.filter(
        journey=journey, content_hash=content_hash, state__in=GOING_ON
    ).first()
    return found


def shape_of(kind: str, columns: Sequence[str]) -> str:
    """The same for files with the same columns."""
    return hashlib.sha256(json.dumps([kind, list(columns)]).encode()).hexdigest()


def discard(upload: ContactUpload) -> None:
    """Take it away, with its file."""
    stored_name = upload.stored_name
    upload.delete()
    transaction.on_commit(lambda: file_path(stored_name).unlink(missing_ok=True))


@transaction.atomic
def request_import(
    upload: ContactUpload, mapping: Mapping, requested_by: User | None, *, keeps_file: bool = False
) -> ContactImport:
    """Have a worker count it; what its columns mean is kept for the next file of its shape. Raises Refused."""
    if earlier := import_of_content(upload.journey, upload.content_hash):
        raise AlreadyThere(earlier)
    keep_shape(upload.journey, upload.sample["kind"], upload.sample["columns"], mapping)
    job = _make_job(upload, mapping, requested_by, keeps_file)
    ContactUpload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: publish(job))
    return job


def zoned(mapping: Mapping, journey: Journey) -> Mapping:
    """A mapping that nobody has confirmed: times without a zone are the organisation's."""
    return replace(mapping, time_zone=mapping.time_zone or journey.organisation.time_zone)


def keep_shape(journey: Journey, kind: str, columns: Sequence[str], mapping: Mapping) -> None:
    """Keep what the columns mean for the next log with the same."""
    shape = LogShape(journey=journey, shape=shape_of(kind, columns), mapping=mapping.to_dict(), used_at=timezone.now())
    LogShape.objects.bulk_create(
        [shape],
        update_conflicts=True,
        unique_fields=["journey", "shape"],
        update_fields=["mapping", "used_at"],
    )


def _make_job(upload: ContactUpload, mapping: Mapping, requested_by: User | None, keeps_file: bool) -> ContactImport:
    inputs: dict[str, Any] = {
        "file": upload.stored_name,
        "file_name": upload.file_name,
        "organisation": upload.journey.organisation_id,
        "columns": upload.sample["columns"],
        "mapping": mapping.to_dict(),
    }
    try:
        with transaction.atomic():
            job: ContactImport = ContactImport.objects.create(
                organisation_id=upload.journey.organisation_id,
                journey=upload.journey,
                requested_by=requested_by,
                inputs=inputs,
                inputs_hash=hash_of(inputs, MAKER),
                file_name=upload.file_name,
                size_bytes=upload.size_bytes,
                content_hash=upload.content_hash,
                shape=shape_of(upload.sample["kind"], upload.sample["columns"]),
                stored_name=upload.stored_name,
                keeps_file=keeps_file,
                **costs_of(ContactImport, upload.journey.organisation, upload.size_bytes // BYTES_A_CELL),
            )
    except IntegrityError:
        earlier = import_of_content(upload.journey, upload.content_hash)
        if earlier is None:
            raise
        raise AlreadyThere(earlier) from None
    return job


def forget_old_contact_files() -> int:
    """Delete uploads that nobody went on with for two days, and files that no row names any more; says how many."""
    old = timezone.now() - KEPT
    for upload in ContactUpload.objects.filter(made_at__lt=old):
        if time.time() - _touched(file_path(upload.stored_name)) > KEPT.total_seconds():
            discard(upload)
    ended = ContactImport.objects.filter(state__in=[State.FAILED, State.CANCELLED], finished_at__lt=old)
    ended.exclude(stored_name="").update(stored_name="")
    return _delete_unnamed()


def _touched(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def _delete_unnamed() -> int:
    root, count = Path(settings.CONTACT_LOG_DIR), 0
    named = set(ContactUpload.objects.values_list("stored_name", flat=True))
    named |= set(ContactImport.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    oldest = time.time() - KEPT.total_seconds()
    for path in [*root.glob("*.log"), *root.glob("work/*")]:
        if path.name in named or _touched(path) > oldest:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        count += 1
    return count
