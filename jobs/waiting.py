"""What a waiting user wants to know: the place in the queue and the time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scopes_disabled

from jobs.models import Job, State

RECENT_RUNS = 20
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


def words_for(seconds: float) -> str:
    """A time left, in words: a few seconds, so many tens of seconds, so many minutes."""
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 60:
        return _("about %(n)d seconds left") % {"n": round(seconds / 10) * 10}
    minutes = round(seconds / 60)
    return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}


def waiting_of(job: Job) -> Waiting | None:
    """None once the job has ended. Three queries, over all organisations, since all share the workers."""
    if not job.is_active:
        return None
    with scopes_disabled():
        usual = _usual_seconds(type(job))
        if job.state == State.RUNNING:
            return Waiting(0, _left(job, usual))
        ahead, running = _ahead_of(job), type(job).objects.filter(state=State.RUNNING).count()
    is_stuck = not running and timezone.now() - job.created_at > STUCK_AFTER and timezone.now() >= job.not_before
    return Waiting(ahead + 1, usual * (ahead + running + 1) if usual is not None else None, is_stuck)


def _usual_seconds(model: type[Job]) -> float | None:
    runs = model.objects.filter(state=State.READY).order_by("-finished_at").values_list("started_at", "finished_at")
    seconds = [(finished - started).total_seconds() for started, finished in runs[:RECENT_RUNS]]
    return median(seconds) if seconds else None


def _left(job: Job, usual: float | None) -> float | None:
    if job.started_at is None:
        return None
    passed = (timezone.now() - job.started_at).total_seconds()
    if job.is_measured and job.progress_percent:
        return passed * (100 - job.progress_percent) / job.progress_percent
    return max(usual - passed, 0) if usual is not None else None


def _ahead_of(job: Job) -> int:
    return type(job).objects.filter(pk__lt=job.pk, state=State.QUEUED).count()
