"""The form of a story as a request fills it, the same with an account and without."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.models import Organisation
from improvements.stories.forms import StoryForm
from improvements.stories.kinds import FORMS, ImpactForm
from improvements.stories.places import Places, places_of

SHOW_MOMENTS = "show_moments"


def asked_form(
    request: HttpRequest,
    organisation: Organisation,
    *,
    kind: str = "",
    language: str = "",
    offers_places: bool = True,
    has_photo: bool = False,
) -> StoryForm:
    """Bound to what was sent; fresh, with the journey or moment that the address names, where nothing was."""
    said = request.POST if request.method == "POST" else request.GET
    make = FORMS.get(kind or said.get("kind", ""), ImpactForm)
    is_sent = request.method == "POST"
    moment = "" if is_sent else said.get("moment", "")
    places = places_of(organisation, said.get("journey", ""), moment, language=language) if offers_places else Places()
    if is_only_asking(request):
        return make(places=places, has_photo=has_photo, initial=request.POST.dict())
    if is_sent:
        return make(request.POST, request.FILES, places=places, has_photo=has_photo)
    return make(places=places, has_photo=has_photo, initial=_named(places, said.get("journey", ""), moment))


def _named(places: Places, journey: str, moment: str) -> dict[str, Any]:
    chosen = places.moments.get(moment)
    return {"journey": str(chosen.stage.journey_id) if chosen else journey, "moment": moment}


def is_only_asking(request: HttpRequest) -> bool:
    """Whether the form was sent for the moments of another journey alone, by a browser without scripts."""
    return SHOW_MOMENTS in request.POST
