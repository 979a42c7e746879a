"""Who works on a job: claimed by one conditional UPDATE, kept by a heartbeat, fenced by a token.

Every write names the token and `running`. A worker that slept past its lease therefore changes nothing any more.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django_scopes import scopes_disabled

from accounts.hints import send_hint
from jobs.artifacts import Artifact, path_of
from jobs.clock import now_plus
from jobs.models import Job, State
from jobs.problems import ErrorCode
from jobs.turns import next_due

ERRORS_MAX = 3
LOST_LEASES_MAX = 10
BACKOFF_SECONDS = (5, 20)
Store = Callable[[int, Path], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one job, as long as the row still carries the token."""

    model: type[Job]
    job_id: int
    token: uuid.UUID

    @property
    def reference(self) -> str:
        """What a user reads out and an operator finds in the log."""
        return self.token.hex[:8].upper()

    def change(self, **values: Any) -> bool:
        """Write to the row if it is still ours; False where it no longer is."""
        with scopes_disabled():
            held = self.model.objects.filter(pk=self.job_id, lease_token=self.token, state=State.RUNNING)
            return bool(held.update(**values))

    def is_held(self) -> bool:
        """Whether the row still is ours: not cancelled, deleted or taken back."""
        with scopes_disabled():
            return self.model.objects.filter(pk=self.job_id, lease_token=self.token, state=State.RUNNING).exists()

    def drop(self) -> None:
        """Delete the row, if it is still ours: nobody is to hear of it."""
        with scopes_disabled():
            self.model.objects.filter(pk=self.job_id, lease_token=self.token, state=State.RUNNING).delete()


def claim(model: type[Job], job_id: int) -> Lease | None:
    """Take a job that is queued and due, or whose lease has run out. None: somebody else has it, or it has ended."""
    lease = Lease(model, job_id, uuid.uuid4())
    is_due = Q(state=State.QUEUED, not_before__lte=Now())
    is_lost = Q(state=State.RUNNING, lease_until__lt=Now(), lost_leases__lt=LOST_LEASES_MAX - 1)
    with scopes_disabled():
        claimed = model.objects.filter(is_due | is_lost, pk=job_id).update(
            lost_leases=F("lost_leases") + Case(When(state=State.RUNNING, then=Value(1)), default=Value(0)),
            state=State.RUNNING,
            lease_token=lease.token,
            lease_until=now_plus(settings.JOB_LEASE_SECONDS),
            started_at=Now(),
            progress_percent=0,
            progress_step="",
        )
    if not claimed:
        return None
    log.info("%s %s claimed, reference %s", model._meta.label_lower, job_id, lease.reference)
    return lease


def claim_next() -> Lease | None:
    """Take the job whose turn it is, over all kinds, whatever the message named. None: nothing waits that is due.

    One message, one job. Where the job's own was never sent, the one that led here was another's and is passed on.
    """
    while head := next_due():
        model, place = head
        lease = claim(model, place.job_id)
        if lease is not None:
            _pass_on(lease)
            return lease
    return None


def _pass_on(lease: Lease) -> None:
    with scopes_disabled():
        is_unsent = lease.model.objects.filter(pk=lease.job_id, published_at__isnull=True).exists()
    if is_unsent:
        send_hint(lease.model.task_name, lease.job_id)


def keep(lease: Lease, **progress: Any) -> bool:
    """Extend the lease and note progress; False where it is lost."""
    return lease.change(lease_until=now_plus(settings.JOB_LEASE_SECONDS), **progress)


def finish(lease: Lease, artifact: Artifact, thumbnail_name: str = "", store: Store | None = None) -> bool:
    """The file stands under its own name: say so. False, and nothing changed, where the lease is lost.

    store: writes what the file says in the same transaction, so that it is in the database once or not at all.
    """
    with transaction.atomic():
        is_ours = _make_ready(lease, artifact, thumbnail_name)
        if is_ours and store:
            with scopes_disabled():
                store(lease.job_id, path_of(artifact.name))
    log.info("%s %s %s", lease.reference, artifact.name, "ready" if is_ours else "dropped: the lease was lost")
    return is_ours


def _make_ready(lease: Lease, artifact: Artifact, thumbnail_name: str) -> bool:
    thumbnail = {"thumbnail_name": thumbnail_name} if thumbnail_name else {}
    return lease.change(
        state=State.READY,
        artifact_name=artifact.name,
        artifact_hash=artifact.sha256,
        artifact_bytes=artifact.size_bytes,
        finished_at=Now(),
        lease_until=None,
        progress_percent=100,
        progress_step="",
        error_code="",
        **thumbnail,
    )


def give_up(lease: Lease, code: ErrorCode, text: str = "") -> bool:
    """Count an error: back to the queue with a pause, or failed at the third; a refusal fails at once."""
    errors = _errors_of(lease) + 1
    log.warning("%s ended with %s, error %s of %s", lease.reference, code, errors, ERRORS_MAX)
    if code == ErrorCode.REFUSED or errors >= ERRORS_MAX:
        return lease.change(
            state=State.FAILED,
            error_count=errors,
            error_code=code,
            error_text=text,
            reference=lease.reference,
            finished_at=Now(),
            lease_until=None,
        )
    return lease.change(
        state=State.QUEUED,
        error_count=errors,
        error_code=code,
        not_before=now_plus(BACKOFF_SECONDS[errors - 1]),
        published_at=None,
        lease_token=None,
        lease_until=None,
    )


def _errors_of(lease: Lease) -> int:
    """Errors so far; the holder of the lease is the only one who counts them."""
    with scopes_disabled():
        return lease.model.objects.filter(pk=lease.job_id).values_list("error_count", flat=True).first() or 0
