"""Taking stages and moments off a map, and bringing them back to where they were, with the ids that they had."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from journeys.details import relink
from journeys.history import record
from journeys.limits import MOMENTS_MAX, STAGES_MAX
from journeys.models import Event, Journey, Moment, Stage
from journeys.models.history import EventKind
from journeys.sequence import SequenceFull, changing, shift_positions
from journeys.states import content_of_moment, content_of_stage, moment_from


class AlreadyBack(ValueError):
    """What should come back is on the map."""


def remove_moment(moment: Moment) -> Event:
    """Take a moment off its map. Moment.DoesNotExist where it is gone already."""
    with changing(moment.stage.journey) as journey:
        moment.refresh_from_db()
        content, pk = content_of_moment(moment), moment.pk
        moment.delete()
        rows = Moment.objects.filter(stage=content["stage"])
        shift_positions(rows.filter(position__gt=content["position"]), rows, -1)
        ids = {"stage_id": content["stage"], "moment_id": pk}
        return record(journey, EventKind.MOMENT_REMOVED, content["title"], before=content, **ids)


def remove_stage(stage: Stage) -> Event:
    """Take a stage and its moments off its map. Stage.DoesNotExist where it is gone already."""
    with changing(stage.journey) as journey:
        stage.refresh_from_db(fields=["title", "position"])
        content, pk = content_of_stage(stage), stage.pk
        stage.delete()
        rows = Stage.objects.filter(journey=journey)
        shift_positions(rows.filter(position__gt=content["position"]), rows, -1)
        return record(journey, EventKind.STAGE_REMOVED, content["title"], stage_id=pk, before=content)


def restore_stage(journey: Journey, content: dict[str, Any]) -> Event:
    """Bring a stage back as `remove_stage` found it. SequenceFull where there is no room, AlreadyBack."""
    with changing(journey):
        rows = Stage.objects.filter(journey=journey)
        if rows.filter(pk=content["id"]).exists():
            raise AlreadyBack
        there = set(Moment.objects.filter(stage__journey=journey).values_list("pk", flat=True))
        missing = [moment for moment in content["moments"] if moment["id"] not in there]
        count = rows.count()
        if count >= STAGES_MAX or len(there) + len(missing) > MOMENTS_MAX:
            raise SequenceFull
        position = min(content["position"], count)
        shift_positions(rows.filter(position__gte=position), rows, +1)
        stage = Stage.objects.create(pk=content["id"], journey=journey, title=content["title"], position=position)
        Moment.objects.bulk_create(moment_from(moment, stage.pk, place) for place, moment in enumerate(missing))
        relink(journey, missing)
        after = content_of_stage(stage)
        return record(journey, EventKind.STAGE_ADDED, stage.title, stage_id=stage.pk, after=after)


def restore_moment(journey: Journey, content: dict[str, Any]) -> Event:
    """Bring a moment back to where it was; one whose stage is gone comes back at the journey's end.

    Raises SequenceFull where there is no room, Stage.DoesNotExist where there is no stage at all, AlreadyBack.
    """
    with changing(journey):
        there = Moment.objects.filter(stage__journey=journey)
        if there.filter(pk=content["id"]).exists():
            raise AlreadyBack
        if there.count() >= MOMENTS_MAX:
            raise SequenceFull
        stages = Stage.objects.filter(journey=journey)
        stage = stages.filter(pk=content["stage"]).first() or stages.order_by(F("position").desc()).first()
        if stage is None:
            raise Stage.DoesNotExist
        rows = Moment.objects.filter(stage=stage)
        position = min(content["position"], rows.count())
        shift_positions(rows.filter(position__gte=position), rows, +1)
        moment = moment_from(content, stage.pk, position)
        moment.save(force_insert=True)
        relink(journey, [content])
        moment.detail_journey_id = content.get("detail")
        ids = {"stage_id": stage.pk, "moment_id": moment.pk}
        return record(journey, EventKind.MOMENT_ADDED, moment.title, after=content_of_moment(moment), **ids)
