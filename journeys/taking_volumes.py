"""Contacts and seconds that somebody else counted, taken over into the map: as many moments at once as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from journeys.choices import VolumeSource
from journeys.history import differences, event_of
from journeys.models import Event, Journey, Moment
from journeys.models.history import EventKind
from journeys.sequence import VOLUMES, StaleWrite, changing
from journeys.states import values_of

TAKEN = (*VOLUMES, "volume_source", "volume_source_on")


@dataclass(frozen=True, slots=True)
class NewVolumes:
    """What one moment gets; None leaves a number as it is. version: the moment's that the taker looked at."""

    moment_id: int
    version: int
    contacts_per_customer: float | None
    seconds: float | None


def take_volumes(journey: Journey, volumes: Sequence[NewVolumes], source: VolumeSource, on: date) -> list[Event]:
    """Write them all, each as a step of the history that can be undone by itself; a constant number of queries.

    Raises StaleWrite, with nothing changed, where one of the moments is gone or has changed since.
    """
    with changing(journey):
        rows = {row.pk: row for row in _rows(journey, volumes)}
        if any(it.moment_id not in rows or rows[it.moment_id].version != it.version for it in volumes):
            raise StaleWrite
        events = [_take(journey, rows[it.moment_id], it, source, on) for it in volumes]
        Moment.objects.bulk_update(rows.values(), [*TAKEN, "version"])
        return list(Event.objects.bulk_create(events))


def _rows(journey: Journey, volumes: Sequence[NewVolumes]) -> Iterable[Moment]:
    found: Iterable[Moment] = Moment.objects.filter(stage__journey=journey, pk__in=[it.moment_id for it in volumes])
    return found


def _take(journey: Journey, row: Moment, new: NewVolumes, source: VolumeSource, on: date) -> Event:
    then = values_of(row, TAKEN)
    given: dict[str, Any] = {name: getattr(new, name) for name in VOLUMES}
    for name, value in {**given, "volume_source": source.value, "volume_source_on": on}.items():
        if value is not None:
            setattr(row, name, value)
    row.version += 1
    before, after = differences(then, values_of(row, TAKEN))
    ids = {"stage_id": row.stage_id, "moment_id": row.pk}
    return event_of(journey, EventKind.MOMENT_CHANGED, row.title, before=before, after=after, **ids)
