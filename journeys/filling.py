"""Putting a whole plan on a map that is still empty."""

from __future__ import annotations

from typing import Any

from journeys.history import record
from journeys.models import Event, Journey, Stage
from journeys.models.history import EventKind
from journeys.plan import JourneyPlan
from journeys.sequence import add_stages, changing
from journeys.states import state_of


class NotEmpty(ValueError):
    """The map has stages already."""


def fill_journey(journey: Journey, plan: JourneyPlan) -> Event:
    """Give an empty journey the plan's stages and moments; its own title stays, what it does not say yet is taken over.

    Raises NotEmpty where it has a stage, Journey.DoesNotExist where it is gone.
    """
    with changing(journey):
        if Stage.objects.filter(journey=journey).exists():
            raise NotEmpty
        before = state_of(journey)
        journey.refresh_from_db(fields=["customers_per_year", "customer", "language"])
        add_stages(journey, plan.stages)
        if lacking := _lacking(journey, plan):
            Journey.objects.filter(pk=journey.pk).update(**lacking)
        return record(journey, EventKind.JOURNEY_FILLED, journey.title, before=before, after=state_of(journey))


def _lacking(journey: Journey, plan: JourneyPlan) -> dict[str, Any]:
    """What the plan says and the journey does not; English is what a plan says that names no language."""
    said = {"customers_per_year": plan.customers_per_year, "customer": plan.customer}
    lacking: dict[str, Any] = {name: value for name, value in said.items() if value and not getattr(journey, name)}
    return lacking | ({"language": plan.language} if plan.language != "en" else {})
