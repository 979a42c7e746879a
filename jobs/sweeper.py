"""Brings back what got lost: messages, leases, files. Runs by itself, whether or not a worker or a beat is alive."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import islice

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django_scopes import scopes_disabled

from accounts.mail import delete_old_mails, send_due_mails
from accounts.notifications import forget_old_news
from accounts.submissions import forget_submissions
from jobs import artifacts
from jobs.clock import now_plus
from jobs.kinds import job_models
from jobs.lease import LOST_LEASES_MAX
from jobs.models import Job, State, SweeperRun
from jobs.problems import ErrorCode
from jobs.publishing import publish
from jobs.turns import ORDER, due

PUBLISHED_AT_ONCE = 500
FILES_AT_ONCE = 500  # a database takes only so many names in one question

log = logging.getLogger(__name__)


def sweep(*, files: bool = True) -> None:
    """One pass over every kind of job, and over the files. One step's failure does not keep the others from running."""
    with scopes_disabled():
        for model in job_models():
            for step in (take_back_leases, republish_stale):
                _try(step, model)
        _try(send_due_mails)
        for tend in map(import_string, settings.TENDED_BY_SWEEPER):
            _try(tend)
        if files:
            of_others = map(import_string, settings.TIDIED_BY_SWEEPER)
            for tidy in (delete_orphans, delete_old_mails, forget_submissions, forget_old_news, *of_others):
                _try(tidy)
    SweeperRun.objects.update_or_create(pk=1, defaults={"ran_at": Now()})


def _try(step: Callable[..., int], *args: type[Job]) -> None:
    try:
        count = step(*args)
    except Exception:
        log.exception("%s failed, the next pass tries again", step.__name__)
    else:
        if count:
            log.info("%s: %s", step.__name__, count)


def take_back_leases(model: type[Job]) -> int:
    """Queue again what nobody keeps any more; after ten lost leases it has failed."""
    lost = model.objects.filter(state=State.RUNNING, lease_until__lt=Now())
    hopeless = lost.filter(lost_leases__gte=LOST_LEASES_MAX - 1)
    for job in hopeless:
        _fail(job)
    return lost.update(
        state=State.QUEUED,
        lost_leases=F("lost_leases") + 1,
        lease_token=None,
        lease_until=None,
        published_at=None,
        progress_percent=0,
        progress_step="",
    )


def _fail(job: Job) -> None:
    reference = job.lease_token.hex[:8].upper() if job.lease_token else ""
    still_lost = type(job).objects.filter(pk=job.pk, lease_token=job.lease_token, state=State.RUNNING)
    has_failed = still_lost.filter(lease_until__lt=Now()).update(
        state=State.FAILED,
        lost_leases=F("lost_leases") + 1,
        error_code=ErrorCode.LEASE,
        reference=reference,
        lease_until=None,
        finished_at=Now(),
    )
    if has_failed:
        log.warning("%s %s lost its last lease, reference %s", job._meta.label_lower, job.pk, reference)


def republish_stale(model: type[Job]) -> int:
    """Tell the workers again of jobs that are due and whose message may be lost, as it may be after a lease's time."""
    unheard = Q(published_at__isnull=True) | Q(published_at__lt=now_plus(-settings.JOB_LEASE_SECONDS))
    count = 0
    for job in due(model).filter(unheard).order_by(*ORDER)[:PUBLISHED_AT_ONCE]:
        if not publish(job):
            break  # the broker is away: the others can wait for the next pass
        count += 1
    return count


def delete_orphans() -> int:
    """Delete files of an hour's age that no row names: drafts of killed children, files of deleted rows."""
    old = artifacts.old_names()
    count = 0
    while names := set(islice(old, FILES_AT_ONCE)):
        for model in job_models():
            for column in model.file_columns:
                names -= set(model.objects.filter(**{f"{column}__in": names}).values_list(column, flat=True))
        for name in names:
            artifacts.remove(name)
        count += len(names)
    return count
