"""What a waiting user wants to know: the place in the queue and the time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scopes_disabled

from jobs.costs import usual_seconds
from jobs.kinds import job_models
from jobs.models import Job, State
from jobs.turns import ahead_of

STUCK_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Waiting:
    """place: 1 for the next in the queue, 0 for a job at work; seconds_left: None where no run has ended yet."""

    place: int
    seconds_left: float | None
    is_stuck: bool = False

    @property
    def time_left(self) -> str:
        """Coarse on purpose, so that the words stay still between two looks."""
        return words_for(self.seconds_left) if self.seconds_left is not None else ""


def fingerprint(job: Job, waiting: Waiting | None = None) -> str:
    """What a page says of a job, so that the same is not sent twice."""
    told = (waiting.place, waiting.time_left, waiting.is_stuck) if waiting else ()
    return "-".join(str(part) for part in (job.state, job.progress_percent, job.progress_step, *told))


def words_for(seconds: float) -> str:
    """A time left, in words: a few seconds, so many tens of seconds, so many minutes."""
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 60:
        return _("about %(n)d seconds left") % {"n": round(seconds / 10) * 10}
    minutes = round(seconds / 60)
    return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}


def waiting_of(job: Job) -> Waiting | None:
    """None once the job has ended. A few queries a kind, over all organisations, since all share the workers."""
    if not job.is_active:
        return None
    usual = usual_seconds(type(job), job.cell_count)
    if job.state == State.RUNNING:
        is_known = usual is not None or (job.is_measured and job.progress_percent)
        return Waiting(0, _left(job, usual or 0) if is_known else None)
    with scopes_disabled():
        ahead = [rows.aggregate(n=Count("pk"), seconds=Sum("expected_seconds")) for rows in ahead_of(job)]
        running = [row for model in job_models() for row in model.objects.filter(state=State.RUNNING).defer("inputs")]
    seconds = sum(found["seconds"] or 0 for found in ahead) + sum(_left(row, row.expected_seconds) for row in running)
    left = usual + seconds / max(1, len(running)) if usual is not None else None
    return Waiting(sum(found["n"] for found in ahead) + 1, left, _is_stuck(job, is_idle=not running))


def _is_stuck(job: Job, *, is_idle: bool) -> bool:
    return is_idle and timezone.now() - job.created_at > STUCK_AFTER and timezone.now() >= job.not_before


def _left(job: Job, expected: float) -> float:
    """Seconds until a running job ends. It takes as long as expected; beyond that, its steps tell how far it is.

    Where its percents are of the work itself, they tell from the beginning.
    """
    gone = (timezone.now() - job.started_at).total_seconds() if job.started_at else 0.0
    if (gone < expected and not job.is_measured) or not job.progress_percent:
        return max(expected - gone, 0)
    return gone * (100 - job.progress_percent) / job.progress_percent
