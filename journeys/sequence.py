"""Everything that changes a journey: its parts are added, changed, moved, taken off and brought back here.

Each function opens a transaction and first raises the journey's version, which also locks its row: two changes of one
journey never run at once, so positions stay unique and without gaps. Call inside the organisation's scope.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from accounts.models import Organisation
from journeys.limits import MOMENTS_MAX, STAGES_MAX
from journeys.models import Journey, Moment, Stage
from journeys.plan import JourneyPlan, StagePlan

PARKED = -1_000_000


class SequenceFull(ValueError):
    """The journey holds as many stages or moments as one may."""


class StaleWrite(ValueError):
    """Somebody else changed the row since the writer read it."""


@contextmanager
def changing(journey: Journey) -> Iterator[Journey]:
    """A transaction that holds the journey alone and raises its version. Journey.DoesNotExist where it is gone."""
    with transaction.atomic():
        found = Journey.objects.filter(pk=journey.pk).update(version=F("version") + 1, changed_at=Now())
        if not found:
            raise Journey.DoesNotExist
        yield journey


def create_journey(organisation: Organisation, plan: JourneyPlan) -> Journey:
    """A new journey with all its stages and moments, in four queries."""
    with transaction.atomic():
        journey = Journey.objects.create(
            organisation=organisation,
            title=plan.title,
            customers_per_year=plan.customers_per_year,
            customer=plan.customer,
            language=plan.language,
        )
        add_stages(journey, plan.stages)
    return journey


def add_stages(journey: Journey, plans: tuple[StagePlan, ...]) -> None:
    """The first stages of a journey that has none yet, inside a transaction that holds it; two queries."""
    stages = [Stage(journey=journey, title=plan.title, position=place) for place, plan in enumerate(plans)]
    Stage.objects.bulk_create(stages)
    Moment.objects.bulk_create(
        Moment(stage=stage, position=place, **asdict(moment))
        for stage, plan in zip(stages, plans, strict=True)
        for place, moment in enumerate(plan.moments)
    )


def change_journey(journey: Journey, **fields: Any) -> None:
    """Change the journey's own fields."""
    with changing(journey):
        Journey.objects.filter(pk=journey.pk).update(**fields)


def append_stage(journey: Journey, title: str) -> Stage:
    """A new last stage. Raises SequenceFull at STAGES_MAX."""
    with changing(journey):
        position = journey.stages.count()
        if position >= STAGES_MAX:
            raise SequenceFull
        return Stage.objects.create(journey=journey, title=title, position=position)


def rename_stage(stage: Stage, title: str) -> None:
    """Give a stage another title. Stage.DoesNotExist where it is gone."""
    with changing(stage.journey):
        if not Stage.objects.filter(pk=stage.pk).update(title=title):
            raise Stage.DoesNotExist


def move_stage(stage: Stage, position: int) -> None:
    """Put a stage, with its moments, at `position` of its journey; beyond the ends means at the end."""
    with changing(stage.journey) as journey:
        stage.refresh_from_db(fields=["position"])
        others = Stage.objects.filter(journey=journey).exclude(pk=stage.pk)
        position = max(0, min(position, others.count()))
        Stage.objects.filter(pk=stage.pk).update(position=PARKED)
        shift_positions(others.filter(position__gt=stage.position), others, -1)
        shift_positions(others.filter(position__gte=position), others, +1)
        Stage.objects.filter(pk=stage.pk).update(position=position)


def append_moment(stage: Stage, after: Moment | None = None, **fields: Any) -> Moment:
    """A new moment behind `after`, or last in its stage. Raises SequenceFull at MOMENTS_MAX."""
    with changing(stage.journey) as journey:
        if Moment.objects.filter(stage__journey=journey).count() >= MOMENTS_MAX:
            raise SequenceFull
        rows = Moment.objects.filter(stage=stage)
        place = None
        if after is not None:
            place = rows.filter(pk=after.pk).values_list("position", flat=True).first()
        position = rows.count() if place is None else place + 1
        shift_positions(rows.filter(position__gte=position), rows, +1)
        return Moment.objects.create(stage=stage, position=position, **fields)


def change_moment(moment: Moment, version: int, **fields: Any) -> None:
    """Change a moment's fields if it still has the version that the writer read; else StaleWrite."""
    with changing(moment.stage.journey):
        row = Moment.objects.filter(pk=moment.pk, version=version)
        if not row.update(**fields, version=F("version") + 1):
            raise StaleWrite


def move_moment(moment: Moment, stage: Stage, position: int) -> None:
    """Put a moment at `position` of a stage of the same journey; beyond the ends means at the end.

    Moment.DoesNotExist or Stage.DoesNotExist where either is gone.
    """
    with changing(stage.journey) as journey:
        moment.refresh_from_db(fields=["stage", "position"])
        stage = Stage.objects.get(pk=stage.pk, journey=journey)
        source = Moment.objects.filter(stage=moment.stage_id).exclude(pk=moment.pk)
        target = Moment.objects.filter(stage=stage).exclude(pk=moment.pk)
        position = max(0, min(position, target.count()))
        Moment.objects.filter(pk=moment.pk).update(position=PARKED)
        shift_positions(source.filter(position__gt=moment.position), source, -1)
        shift_positions(target.filter(position__gte=position), target, +1)
        Moment.objects.filter(pk=moment.pk).update(stage=stage, position=position)


def step_moment(moment: Moment, step: int) -> None:
    """Move a moment one place earlier (-1) or later (+1); past the end of its stage it enters the next one."""
    last = Moment.objects.filter(stage=moment.stage_id).count() - 1
    if 0 <= moment.position + step <= last:
        move_moment(moment, moment.stage, moment.position + step)
    else:
        change_stage(moment, step)


def change_stage(moment: Moment, step: int) -> None:
    """Move a moment to the end of the stage before (-1) or the start of the stage after (+1); none there: nothing."""
    place = moment.stage.position + step
    stage = Stage.objects.filter(journey=moment.stage.journey_id, position=place).select_related("journey").first()
    if stage is not None:
        move_moment(moment, stage, 0 if step > 0 else Moment.objects.filter(stage=stage).count())


def shift_positions(rows: QuerySet[Any], siblings: QuerySet[Any], by: int) -> None:
    """Move `rows` by one place, through negative numbers, since each position is unique at all times."""
    rows.update(position=-1 - (F("position") + by))
    siblings.filter(position__lt=0).update(position=-1 - F("position"))
