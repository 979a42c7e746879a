"""The three ways to begin a journey: empty, from an example, from pasted text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from journeys.creation_forms import EmptyJourneyForm, OutlineForm
from journeys.examples import list_examples, load_example
from journeys.mini_curve import draw_mini_curve
from journeys.sequence import create_journey


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def journey_create(request: OrgRequest) -> HttpResponse:
    """All three ways on one page; posted, the empty one."""
    form = EmptyJourneyForm(request.POST or None)
    if form.is_valid():
        return redirect(create_journey(request.organisation, form.plan()))
    status = 422 if request.method == "POST" else 200
    return _render_ways(request, form=form, status=status)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def journey_from_example(request: OrgRequest) -> HttpResponse:
    """A copy of the example that the form names."""
    try:
        plan = load_example(request.POST.get("example", ""))
    except KeyError:
        return _render_ways(request, example_error=_("There is no such example. Choose one of these."), status=422)
    journey = create_journey(request.organisation, plan)
    messages.success(request, _("“%s” is yours now. Its figures are an example: put in your own.") % journey.title)
    return redirect(journey)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def journey_paste(request: OrgRequest) -> HttpResponse:
    """What a text would make and what is wrong with its lines; with `create` and nothing wrong, the journey.

    While somebody types, htmx asks for the preview alone: a question, so it is answered 200 whatever the text holds.
    """
    form = OutlineForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.preview and "create" in request.POST:
        return redirect(create_journey(request.organisation, form.preview.plan))
    context = {"section": "journeys", "form": form, "preview": form.preview}
    if request.htmx:
        return render(request, "journeys/_paste_preview.html", context)
    return render(request, "journeys/paste.html", context, status=422 if form.errors else 200)


def _render_ways(request: OrgRequest, form: EmptyJourneyForm | None = None, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "section": "journeys",
        "empty_form": form or EmptyJourneyForm(),
        "form": OutlineForm(),
        "examples": [(example, draw_mini_curve(example.levels)) for example in list_examples()],
        **more,
    }
    return render(request, "journeys/create.html", context, status=status)
