"""Lists of posters, and the form that makes one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from journeys.models import Journey, Scenario
from journeys.snapshot import plan_of
from journeys.views.lookup import journey_for
from reports import posters
from reports.forms import PosterForm
from reports.models import Poster, Size
from reports.preflight import check_poster
from reports.views.lookup import posters_of

POSTERS_A_PAGE = 24


def _page(request: OrgRequest, rows: QuerySet[Poster]) -> Page[Poster]:
    return Paginator(rows.defer("inputs"), POSTERS_A_PAGE).get_page(request.GET.get("page"))


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_gallery(request: OrgRequest) -> HttpResponse:
    """All posters of the organisation, the newest first."""
    context = {"section": "posters", "page": _page(request, posters_of(request))}
    return render(request, "reports/gallery.html", context)


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_list(request: OrgRequest, journey_id: int) -> HttpResponse:
    """A journey's posters and the form that makes one; `scenario` chooses one beforehand."""
    journey = journey_for(request, journey_id)
    scenarios, chosen = _scenarios(journey, request.GET.get("scenario"))
    initial = {"scenario": chosen.pk if chosen else ""}
    form = PosterForm(findings=_findings(_inputs_by_size(journey, chosen)), scenarios=scenarios, initial=initial)
    return _render_list(request, journey, form)


@require_POST
@member_required(Action.MAKE_REPORTS)
def poster_make(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Ask for a poster; what exists already is shown at once."""
    journey = journey_for(request, journey_id)
    scenarios, chosen = _scenarios(journey, request.POST.get("scenario"))
    inputs = _inputs_by_size(journey, chosen)
    form = PosterForm(request.POST, findings=_findings(inputs), scenarios=scenarios)
    if form.is_valid():
        return redirect(posters.request_poster(journey, request.user, inputs[form.cleaned_data["size"]]))
    return _render_list(request, journey, form, status=422)


def _scenarios(journey: Journey, asked: str | None) -> tuple[list[Scenario], Scenario | None]:
    """All of a journey's, and the one asked for."""
    scenarios = list(Scenario.objects.filter(journey=journey))
    return scenarios, next((scenario for scenario in scenarios if str(scenario.pk) == asked), None)


def _inputs_by_size(journey: Journey, scenario: Scenario | None) -> dict[str, dict[str, Any]]:
    """Plan and targets are of one reading of the map, so that they match."""
    prefetch_related_objects([journey], "stages__moments")
    plan, frozen = plan_of(journey), None
    if scenario:
        ids = [moment.pk for stage in journey.stages.all() for moment in stage.moments.all()]
        frozen = posters.freeze_scenario(scenario, ids)
    return {size: posters.inputs_of(journey, plan, size, frozen) for size in Size.values}


def _findings(inputs: dict[str, dict[str, Any]]) -> dict[str, list[Any]]:
    return {size: check_poster(of_size) for size, of_size in inputs.items()}


def _render_list(request: OrgRequest, journey: Journey, form: PosterForm, status: int = 200) -> HttpResponse:
    rows = posters_of(request).filter(journey=journey)
    context = {"section": "posters", "journey": journey, "form": form, "page": _page(request, rows)}
    return render(request, "reports/list.html", context, status=status)
