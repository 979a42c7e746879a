"""What changed since a step was taken, so that undoing it overwrites nothing silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from journeys.models import Event, Journey, Moment, Stage
from journeys.models.history import WHOLE, EventKind
from journeys.states import MOMENT_FIELDS, content_of_stage, values_of


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that is no longer as the step left it. field: a column's name, or one of the words below; now, undone:
    its value at present and the one that undoing would write."""

    field: str
    now: Any = None
    undone: Any = None


PLACE, MOMENTS, STEPS = "(place)", "(moments)", "(steps)"


def changes_since(events: list[Event]) -> list[Since]:
    """What undoing a run of steps, the newest first, would overwrite.

    Moment.DoesNotExist or Stage.DoesNotExist where their part is gone.
    """
    event, kind = events[0], EventKind(events[0].kind)
    if kind in WHOLE:
        return _steps_since(event)
    if kind in CHANGED:
        return _fields_since(events, CHANGED[kind](event))
    if kind in (EventKind.MOMENT_MOVED, EventKind.STAGE_MOVED):
        return _moves_since(event)
    if kind == EventKind.MOMENT_ADDED:
        return _content_since(event.after, _stored(values_of(_moment(event), MOMENT_FIELDS)))
    if kind == EventKind.STAGE_ADDED:
        return _stage_since(event)
    return []


def _stage(event: Event) -> Stage:
    return Stage.objects.get(pk=event.stage_id, journey=event.journey_id)


def _moment(event: Event) -> Moment:
    return Moment.objects.select_related("stage").get(pk=event.moment_id, stage__journey=event.journey_id)


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON keeps them."""
    return json.loads(DjangoJSONEncoder().encode(values))


def _journey(event: Event) -> Journey:
    return Journey.objects.get(pk=event.journey_id)


CHANGED: dict[EventKind, Callable[[Event], Any]] = {
    EventKind.JOURNEY_CHANGED: _journey,
    EventKind.STAGE_RENAMED: _stage,
    EventKind.MOMENT_CHANGED: _moment,
}


def _fields_since(events: list[Event], row: Any) -> list[Since]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for event in events:
        before, after = {**before, **event.before}, {**event.after, **after}
    names = [name for name in after if hasattr(row, name)]
    now = _stored(values_of(row, names))
    return [Since(name, now[name], before[name]) for name in names if now[name] not in (after[name], before[name])]


def _content_since(then: dict[str, Any], now: dict[str, Any]) -> list[Since]:
    return [Since(name, now[name], "") for name in now if name in then and then[name] != now[name]]


def _moves_since(event: Event) -> list[Since]:
    is_moment = event.kind == EventKind.MOMENT_MOVED
    row: Any = _moment(event) if is_moment else _stage(event)
    part = {"moment_id": event.moment_id} if is_moment else {"stage_id": event.stage_id}
    movers = Q(kind=event.kind, **part) | Q(kind__in=WHOLE)
    moved = Event.objects.filter(movers, journey=event.journey_id, pk__gt=event.pk).exists()
    here = (row.position, getattr(row, "stage_id", None))
    if not moved or here in [(side["position"], side.get("stage")) for side in (event.before, event.after)]:
        return []
    stage = {"stage": row.stage_id, "stage_title": row.stage.title} if is_moment else {}
    return [Since(PLACE, {**stage, "position": row.position}, event.before)]


def _stage_since(event: Event) -> list[Since]:
    now, then = _stored(content_of_stage(_stage(event))), event.after
    changed = _content_since({"title": then["title"]}, {"title": now["title"]})
    known = {moment["id"]: moment for moment in then["moments"]}
    other = [moment for moment in now["moments"] if _is_other(known.get(moment["id"]), moment)]
    return changed + ([Since(MOMENTS, [moment["title"] for moment in other], [])] if other else [])


def _is_other(then: dict[str, Any] | None, now: dict[str, Any]) -> bool:
    """Whether a moment is new or changed; a field that history did not know yet then says nothing."""
    return then is None or any(now[name] != then[name] for name in MOMENT_FIELDS if name in then and name in now)


def _steps_since(event: Event) -> list[Since]:
    later = Event.objects.filter(journey=event.journey_id, journey_version__gt=event.journey_version)
    titles = list(later.values_list("title", flat=True))
    return [Since(STEPS, titles, [])] if titles else []
