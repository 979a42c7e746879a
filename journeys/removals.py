"""Taking stages and moments off a map, and bringing them back to where they were."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models import F

from journeys.limits import MOMENTS_MAX, STAGES_MAX
from journeys.models import Journey, Moment, Removal, Stage
from journeys.sequence import SequenceFull, changing, shift_positions
from journeys.snapshot import plan_of_moment, plan_of_stage


def remove_moment(moment: Moment) -> Removal:
    """Take a moment off its map. Moment.DoesNotExist where it is gone already."""
    with changing(moment.stage.journey) as journey:
        moment.refresh_from_db()
        content = {**asdict(plan_of_moment(moment)), "stage": moment.stage_id, "position": moment.position}
        moment.delete()
        rows = Moment.objects.filter(stage=content["stage"])
        shift_positions(rows.filter(position__gt=content["position"]), rows, -1)
        return Removal.objects.create(journey=journey, kind="moment", content=content)


def remove_stage(stage: Stage) -> Removal:
    """Take a stage and its moments off its map. Stage.DoesNotExist where it is gone already."""
    with changing(stage.journey) as journey:
        stage.refresh_from_db()
        content = {**asdict(plan_of_stage(stage)), "position": stage.position}
        stage.delete()
        rows = Stage.objects.filter(journey=journey)
        shift_positions(rows.filter(position__gt=content["position"]), rows, -1)
        return Removal.objects.create(journey=journey, kind="stage", content=content)


def restore_removal(removal: Removal) -> None:
    """Bring back what was taken off, once; a moment whose stage is gone too comes back at the journey's end.

    Raises SequenceFull where the journey has no room, Removal.DoesNotExist where somebody else brought it back.
    """
    with changing(removal.journey) as journey:
        if not Removal.objects.filter(pk=removal.pk).delete()[0]:
            raise Removal.DoesNotExist
        if removal.kind == "stage":
            _restore_stage(journey, removal.content)
        else:
            _restore_moment(journey, removal.content)


def _restore_stage(journey: Journey, content: dict) -> None:
    rows = Stage.objects.filter(journey=journey)
    count = rows.count()
    moments = Moment.objects.filter(stage__journey=journey).count()
    if count >= STAGES_MAX or moments + len(content["moments"]) > MOMENTS_MAX:
        raise SequenceFull
    position = min(content["position"], count)
    shift_positions(rows.filter(position__gte=position), rows, +1)
    stage = Stage.objects.create(journey=journey, title=content["title"], position=position)
    Moment.objects.bulk_create(
        Moment(stage=stage, position=place, **values) for place, values in enumerate(content["moments"])
    )


def _restore_moment(journey: Journey, content: dict) -> None:
    if Moment.objects.filter(stage__journey=journey).count() >= MOMENTS_MAX:
        raise SequenceFull
    values = {name: value for name, value in content.items() if name not in ("stage", "position")}
    stage = Stage.objects.filter(journey=journey, pk=content["stage"]).first()
    stage = stage or Stage.objects.filter(journey=journey).order_by(F("position").desc()).first()
    stage = stage or Stage.objects.create(journey=journey, title=values["title"], position=0)
    rows = Moment.objects.filter(stage=stage)
    position = min(content["position"], rows.count())
    shift_positions(rows.filter(position__gte=position), rows, +1)
    Moment.objects.create(stage=stage, position=position, **values)
