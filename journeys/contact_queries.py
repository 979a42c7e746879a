"""Contacts of a query, counted where they lie and stored for a journey as a file's would be.

A query stands for itself: asked again it takes the place of what it gave before, so that nothing counts twice.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django_scopes import scope

from jobs import artifacts
from jobs.clock import now_plus
from jobs.lease import Lease, finish, keep
from jobs.models import State
from jobs.problems import Refusal
from jobs.requests import hash_of
from journeys.contact_making import COUNTED_PERCENT, check_counts, customer_key, work_folder
from journeys.contact_removing import remove_import
from journeys.contact_storing import store_import
from journeys.contact_uploads import MAKER, clean_name, import_of_content, keep_shape, shape_of, zoned
from journeys.contacts.carrying import Carried, carry, open_carried
from journeys.contacts.mapping import Mapping, mapping_from
from journeys.contacts.masking import mask_of
from journeys.contacts.noted_rows import NotedRows
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import guessed, sample_of
from journeys.contacts.tables.addresses import Address
from journeys.contacts.tables.counting import open_table
from journeys.contacts.tables.table import Table, Wanted
from journeys.contacts.tables.watching import Ended, Watch, count_watched
from journeys.models import ContactImport, Journey, LogShape

Say = Callable[[str], object]


def import_query(
    journey: Journey, address: Address, query: str, mapping: Mapping | None, *, name: str = "", seconds: float, say: Say
) -> ContactImport | None:
    """The import, in place of what the same query gave before; None where it gives the same. Raises Refused.

    mapping: None for what is known of such columns, or guessed. seconds: that each statement may take. say: is told
    what begins.
    """
    with scope(organisation=journey.organisation):
        table = open_table(address, query, seconds, mapping.customer if mapping else "")
        mapping = mapping or _known_mapping(journey, table)
        name = clean_name(name or table.name)
        token = uuid.uuid4()
        job = _begin(journey, table, mapping, identity_of(address, query), name, token)
        say(
            _("%(name)s: being counted. Its page shows how far it is. There, or with Ctrl-C, it can be stopped.")
            % {"name": name}
        )
        lease = Lease(ContactImport, job.pk, token)
        try:
            content = count_watched(partial(_count, journey, table, mapping), partial(_go_on, lease))
            is_new = _store(lease, content)
        except Ended:
            raise Refused(_("%(name)s: stopped. Nothing of it was counted.") % {"name": name}) from None
        except BaseException:
            lease.drop()
            raise
        if not is_new:
            return None
        job.refresh_from_db()
        return job


def identity_of(address: Address, query: str) -> str:
    """The same for the same query of the same place, whoever asks with whichever password."""
    is_file = address.kind in {"duckdb", "sqlite"} and address.place
    place = str(Path(address.place).resolve()) if is_file else address.told
    return hashlib.sha256(json.dumps([address.kind, place, query]).encode()).hexdigest()


def _known_mapping(journey: Journey, table: Table) -> Mapping:
    shape = shape_of(table.source.kind, table.source.columns)
    known = LogShape.objects.filter(journey=journey, shape=shape).first()
    return zoned(mapping_from(known.mapping) if known else guessed(sample_of(table.source), table.name), journey)


def _begin(
    journey: Journey, table: Table, mapping: Mapping, identity: str, name: str, token: uuid.UUID
) -> ContactImport:
    """Stands on the page from now on, where it can be stopped. Raises Refused where it is being counted already.

    What the same query gave before still counts: only the one that is ready carries the identity.
    """
    inputs = {"query": identity, "columns": table.source.columns, "mapping": mapping.to_dict()}
    try:
        with transaction.atomic():
            job: ContactImport = ContactImport.objects.create(
                organisation_id=journey.organisation_id,
                journey=journey,
                inputs=inputs,
                inputs_hash=hash_of({**inputs, "journey": journey.pk}, MAKER),
                state=State.RUNNING,
                lease_token=token,
                lease_until=now_plus(settings.JOB_LEASE_SECONDS),
                started_at=Now(),
                file_name=name,
                size_bytes=0,
                content_hash=hashlib.sha256(f"{identity} at work".encode()).hexdigest(),
                shape=shape_of("query", table.source.columns),
            )
    except IntegrityError:
        raise Refused(_("This query is being counted already. If it was killed, wait for a minute.")) from None
    return job


def _go_on(lease: Lease, watch: Watch) -> bool:
    return keep(lease, progress_step=watch.step, progress_percent=watch.percent)


def _count(journey: Journey, table: Table, mapping: Mapping, watch: Watch) -> bytes:
    """What is stored of it, as of a file. Asks the database of nobody but the query."""
    mask = mask_of(mapping, table.source.columns)
    noted = NotedRows(mask)
    with tempfile.TemporaryDirectory(dir=work_folder()) as folder:
        wanted = Wanted(customer_key(journey.organisation_id), True, noted.note, Path(folder), watch)
        aggregate = table.count(mapping, wanted)
    try:
        check_counts(aggregate)
    except Refusal as refusal:
        raise Refused(str(refusal)) from None
    watch.tell("save", COUNTED_PERCENT)
    return carry(aggregate, mask, noted.to_csv(aggregate.rows))


class _Unchanged(Exception):
    """The query gives what it gave before."""


def _store(lease: Lease, content: bytes) -> bool:
    """False where nothing has changed; the row is gone then. Raises Ended where it was stopped meanwhile."""
    draft = artifacts.draft_path(lease.token.hex)
    artifacts.write_draft(draft, content)
    artifact = artifacts.promote(draft, ContactImport.file_folder, ContactImport.file_suffix)
    try:
        is_ours = finish(lease, artifact, store=_take_the_place)
    except _Unchanged:
        artifacts.remove(artifact.name)
        lease.drop()
        return False
    except BaseException:
        artifacts.remove(artifact.name)
        raise
    if not is_ours:
        artifacts.remove(artifact.name)
        raise Ended
    return True


def _take_the_place(import_id: int, made: Path) -> None:
    """Of what the same query gave before. Raises _Unchanged where that was the same."""
    job = ContactImport.objects.select_related("journey").get(pk=import_id)
    Journey.objects.select_for_update(of=("self",)).get(pk=job.journey_id)
    if earlier := import_of_content(job.journey, job.inputs["query"]):
        if _says(earlier) == open_carried(made):
            raise _Unchanged
        remove_import(earlier)
    keep_shape(job.journey, "query", job.inputs["columns"], mapping_from(job.inputs["mapping"]))
    job.content_hash, job.started_at = job.inputs["query"], None  # its time tells nothing of what a file takes
    job.save(update_fields=["content_hash", "started_at"])
    store_import(import_id, made)


def _says(earlier: ContactImport) -> Carried | None:
    """What the query gave before, by the same mapping or not: the counts are compared."""
    path = artifacts.path_of(earlier.artifact_name)
    return open_carried(path) if path.is_file() else None
