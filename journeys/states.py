"""Rows as plain values with their ids, and back: what history keeps, so that a part returns as what it was.

Any field that a later release adds is kept too; one that it drops is passed over on the way back.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from journeys.models import Journey, Moment, Stage
from journeys.plan import JourneyPlan, StagePlan
from journeys.snapshot import plan_of_moment

_PLACE = {"id", "stage_id", "position", "version", "detail_journey_id"}  # links are checked, not copied
_NOT_RESTORED = {"id", "organisation_id", "version", "created_at", "changed_at", "archived_at"}

JOURNEY_FIELDS = {
    field.attname: field
    for field in Journey._meta.concrete_fields
    if field.attname not in _NOT_RESTORED and not field.is_relation
}
MOMENT_FIELDS = {field.attname: field for field in Moment._meta.concrete_fields if field.attname not in _PLACE}


def values_of(row: models.Model, names: Any) -> dict[str, Any]:
    """The named columns of a row."""
    return {name: getattr(row, name) for name in names}


def content_of_moment(moment: Moment) -> dict[str, Any]:
    """A moment with its id and place."""
    place = {"id": moment.pk, "stage": moment.stage_id, "position": moment.position}
    return {**place, "detail": moment.detail_journey_id, **values_of(moment, MOMENT_FIELDS)}


def content_of_stage(stage: Stage) -> dict[str, Any]:
    """A stage with its moments; one query unless they are prefetched."""
    moments = [content_of_moment(moment) for moment in stage.moments.all()]
    return {"id": stage.pk, "title": stage.title, "position": stage.position, "moments": moments}


def state_of(journey: Journey) -> dict[str, Any]:
    """The whole journey; three queries."""
    row = Journey.objects.filter(pk=journey.pk).first()
    stages = Stage.objects.filter(journey=row).order_by("position").prefetch_related("moments")
    return {"journey": values_of(row, JOURNEY_FIELDS), "stages": [content_of_stage(stage) for stage in stages]}


def moment_from(content: dict[str, Any], stage_id: int, position: int) -> Moment:
    """An unsaved moment with its old id at a place."""
    fields = {name: content[name] for name in MOMENT_FIELDS if name in content}
    return Moment(pk=content["id"], stage_id=stage_id, position=position, **fields)


def rows_of_state(journey: Journey, state: dict[str, Any]) -> tuple[Journey, list[tuple[Stage, list[Moment]]]]:
    """A state as rows that are only looked at: the journey, and each stage with its moments."""
    fields = {name: value for name, value in state["journey"].items() if name in JOURNEY_FIELDS}
    then = Journey(pk=journey.pk, organisation=journey.organisation, **fields)
    stages = []
    for place, values in enumerate(state["stages"]):
        stage = Stage(pk=values["id"], journey=journey, title=values["title"], position=place)
        stages.append((stage, [moment_from(moment, stage.pk, at) for at, moment in enumerate(values["moments"])]))
    return then, stages


def plan_of_state(journey: Journey, state: dict[str, Any]) -> JourneyPlan:
    """A state as plain values; no query."""
    then, rows = rows_of_state(journey, state)
    stages = (StagePlan(stage.title, tuple(plan_of_moment(moment) for moment in moments)) for stage, moments in rows)
    return JourneyPlan(then.title, then.customers_per_year, then.customer, then.language, tuple(stages))


def write_state(journey: Journey, state: dict[str, Any]) -> None:
    """Make the journey what `state_of` gave: parts that are there change in place, others come back with their ids.

    Call inside `changing`. A dozen queries, more for the hundreds.
    """
    fields = {name: value for name, value in state["journey"].items() if name in JOURNEY_FIELDS}
    Journey.objects.filter(pk=journey.pk).update(**fields)
    rows = rows_of_state(journey, state)[1]
    stages = [stage for stage, _ in rows]
    moments = [moment for _, moments in rows for moment in moments]
    _write_rows(journey, stages, moments)


def _write_rows(journey: Journey, stages: list[Stage], moments: list[Moment]) -> None:
    """Every row there is steps aside below zero first, since each position is unique at all times."""
    stages_there, moments_there = Stage.objects.filter(journey=journey), Moment.objects.filter(stage__journey=journey)
    moments_there.exclude(pk__in=[moment.pk for moment in moments]).delete()
    versions = dict(moments_there.values_list("pk", "version"))
    for moment in moments:
        moment.version = versions.get(moment.pk, 0) + 1
    stages_there.update(position=-1 - models.F("position"))
    moments_there.update(position=-1 - models.F("position"))
    _upsert(Stage, stages, ["title", "position"])
    _upsert(Moment, moments, ["stage_id", "position", "version", *MOMENT_FIELDS])
    stages_there.exclude(pk__in=[stage.pk for stage in stages]).delete()


def _upsert(model: Any, rows: list[Any], names: list[str]) -> None:
    fields = [field.name for field in model._meta.concrete_fields if field.attname in names]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)
