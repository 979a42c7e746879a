"""What keeps an open map true while others work on it: the question what changed, and who is here."""

from __future__ import annotations

import re

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from journeys.event_words import words_of
from journeys.models import Event, Journey
from journeys.models.presence import TAB_MAX
from journeys.presence import arrive, leave, others_on
from journeys.unchanged import TICKET, etag_of, ticket_for
from journeys.views.lookup import journey_for
from journeys.views.map_page import map_context

SEEN = re.compile(r'"(\d{1,10})-(\d{1,10})-\d{1,10}"')
TOLD_MAX = 3


class PlaceForm(forms.Form):
    """Where on the map a page's reader is. tab: made up by the page."""

    tab = forms.RegexField(rf"^[0-9a-z]{{1,{TAB_MAX}}}$")
    moment = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    leaving = forms.BooleanField(required=False)


class OpenMomentForm(forms.Form):
    """Which moment stands in the panel of the page that asks."""

    moment = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_changes(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The parts of a map that are others than If-None-Match says, `"version-comments_version-people_version"`.

    Nothing changed: one read of the journey by its key, and 304. The ticket spares the next questions the sign-in's.
    """
    journey = journey_for(request, journey_id)
    etag = etag_of(journey.version, journey.comments_version, journey.people_version)
    response = get_conditional_response(request, etag=etag) or _changed_parts(request, journey)
    response["ETag"] = etag
    response[TICKET] = ticket_for(request)
    response["Cache-Control"] = "private, no-store"
    return response


def _changed_parts(request: OrgRequest, journey: Journey) -> HttpResponse:
    people = others_on(journey, request.user)
    seen = SEEN.fullmatch(request.headers.get("If-None-Match", ""))
    if seen and (int(seen[1]), int(seen[2])) == (journey.version, journey.comments_version):
        return render(request, "journeys/_presence.html", {"journey": journey, "people": people})
    form = OpenMomentForm(request.GET)
    moment_id = form.cleaned_data["moment"] if form.is_valid() else None
    told = _told(request, journey, int(seen[1])) if seen else ""
    return render(request, "journeys/_changes.html", map_context(request, journey, moment_id, people=people, told=told))


def _told(request: OrgRequest, journey: Journey, version: int) -> str:
    """What others did since that version, the first thing first; no words where it is more than one can listen to."""
    events = Event.objects.filter(journey=journey, journey_version__gt=version).exclude(actor=request.user)
    said = [words_of(event) for event in events.order_by("id")[: TOLD_MAX + 1]]
    return ". ".join(dict.fromkeys(said)) if len(said) <= TOLD_MAX else ""


@require_POST
@member_required(Action.SEE_JOURNEYS)
def presence_set(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Say that a page is open and at which `moment`; `leaving`: that it is closed."""
    journey, form = journey_for(request, journey_id), PlaceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    tab = form.cleaned_data["tab"]
    if form.cleaned_data["leaving"]:
        leave(journey, request.user, tab)
    else:
        is_editor = is_allowed(request.role, Action.EDIT_JOURNEYS)
        arrive(journey, request.user, tab, form.cleaned_data["moment"], is_editor=is_editor)
    return HttpResponse(status=204)
