"""Everything that changes a journey: its parts are added, changed and moved here, taken off in journeys.removals.

Each function opens a transaction and first raises the journey's version, which also locks its row: two changes of one
journey never run at once, so positions stay unique and without gaps. In the same transaction it writes down what it
did (journeys.history). Call inside the organisation's scope.
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
from journeys.choices import VolumeSource
from journeys.history import differences, record, record_difference
from journeys.limits import MOMENTS_MAX, STAGES_MAX
from journeys.models import Event, Journey, Moment, Stage
from journeys.models.history import EventKind
from journeys.plan import JourneyPlan, StagePlan
from journeys.states import MOMENT_FIELDS, content_of_moment, values_of

PARKED = -1_000_000
VOLUMES = ("contacts_per_customer", "seconds")


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
        journey.version = Journey.objects.values_list("version", flat=True).get(pk=journey.pk)
        yield journey


def create_journey(organisation: Organisation, plan: JourneyPlan) -> Journey:
    """A new journey with all its stages and moments, in five queries."""
    with transaction.atomic():
        journey = Journey.objects.create(
            organisation=organisation,
            title=plan.title,
            customers_per_year=plan.customers_per_year,
            customer=plan.customer,
            language=plan.language,
        )
        add_stages(journey, plan.stages)
        size = {"stages": len(plan.stages), "moments": len(plan.moments)}
        record(journey, EventKind.JOURNEY_MADE, journey.title, after=size)
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


def change_journey(journey: Journey, **fields: Any) -> Event | None:
    """Change the journey's own fields."""
    with changing(journey):
        row = Journey.objects.get(pk=journey.pk)
        names = [field.attname for field in Journey._meta.concrete_fields if {field.name, field.attname} & set(fields)]
        before = values_of(row, names)
        for name, value in fields.items():
            setattr(row, name, value)
        Journey.objects.filter(pk=journey.pk).update(**fields)
        before, after = differences(before, values_of(row, names))
        return record_difference(journey, EventKind.JOURNEY_CHANGED, row.title, before=before, after=after)


def append_stage(journey: Journey, title: str) -> Stage:
    """A new last stage. Raises SequenceFull at STAGES_MAX."""
    with changing(journey):
        position = journey.stages.count()
        if position >= STAGES_MAX:
            raise SequenceFull
        stage = Stage.objects.create(journey=journey, title=title, position=position)
        content = {"id": stage.pk, "title": title, "position": position, "moments": []}
        record(journey, EventKind.STAGE_ADDED, title, stage_id=stage.pk, after=content)
        return stage


def rename_stage(stage: Stage, title: str) -> Event | None:
    """Give a stage another title. Stage.DoesNotExist where it is gone."""
    with changing(stage.journey) as journey:
        before = Stage.objects.values_list("title", flat=True).get(pk=stage.pk)
        Stage.objects.filter(pk=stage.pk).update(title=title)
        sides = {"before": {"title": before}, "after": {"title": title}}
        return record_difference(journey, EventKind.STAGE_RENAMED, title, stage_id=stage.pk, **sides)


def move_stage(stage: Stage, position: int) -> Event | None:
    """Put a stage, with its moments, at `position` of its journey; beyond the ends means at the end."""
    with changing(stage.journey) as journey:
        stage.refresh_from_db(fields=["title", "position"])
        others = Stage.objects.filter(journey=journey).exclude(pk=stage.pk)
        position = max(0, min(position, others.count()))
        Stage.objects.filter(pk=stage.pk).update(position=PARKED)
        shift_positions(others.filter(position__gt=stage.position), others, -1)
        shift_positions(others.filter(position__gte=position), others, +1)
        Stage.objects.filter(pk=stage.pk).update(position=position)
        sides = {"before": {"position": stage.position}, "after": {"position": position}}
        return record_difference(journey, EventKind.STAGE_MOVED, stage.title, stage_id=stage.pk, **sides)


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
        moment = Moment.objects.create(stage=stage, position=position, **fields)
        _record_moment(journey, EventKind.MOMENT_ADDED, moment, after=content_of_moment(moment))
        return moment


def change_moment(moment: Moment, version: int, **fields: Any) -> Event | None:
    """Change a moment's fields if it still has the version that the writer read; else StaleWrite.

    Other contacts or seconds than before are typed ones: an estimate again, unless `fields` name their source.
    """
    with changing(moment.stage.journey) as journey:
        row = Moment.objects.filter(pk=moment.pk, version=version).first()
        if row is None:
            raise StaleWrite
        fields = {**_source_of_typed(row, fields), **fields}
        before = values_of(row, MOMENT_FIELDS)
        for name, value in fields.items():
            setattr(row, name, value)
        Moment.objects.filter(pk=moment.pk).update(**fields, version=F("version") + 1)
        before, after = differences(before, values_of(row, MOMENT_FIELDS))
        return _record_moment(journey, EventKind.MOMENT_CHANGED, row, before=before, after=after)


def _source_of_typed(row: Moment, fields: dict[str, Any]) -> dict[str, Any]:
    is_typed = any(fields[name] != getattr(row, name) for name in VOLUMES if name in fields)
    return {"volume_source": VolumeSource.ESTIMATE, "volume_source_on": None} if is_typed else {}


def _record_moment(journey: Journey, kind: EventKind, moment: Moment, **sides: Any) -> Event | None:
    sides = {"before": {}, "after": {}, **sides}
    return record_difference(journey, kind, moment.title, stage_id=moment.stage_id, moment_id=moment.pk, **sides)


def move_moment(moment: Moment, stage: Stage, position: int) -> Event | None:
    """Put a moment at `position` of a stage of the same journey; beyond the ends means at the end.

    Moment.DoesNotExist or Stage.DoesNotExist where either is gone.
    """
    with changing(stage.journey) as journey:
        moment.refresh_from_db(fields=["stage", "position", "title"])
        titles = dict(
            Stage.objects.filter(pk__in=[stage.pk, moment.stage_id], journey=journey).values_list("pk", "title")
        )
        if stage.pk not in titles:
            raise Stage.DoesNotExist
        source = Moment.objects.filter(stage=moment.stage_id).exclude(pk=moment.pk)
        target = Moment.objects.filter(stage=stage).exclude(pk=moment.pk)
        position = max(0, min(position, target.count()))
        Moment.objects.filter(pk=moment.pk).update(position=PARKED)
        shift_positions(source.filter(position__gt=moment.position), source, -1)
        shift_positions(target.filter(position__gte=position), target, +1)
        Moment.objects.filter(pk=moment.pk).update(stage=stage, position=position)
        before = _place(moment.stage_id, titles, moment.position)
        return _record_moment(
            journey, EventKind.MOMENT_MOVED, moment, before=before, after=_place(stage.pk, titles, position)
        )


def _place(stage_id: int, titles: dict[int, str], position: int) -> dict[str, Any]:
    return {"stage": stage_id, "stage_title": titles[stage_id], "position": position}


def step_moment(moment: Moment, step: int) -> Event | None:
    """Move a moment one place earlier (-1) or later (+1); past the end of its stage it enters the next one."""
    last = Moment.objects.filter(stage=moment.stage_id).count() - 1
    if 0 <= moment.position + step <= last:
        return move_moment(moment, moment.stage, moment.position + step)
    return change_stage(moment, step)


def change_stage(moment: Moment, step: int) -> Event | None:
    """Move a moment to the end of the stage before (-1) or the start of the stage after (+1); none there: nothing."""
    place = moment.stage.position + step
    stage = Stage.objects.filter(journey=moment.stage.journey_id, position=place).select_related("journey").first()
    if stage is None:
        return None
    return move_moment(moment, stage, 0 if step > 0 else Moment.objects.filter(stage=stage).count())


def shift_positions(rows: QuerySet[Any], siblings: QuerySet[Any], by: int) -> None:
    """Move `rows` by one place, through negative numbers, since each position is unique at all times."""
    rows.update(position=-1 - (F("position") + by))
    siblings.filter(position__lt=0).update(position=-1 - F("position"))
