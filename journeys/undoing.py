"""Each step of a journey's history taken back, as a new step; an undo undone is the step done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from journeys import removals, sequence
from journeys.conflicts import Since, changes_since
from journeys.details import take_link_back
from journeys.history import event_of, undoing
from journeys.models import Event, Journey, Moment, Stage
from journeys.models.history import EventKind
from journeys.versions import restore_state

RUN = timedelta(minutes=2)  # saves of one text while somebody types are nearer to each other than this
RUN_MAX = 200
RUNNING = (EventKind.MOMENT_CHANGED, EventKind.JOURNEY_CHANGED)


class AlreadyUndone(ValueError):
    """The step was taken back before."""


class PartGone(ValueError):
    """What the step was about, or where it stood, is no longer on the map."""


class ChangedSince(ValueError):
    """Undoing would overwrite later changes: they are in `changes`."""

    def __init__(self, changes: list[Since]) -> None:
        super().__init__()
        self.changes = changes


def undo(event: Event, *, is_forced: bool = False) -> Event:
    """Take one step back, and say by which step that was done.

    Raises AlreadyUndone, PartGone, SequenceFull, DetailLoop, and ChangedSince unless forced.
    """
    return undo_run([event], is_forced=is_forced)


def undo_run(events: list[Event], *, is_forced: bool = False) -> Event:
    """Take several steps of one part back, the newest of them given first: all of them or none."""
    with transaction.atomic():
        journey = Journey.objects.select_for_update().get(pk=events[0].journey_id)
        if Event.objects.filter(undoes__in=events).exists() or events[0].kind == EventKind.JOURNEY_MADE:
            raise AlreadyUndone
        try:
            changes = [] if is_forced else changes_since(events)
            if changes:
                raise ChangedSince(changes)
            return _take_back(journey, events)
        except (Stage.DoesNotExist, Moment.DoesNotExist):
            raise PartGone from None
        except removals.AlreadyBack:
            raise AlreadyUndone from None


def _take_back(journey: Journey, events: list[Event]) -> Event:
    kind = EventKind(events[0].kind)
    if kind in RUNNING:
        return _take_fields_back(journey, events)
    with undoing(events[0]):
        done = INVERSES[kind](journey, events[0])
    if done is None:
        raise AlreadyUndone
    return done


def _take_fields_back(journey: Journey, events: list[Event]) -> Event:
    """One change of the row, and a step for each step that it takes back; the same few queries for any number."""
    is_moment = events[0].moment_id is not None
    with sequence.changing(journey):
        rows = Moment.objects.filter(stage__journey=journey) if is_moment else Journey.objects.all()
        row = rows.get(pk=events[0].moment_id if is_moment else journey.pk)
        ids = {"stage_id": row.stage_id, "moment_id": row.pk} if is_moment else {}
        now: dict[str, Any] = {}
        written = []
        for event in events:
            back = {name: value for name, value in event.before.items() if hasattr(row, name)}
            before = {name: now.get(name, getattr(row, name)) for name in back}
            now |= back
            with undoing(event):
                title = now.get("title", row.title)
                written.append(event_of(journey, EventKind(event.kind), title, before=before, after=back, **ids))
        type(row).objects.filter(pk=row.pk).update(**now, **({"version": F("version") + 1} if is_moment else {}))
        Event.objects.bulk_create(written)
    return written[-1]


def last_step(journey: Journey, user: User, *, is_redo: bool = False) -> list[Event]:
    """The user's last step that can be taken back, with the saves that ran before it; [] where there is none.

    is_redo: the last one taken back instead, as long as nothing new was done since.
    """
    own = Event.objects.filter(journey=journey, actor=user)
    rows = own.filter(undone_by=None, is_undo=is_redo).exclude(kind=EventKind.JOURNEY_MADE)
    if is_redo:
        newest = own.filter(undoes=None).values_list("pk", flat=True).first()
        rows = rows.filter(pk__gt=newest or 0)
    event = rows.first()
    return run_of(event) if event else []


def run_of(event: Event, oldest: int | None = None) -> list[Event]:
    """A step with the same person's saves of the same part shortly before it, newest first.

    oldest: the id at which to stop; else where anything else was done to the part, or somebody paused.
    """
    if event.kind not in RUNNING:
        return [event]
    same_part = _steps_of_part(event).filter(pk__lt=event.pk).select_related("undone_by", "undoes")
    run = [event]
    for earlier in same_part[:RUN_MAX]:
        if not continues(run[-1], earlier) or (oldest is not None and earlier.pk < oldest):
            break
        run.append(earlier)
    return run


def _steps_of_part(event: Event) -> QuerySet[Event]:
    events = Event.objects.filter(journey=event.journey_id, moment_id=event.moment_id)
    return events if event.moment_id is not None else events.filter(kind=event.kind)


def continues(later: Event, earlier: Event) -> bool:
    """Whether two neighbouring steps of a part are one to a reader: the same person typing on."""
    return (
        later.kind in RUNNING
        and (later.kind, later.actor_id, later.is_undo) == (earlier.kind, earlier.actor_id, earlier.is_undo)
        and is_undone(later) == is_undone(earlier)
        and (later.undoes_id is None) == (earlier.undoes_id is None)
        and later.at - earlier.at <= RUN
        and _were_near(later.undoes, earlier.undoes)
    )


def _were_near(later: Event | None, earlier: Event | None) -> bool:
    """Whether the two steps that were taken back ran into each other too."""
    return later is None or earlier is None or abs(later.at - earlier.at) <= RUN


def is_undone(event: Event) -> bool:
    """Whether the step was taken back: a query unless fetched with `undone_by`."""
    return hasattr(event, "undone_by")


def _rename_stage(journey: Journey, event: Event) -> Event | None:
    return sequence.rename_stage(_stage(event.stage_id, journey), event.before["title"])


def _move_stage(journey: Journey, event: Event) -> Event | None:
    return sequence.move_stage(_stage(event.stage_id, journey), event.before["position"])


def _move_moment(journey: Journey, event: Event) -> Event | None:
    stage = _stage(event.before["stage"], journey)
    return sequence.move_moment(_moment(event.moment_id, journey), stage, event.before["position"])


def _remove_stage(journey: Journey, event: Event) -> Event:
    return removals.remove_stage(_stage(event.stage_id, journey))


def _remove_moment(journey: Journey, event: Event) -> Event:
    return removals.remove_moment(_moment(event.moment_id, journey))


def _restore_stage(journey: Journey, event: Event) -> Event:
    return removals.restore_stage(journey, event.before)


def _restore_moment(journey: Journey, event: Event) -> Event:
    return removals.restore_moment(journey, event.before)


def _link_back(_journey: Journey, event: Event) -> Event | None:
    return take_link_back(event)


def _restore_state(journey: Journey, event: Event) -> Event:
    return restore_state(journey, EventKind(event.kind), event.title, event.before)


def _stage(pk: int | None, journey: Journey) -> Stage:
    return Stage.objects.select_related("journey").get(pk=pk, journey=journey)


def _moment(pk: int | None, journey: Journey) -> Moment:
    moments = Moment.objects.select_related("stage__journey")
    return moments.get(pk=pk, stage__journey=journey)


INVERSES: dict[EventKind, Callable[[Journey, Event], Event | None]] = {
    EventKind.JOURNEY_FILLED: _restore_state,
    EventKind.STAGE_ADDED: _remove_stage,
    EventKind.STAGE_RENAMED: _rename_stage,
    EventKind.STAGE_MOVED: _move_stage,
    EventKind.STAGE_REMOVED: _restore_stage,
    EventKind.MOMENT_ADDED: _remove_moment,
    EventKind.MOMENT_MOVED: _move_moment,
    EventKind.MOMENT_LINKED: _link_back,
    EventKind.MOMENT_REMOVED: _restore_moment,
    EventKind.VERSION_RESTORED: _restore_state,
}
