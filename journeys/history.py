"""Writing down what is done to a journey. Every function that changes one records an event in its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from accounts.acting import acting_user
from journeys.models import Event, Journey
from journeys.models.history import PERSON_MAX, EventKind

_undoing: ContextVar[Event | None] = ContextVar("undoing", default=None)


@contextmanager
def undoing(event: Event) -> Iterator[None]:
    """What is recorded inside undoes `event`."""
    token = _undoing.set(event)
    try:
        yield
    finally:
        _undoing.reset(token)


def record(
    journey: Journey,
    kind: EventKind,
    title: str,
    *,
    stage_id: int | None = None,
    moment_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Event:
    """One event of a journey whose `version` is the one after the change; one query. Call inside `changing`."""
    event = event_of(
        journey, kind, title, stage_id=stage_id, moment_id=moment_id, before=before or {}, after=after or {}
    )
    event.save()
    return event


def event_of(journey: Journey, kind: EventKind, title: str, **values: Any) -> Event:
    """An event that is not stored yet, by whoever acts now."""
    actor, undone = acting_user(), _undoing.get()
    return Event(
        journey=journey,
        journey_version=journey.version,
        actor=actor,
        actor_name=str(actor)[:PERSON_MAX] if actor else "",
        kind=kind,
        title=title,
        undoes=undone,
        is_undo=undone is not None and not undone.is_undo,
        **values,
    )


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides, with only what differs."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def record_difference(journey: Journey, kind: EventKind, title: str, **sides: Any) -> Event | None:
    """An event unless both sides are the same; what undoes something is written down even then."""
    if sides["before"] == sides["after"] and _undoing.get() is None:
        return None
    return record(journey, kind, title, **sides)


def last_event(journey: Journey, moment_id: int) -> Event | None:
    """The last thing that was done to a moment; one query."""
    events = Event.objects.filter(journey=journey, moment_id=moment_id).defer("before", "after")
    return events.first()
