"""Named states of a journey: kept, and written back as a new step that can itself be undone."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.acting import acting_user
from journeys.details import relink
from journeys.history import record
from journeys.models import Event, Journey, Version
from journeys.models.history import PERSON_MAX, EventKind
from journeys.sequence import changing
from journeys.states import state_of, write_state


def name_version(journey: Journey, name: str) -> Version:
    """Keep the journey as it is now under a name. The journey itself does not change."""
    with transaction.atomic():
        row = Journey.objects.select_for_update().get(pk=journey.pk)
        actor = acting_user()
        return Version.objects.create(
            journey=journey,
            name=name,
            state=state_of(row),
            journey_version=row.version,
            by=actor,
            by_name=str(actor)[:PERSON_MAX] if actor else "",
        )


def restore_version(version: Version) -> Event:
    """Make the journey what it was when the version was named."""
    return restore_state(version.journey, EventKind.VERSION_RESTORED, version.name, version.state)


def restore_state(journey: Journey, kind: EventKind, title: str, state: dict[str, Any]) -> Event:
    """Write a whole state back, as one step of `kind`."""
    with changing(journey):
        before = state_of(journey)
        write_state(journey, state)
        relink(journey, [moment for stage in state["stages"] for moment in stage["moments"]])
        return record(journey, kind, title, before=before, after=state)
