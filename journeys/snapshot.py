"""A stored journey as plain values."""

from __future__ import annotations

from dataclasses import fields

from journeys.models import Journey, Moment, Stage
from journeys.plan import JourneyPlan, MomentPlan, StagePlan

MOMENT_FIELDS = tuple(field.name for field in fields(MomentPlan))


def plan_of_moment(moment: Moment) -> MomentPlan:
    """One moment's own fields, without its place."""
    return MomentPlan(**{name: getattr(moment, name) for name in MOMENT_FIELDS})


def plan_of_stage(stage: Stage) -> StagePlan:
    """A stage and its moments; one query unless the moments are prefetched."""
    return StagePlan(title=stage.title, moments=tuple(plan_of_moment(moment) for moment in stage.moments.all()))


def plan_of(journey: Journey) -> JourneyPlan:
    """The whole journey; two queries unless its stages and moments are prefetched."""
    stages = journey.stages.all()
    if "stages" not in getattr(journey, "_prefetched_objects_cache", {}):
        stages = stages.prefetch_related("moments")
    return JourneyPlan(
        title=journey.title,
        customers_per_year=journey.customers_per_year,
        customer=journey.customer,
        language=journey.language,
        stages=tuple(plan_of_stage(stage) for stage in stages),
    )
