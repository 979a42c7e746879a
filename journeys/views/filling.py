"""An empty map filled from pasted text."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from journeys.creation_forms import FillForm
from journeys.filling import NotEmpty, fill_journey
from journeys.models import Journey
from journeys.views.lookup import gone_is_404, journey_for


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def journey_fill(request: OrgRequest, journey_id: int) -> HttpResponse:
    """What a text would put on this map; with `create` and nothing wrong, it is put there. What was typed comes back.

    While somebody types, htmx asks for the preview alone, which is answered 200 whatever the text holds.
    """
    journey = journey_for(request, journey_id)
    form = FillForm(journey, request.POST)
    if not (form.is_valid() and form.preview and "create" in request.POST):
        return _render(request, journey, form, 422 if form.errors else 200)
    try:
        with gone_is_404():
            fill_journey(journey, form.preview.plan)
    except NotEmpty:
        return _render(request, journey, form, 409, is_taken=True)
    return redirect(journey)


def _render(
    request: OrgRequest, journey: Journey, form: FillForm, status: int, *, is_taken: bool = False
) -> HttpResponse:
    context = {"section": "journeys", "journey": journey, "form": form, "preview": form.preview, "is_taken": is_taken}
    if request.htmx:
        return render(request, "journeys/_paste_preview.html", {**context, "filling": True})
    return render(request, "journeys/fill.html", context, status=status)
