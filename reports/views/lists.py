"""Lists of posters, and the form that makes one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from journeys.models import Journey, Scenario
from journeys.snapshot import plan_of
from journeys.views.lookup import journey_for
from reports import posters
from reports.forms import CHOSEN_FIRST, PosterForm
from reports.models import Poster
from reports.poster_fit import fit_of
from reports.preflight import check_poster
from reports.previews import request_preview
from reports.views.lookup import posters_of
from reports.views.previews import answer_preview

POSTERS_A_PAGE = 24


def _page(request: OrgRequest, rows: QuerySet[Poster]) -> Page[Poster]:
    return Paginator(rows.defer("inputs"), POSTERS_A_PAGE).get_page(request.GET.get("page"))


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_list(request: OrgRequest, journey_id: int) -> HttpResponse:
    """A journey's posters and the form that makes one, as the address chooses; for htmx only what fits of it."""
    journey = journey_for(request, journey_id)
    scenarios = list(Scenario.objects.filter(journey=journey))
    chosen = {name: request.GET.get(name, first) for name, first in CHOSEN_FIRST.items()}
    form = PosterForm(chosen, scenarios=scenarios)
    if not form.is_valid() and not request.htmx:
        form = PosterForm(CHOSEN_FIRST, scenarios=scenarios)
    response = _render(request, journey, form, "reports/_poster_fit.html" if request.htmx else "reports/list.html")
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@member_required(Action.MAKE_REPORTS)
def poster_make(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Ask for a poster; what exists already is shown at once."""
    journey = journey_for(request, journey_id)
    form = PosterForm(request.POST, scenarios=list(Scenario.objects.filter(journey=journey)))
    if form.is_valid():
        inputs = _inputs(journey, form)
        blocking = [problem.text for problem in check_poster(inputs) if problem.is_blocking]
        if not blocking and "preview" in request.POST:
            return answer_preview(request, request_preview(request.organisation, request.user, "poster", inputs))
        if not blocking:
            return redirect(posters.request_poster(journey, request.user, inputs))
        form.add_error("size", blocking)
    if request.htmx:
        return render(request, "reports/_preview_refused.html", {"form": form}, status=422)
    return _render(request, journey, form, "reports/list.html", status=422)


def _inputs(journey: Journey, form: PosterForm) -> dict[str, Any]:
    """Of a valid form. Plan and targets are of one reading of the map, so that they match."""
    prefetch_related_objects([journey], "stages__moments")
    plan, frozen = plan_of(journey), None
    if chosen := form.cleaned_data.get("scenario"):
        ids = [moment.pk for stage in journey.stages.all() for moment in stage.moments.all()]
        frozen = posters.freeze_scenario(Scenario.objects.get(journey=journey, pk=chosen), ids)
    return posters.inputs_of(journey, plan, form.cleaned_data["size"], frozen, form.print_)


def _render(request: OrgRequest, journey: Journey, form: PosterForm, template: str, status: int = 200) -> HttpResponse:
    rows = posters_of(request).filter(journey=journey)
    fit = fit_of(_inputs(journey, form)) if form.is_valid() else None
    context = {"section": "posters", "journey": journey, "form": form, "fit": fit, "page": _page(request, rows)}
    return render(request, template, context, status=status)
