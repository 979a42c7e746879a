"""Asking for a job, and taking the question back."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeVar

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Organisation, User
from jobs.costs import count_cells, expected_seconds
from jobs.models import ACTIVE, Job, State
from jobs.publishing import publish
from jobs.turns import turn_for

JobT = TypeVar("JobT", bound=Job)


def hash_of(inputs: dict[str, Any], maker: str) -> str:
    """SHA-256 of the inputs as canonical JSON and of the maker's version: the same hash, the same file."""
    canonical = json.dumps([inputs, maker], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def request_job(
    model: type[JobT],
    organisation: Organisation,
    requested_by: User | None,
    inputs: dict[str, Any],
    maker: str,
    **more: Any,
) -> JobT:
    """The job that makes a file of these inputs: a finished one, one under way, or a new one, queued after commit.

    maker: version of what makes the file; more: further columns of a new row. Needs the organisation's scope.
    """
    inputs_hash = hash_of(inputs, maker)
    finished = _finished(model, organisation, inputs_hash)
    if finished:
        return finished
    asked = {
        "requested_by": requested_by,
        "inputs": inputs,
        **costs_of(model, organisation, count_cells(inputs)),
        **more,
    }
    job, is_new = model.objects.get_or_create(
        organisation=organisation, inputs_hash=inputs_hash, state__in=ACTIVE, defaults=asked
    )
    if is_new:
        transaction.on_commit(lambda: publish(job))
    return job


def costs_of(model: type[Job], organisation: Organisation, cell_count: int) -> dict[str, Any]:
    """Columns of a new row that say how long it is expected to take, and its turn; cell_count: how much there is."""
    seconds = expected_seconds(model, cell_count)
    return {"cell_count": cell_count, "expected_seconds": seconds, "turn": turn_for(organisation, seconds)}


def _finished(model: type[JobT], organisation: Organisation, inputs_hash: str) -> JobT | None:
    ready = model.objects.in_organisation(organisation).filter(inputs_hash=inputs_hash, state=State.READY)
    return next((job for job in ready if job.has_file), None)


def cancel(job: Job) -> bool:
    """Stop a job that waits or runs; whoever works on it sees it within a second. False: it had ended already."""
    active = type(job).objects.filter(pk=job.pk, state__in=ACTIVE)
    return bool(active.update(state=State.CANCELLED, finished_at=Now(), lease_token=None, lease_until=None))
