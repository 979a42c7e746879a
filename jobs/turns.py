"""Whose turn it is: a fair order of everything that waits, over all kinds and organisations.

Each job gets its turn when it is asked for: a point on a clock that counts expected seconds of work. It lies its own
seconds behind where the clock stands, or behind the organisation's last job that is about as long or shorter. So

- a hundred jobs of one organisation stand one behind the other, and another's first one goes in front of nearly all;
- what is short overtakes what is long, in its own organisation too;
- nothing waits for ever: the clock stands at the latest turn of all that has begun since the oldest waiting job was
  asked for, so each job that begins moves it on, and what is asked for later lies behind it.

Source: self-clocked fair queueing, S. J. Golestani, INFOCOM 1994.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.functions import Now
from django_scopes import scopes_disabled

from accounts.models import Organisation
from jobs.kinds import job_models
from jobs.models import ACTIVE, Job, State

ORDER = ("turn", "created_at", "pk")
AS_LONG = 2  # up to twice as long is about as long
LEAST_SECONDS = 0.1  # so that the clock moves with every job


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a job stands; the least is next."""

    turn: float
    created_at: datetime
    kind: str
    job_id: int


def turn_for(organisation: Organisation, seconds: float) -> float:
    """The turn of a new job of that organisation that is expected to take so many seconds."""
    seconds = max(seconds, LEAST_SECONDS)
    own = Q(organisation=organisation, expected_seconds__lte=AS_LONG * seconds)
    with scopes_disabled():
        found = [_turns_of(model, own) for model in job_models()]
        return max([_clock(found), *_known(found, "own_last")]) + seconds


def _turns_of(model: type[Job], own: Q) -> dict[str, Any]:
    is_waiting = Q(state=State.QUEUED)
    found: dict[str, Any] = model.objects.filter(state__in=ACTIVE).aggregate(
        running=Max("turn", filter=Q(state=State.RUNNING)),
        next_begins=Min(F("turn") - F("expected_seconds"), filter=is_waiting),
        oldest_waiting=Min("created_at", filter=is_waiting),
        own_last=Max("turn", filter=own),
    )
    return found


def _clock(found: list[dict[str, Any]]) -> float:
    """Where the clock stands; where nothing has begun yet, at the beginning of what is next."""
    begun = _known(found, "running")
    if waiting := _known(found, "oldest_waiting"):
        since = [m.objects.filter(started_at__gte=min(waiting)).aggregate(turn=Max("turn")) for m in job_models()]
        begun += _known(since, "turn")
    return max(begun, default=min(_known(found, "next_begins"), default=0.0))


def _known(found: list[dict[str, Any]], name: str) -> list[Any]:
    return [each[name] for each in found if each[name] is not None]


def due(model: type[Job]) -> QuerySet[Job]:
    """All of that kind that wait and may begin. Needs scopes disabled."""
    rows: QuerySet[Job] = model.objects.filter(state=State.QUEUED, not_before__lte=Now())
    return rows


def next_due() -> tuple[type[Job], Place] | None:
    """The job whose turn it is, of the kinds that workers know how to make."""
    with scopes_disabled():
        heads = [(place_of(job), model) for model in job_models() if model.maker and (job := _head(model))]
    if not heads:
        return None
    place, model = min(heads, key=lambda head: head[0])
    return model, place


def _head(model: type[Job]) -> Job | None:
    return due(model).only("turn", "created_at").order_by(*ORDER).first()


def place_of(job: Job) -> Place:
    """Where that job stands."""
    return Place(job.turn, job.created_at, job._meta.label_lower, job.pk)


def ahead_of(job: Job) -> list[QuerySet[Job]]:
    """What waits in front of that job, a query a kind. Needs scopes disabled."""
    is_ahead = Q(turn__lt=job.turn) | Q(turn=job.turn, created_at__lt=job.created_at)
    return [due(model).filter(is_ahead).exclude(**_itself(model, job)) for model in job_models()]


def _itself(model: type[Job], job: Job) -> dict[str, int]:
    return {"pk": job.pk} if model is type(job) else {"pk": 0}
