"""Lists of posters, and the form that makes one."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from journeys.views.lookup import journey_for
from reports.forms import PosterForm, first_choices
from reports.models import Poster
from reports.posters import asking as posters
from reports.posters.choices import choices_of, freeze_choice
from reports.posters.fit import fit_of
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
    choices = choices_of(journey_for(request, journey_id))
    asked = first_choices(choices, request.GET.dict())
    form = PosterForm(asked, choices=choices)
    if form.errors and not request.htmx:
        usual = first_choices(choices, {})
        form = PosterForm({**asked, **{name: usual[name] for name in form.errors}}, choices=choices)
    response = _render(request, form, "reports/_poster_fit.html" if request.htmx else "reports/list.html")
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@member_required(Action.MAKE_REPORTS)
@once_only
def poster_make(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Ask for a poster; what exists already is shown at once."""
    choices = choices_of(journey_for(request, journey_id))
    form = PosterForm(request.POST, choices=choices)
    if form.is_valid():
        inputs = freeze_choice(choices, form.chosen())
        blocking = [problem.text for problem in check_poster(inputs) if problem.is_blocking]
        if not blocking and "preview" in request.POST:
            return answer_preview(request, request_preview(request.organisation, request.user, "poster", inputs))
        if not blocking:
            return redirect(posters.request_poster(choices.journey, request.user, inputs))
        form.add_error("size", blocking)
    if request.htmx:
        return render(request, "reports/_preview_refused.html", {"form": form}, status=422)
    return _render(request, form, "reports/list.html", status=422)


def _render(request: OrgRequest, form: PosterForm, template: str, status: int = 200) -> HttpResponse:
    journey = form.choices.journey
    rows = posters_of(request).filter(journey=journey)
    fit = fit_of(freeze_choice(form.choices, form.chosen())) if form.is_valid() else None
    context = {"section": "posters", "journey": journey, "form": form, "fit": fit, "page": _page(request, rows)}
    return render(request, template, context, status=status)
