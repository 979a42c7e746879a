"""One attempt at a job: claim it, have a child make the file and keep the lease meanwhile, then tell how it ended."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django_scopes import scopes_disabled

from jobs import artifacts
from jobs.child import Child, Report
from jobs.lease import Lease, Store, claim, claim_next, finish, give_up, keep
from jobs.models import Job
from jobs.problems import ErrorCode, Refusal

WALL_SECONDS = 80
STUCK_SECONDS = 120  # beyond what a child may take and the database may be waited for
LOOK_SECONDS = 1.0
TELL_SECONDS = 0.25  # nobody sees steps that are shorter, and each is a write

Make = Callable[[dict[str, Any], Report], bytes]
log = logging.getLogger(__name__)


def work_on_next() -> None:
    """Make the file of the job whose turn it is; nothing where none waits. What every message of a job leads to."""
    with _ended_where_stuck():
        lease = claim_next()
        if lease is not None:
            model = lease.model
            _attempt(lease, import_string(model.maker), import_string(model.storer) if model.storer else None)


def work_on(model: type[Job], job_id: int, make: Make, store: Store | None = None) -> None:
    """Make this job's file, if it can be claimed. Harmless when run twice or with an id that is gone.

    make(inputs, report) runs in a child and gives the file; report(step, percent) tells how far it is. store(job id,
    path of the file) writes into the database what the file says, in the transaction in which the job becomes ready; it
    may raise Refusal.
    """
    with _ended_where_stuck():
        lease = claim(model, job_id)
        if lease is not None:
            _attempt(lease, make, store)


@contextmanager
def _ended_where_stuck() -> Iterator[None]:
    """A process that is stuck all the same, as in a connection that went silent, is ended.

    Whoever started it starts it again; the row comes back when its lease runs out.
    """
    signal.alarm(STUCK_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def _attempt(lease: Lease, make: Make, store: Store | None) -> None:
    signal.alarm(STUCK_SECONDS + lease.model.limits.more_seconds)
    inputs = _inputs_of(lease)
    if inputs is None:
        return
    draft, until = (
        artifacts.draft_path(lease.token.hex),
        time.monotonic() + WALL_SECONDS + lease.model.limits.more_seconds,
    )
    try:
        with Child(lambda report: make(inputs, report), draft, lease.model.limits) as child:
            ending = _attend(child, lease, until)
        page = lease.model.thumbnail_page(inputs)
        if page is not None and ending and not ending["ended"]:
            _draw_thumbnail(lease, draft, page, until)
        if ending is not None:
            _conclude(lease, ending, store)
    finally:
        artifacts.forget_draft(draft)


def _inputs_of(lease: Lease) -> dict[str, Any] | None:
    """None: the row was deleted just now."""
    with scopes_disabled():
        return lease.model.objects.filter(pk=lease.job_id).values_list("inputs", flat=True).first()


def _draw_thumbnail(lease: Lease, draft: Path, page: int, until: float) -> None:
    """By a child of its own, which holds nothing that the file was made of. Whatever becomes of it, the file counts."""
    picture = artifacts.thumbnail_draft(draft)
    with Child(lambda report: picture_of_page(draft, page), picture, lease.model.limits) as child:
        ending = _attend(child, lease, until)
    if ending is None or ending["ended"]:
        log.warning("%s goes without a thumbnail", draft.name)
        picture.unlink(missing_ok=True)


def picture_of_page(draft: Path, page: int) -> bytes:
    """What the child does: PDFium is loaded in it alone, so that no worker carries it."""
    from jobs.page_picture import picture_of

    return picture_of(draft.read_bytes(), page=page)


def _attend(child: Child, lease: Lease, until: float) -> dict[str, Any] | None:
    """Pass on the child's steps and keep the lease until it ends. None: the lease is lost, nothing is to be said.

    until: by the monotonic clock, in seconds; who still works then is out of time.
    """
    told = beaten = looked = time.monotonic()
    news: list[dict[str, Any]] = []
    while not child.has_ended:
        patience = told + TELL_SECONDS - time.monotonic() if news else min(LOOK_SECONDS, settings.JOB_HEARTBEAT_SECONDS)
        news += child.read_news(max(patience, 0))
        now = time.monotonic()
        if now > until:
            return child.ending or {"ended": ErrorCode.TIME, "text": ""}
        if (news and now - told >= TELL_SECONDS) or now - beaten >= settings.JOB_HEARTBEAT_SECONDS:
            told = beaten = looked = now
            if not keep(lease, **_progress(news)):
                return None
            news = []
        elif now - looked >= LOOK_SECONDS:
            looked = now
            if not lease.is_held():
                return None
    if news and child.ending and child.ending["ended"]:
        keep(lease, **_progress(news))  # the row says where it failed
    return child.ending


def _progress(news: list[dict[str, Any]]) -> dict[str, Any]:
    """What the last step says of the row."""
    return {f"progress_{name}": value for name, value in news[-1].items()} if news else {}


def _conclude(lease: Lease, ending: dict[str, Any], store: Store | None) -> None:
    if ending["ended"]:
        give_up(lease, ErrorCode(ending["ended"]), ending["text"])
        return
    draft, model = artifacts.draft_path(lease.token.hex), lease.model
    artifact = artifacts.promote(draft, model.file_folder, model.file_suffix)
    picture = artifacts.thumbnail_draft(draft)
    thumbnail = artifacts.promote(picture, model.file_folder, ".png").name if picture.is_file() else ""
    try:
        is_ours = finish(lease, artifact, thumbnail, store)
    except Refusal as refusal:
        is_ours = False
        give_up(lease, ErrorCode.REFUSED, str(refusal))
    if not is_ours:
        artifacts.remove(artifact.name, thumbnail)
