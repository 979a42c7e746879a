"""How views fetch what an address or a form names: inside the organisation, or 404."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest
from journeys.models import Journey, Moment, Removal, Scenario, Stage


def journey_for(request: OrgRequest, journey_id: int) -> Journey:
    """A journey of the request's organisation."""
    journey = get_object_or_404(Journey.objects.in_organisation(request.organisation), pk=journey_id)
    journey.organisation = request.organisation
    return journey


def stage_for(request: OrgRequest, stage_id: int | str) -> Stage:
    """A stage of the request's organisation, with its journey."""
    stages = Stage.objects.in_organisation(request.organisation).select_related("journey")
    stage = get_object_or_404(stages, pk=_number(stage_id))
    stage.journey.organisation = request.organisation
    return stage


def moment_for(request: OrgRequest, moment_id: int | str) -> Moment:
    """A moment of the request's organisation, with its stage and journey."""
    moments = Moment.objects.in_organisation(request.organisation).select_related("stage__journey")
    moment = get_object_or_404(moments, pk=_number(moment_id))
    moment.stage.journey.organisation = request.organisation
    return moment


def removal_for(request: OrgRequest, removal_id: int) -> Removal:
    """Something that was taken off a map of the request's organisation."""
    removals = Removal.objects.in_organisation(request.organisation).select_related("journey")
    removal = get_object_or_404(removals, pk=removal_id)
    removal.journey.organisation = request.organisation
    return removal


def scenario_for(request: OrgRequest, scenario_id: int) -> Scenario:
    """A scenario of the request's organisation, with its journey."""
    scenarios = Scenario.objects.in_organisation(request.organisation).select_related("journey")
    scenario = get_object_or_404(scenarios, pk=scenario_id)
    scenario.journey.organisation = request.organisation
    return scenario


@contextmanager
def gone_is_404() -> Iterator[None]:
    """What somebody else removed between fetching and changing answers like what never was."""
    try:
        yield
    except (Journey.DoesNotExist, Stage.DoesNotExist, Moment.DoesNotExist, Removal.DoesNotExist):
        raise Http404 from None


def _number(text: int | str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise Http404 from None
    if not 0 < number < 2**63:
        raise Http404
    return number
