"""Contacts of a query, counted where they lie and stored for a journey as a file's would be.

A query stands for itself: asked again it takes the place of what it gave before, so that nothing counts twice.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django_scopes import scope, scopes_disabled

from jobs import artifacts
from jobs.models import State
from jobs.problems import Refusal
from jobs.requests import hash_of
from journeys.contact_making import check_counts, customer_key, work_folder
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
from journeys.models import ContactImport, Journey, LogShape


def import_query(
    journey: Journey, address: Address, query: str, mapping: Mapping | None, *, name: str = "", seconds: float
) -> ContactImport | None:
    """The import, in place of what the same query gave before; None where it gives the same. Raises Refused.

    mapping: None for what is known of such columns, or guessed. seconds: that each statement may take.
    """
    with scope(organisation=journey.organisation):
        table = open_table(address, query, seconds, mapping.customer if mapping else "")
        mapping = mapping or _known_mapping(journey, table)
        content = _count(journey, table, mapping)
        return _store(journey, table, mapping, identity_of(address, query), content, clean_name(name or table.name))


def identity_of(address: Address, query: str) -> str:
    """The same for the same query of the same place, whoever asks with whichever password."""
    is_file = address.kind in {"duckdb", "sqlite"} and address.place
    place = str(Path(address.place).resolve()) if is_file else address.told
    return hashlib.sha256(json.dumps([address.kind, place, query]).encode()).hexdigest()


def _known_mapping(journey: Journey, table: Table) -> Mapping:
    shape = shape_of(table.source.kind, table.source.columns)
    known = LogShape.objects.filter(journey=journey, shape=shape).first()
    return zoned(mapping_from(known.mapping) if known else guessed(sample_of(table.source), table.name), journey)


def _count(journey: Journey, table: Table, mapping: Mapping) -> bytes:
    """What is stored of it, as of a file."""
    mask = mask_of(mapping, table.source.columns)
    noted = NotedRows(mask)
    with tempfile.TemporaryDirectory(dir=work_folder()) as folder:
        wanted = Wanted(customer_key(journey.organisation_id), True, noted.note, Path(folder))
        aggregate = table.count(mapping, wanted)
    try:
        check_counts(aggregate)
    except Refusal as refusal:
        raise Refused(str(refusal)) from None
    return carry(aggregate, mask, noted.to_csv(aggregate.rows))


def _store(
    journey: Journey, table: Table, mapping: Mapping, identity: str, content: bytes, name: str
) -> ContactImport | None:
    draft = artifacts.draft_path(secrets.token_hex(16))
    artifacts.write_draft(draft, content)
    artifact = artifacts.promote(draft, ContactImport.file_folder, ContactImport.file_suffix)
    path = artifacts.path_of(artifact.name)
    try:
        with transaction.atomic():
            Journey.objects.select_for_update(of=("self",)).get(pk=journey.pk)
            if earlier := import_of_content(journey, identity):
                if _says(earlier) == open_carried(path):
                    artifacts.remove(artifact.name)
                    return None
                remove_import(earlier)
            keep_shape(journey, table.source.kind, table.source.columns, mapping)
            inputs = {"query": identity, "columns": table.source.columns, "mapping": mapping.to_dict()}
            job = _ready(journey, inputs, name, identity, artifact)
            with scopes_disabled():
                store_import(job.pk, path)
            job.refresh_from_db()
            return job
    except BaseException:
        artifacts.remove(artifact.name)
        raise


def _ready(
    journey: Journey, inputs: dict[str, Any], name: str, identity: str, artifact: artifacts.Artifact
) -> ContactImport:
    job: ContactImport = ContactImport.objects.create(
        organisation_id=journey.organisation_id,
        journey=journey,
        inputs=inputs,
        inputs_hash=hash_of(inputs, MAKER),
        state=State.READY,
        progress_percent=100,
        file_name=name,
        size_bytes=0,
        content_hash=identity,
        shape=shape_of("query", inputs["columns"]),
        artifact_name=artifact.name,
        artifact_hash=artifact.sha256,
        artifact_bytes=artifact.size_bytes,
        finished_at=Now(),
    )
    return job


def _says(earlier: ContactImport) -> Carried | None:
    """What the query gave before, by the same mapping or not: the counts are compared."""
    path = artifacts.path_of(earlier.artifact_name)
    return open_carried(path) if path.is_file() else None
