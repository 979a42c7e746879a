"""What is known of the page that somebody has before them: its filter, its lanes, and whether it is up to date."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import reverse

from accounts.access import OrgRequest
from journeys.filters import Filter, FilterForm
from journeys.models import Journey

LANES = "map_lanes"


def filter_in_use(request: OrgRequest, journey: Journey) -> Filter:
    """The filter in the address of the journey's page: this request's own, or the one of the page that sent it."""
    return FilterForm(query_in_use(request, journey)).chosen()


def query_in_use(request: OrgRequest, journey: Journey) -> QueryDict:
    """What the address of the journey's map, table or print asks."""
    pages = {
        reverse(name, args=[journey.organisation.slug, journey.pk])
        for name in ("journey_map", "journey_table", "journey_print")
    }
    if request.path in pages:
        return request.GET
    try:
        parts = urlsplit(request.htmx.current_url or request.headers.get("Referer") or "")
    except ValueError:
        return QueryDict()
    return QueryDict(parts.query) if parts.path in pages else QueryDict()


def sort_in_use(request: OrgRequest, journey: Journey) -> str:
    """The table's order in the address: a column's name, with - in front for downwards."""
    return query_in_use(request, journey).get("sort", "")


def has_lanes(request: OrgRequest) -> bool:
    """Whether this person wants the lanes beneath the cards."""
    return bool(request.session.get(LANES))


def remember_lanes(request: OrgRequest) -> None:
    """Keep for this person what the address asks: lanes=on or lanes=off."""
    wanted = request.GET.get("lanes") == "on"
    if wanted != has_lanes(request):
        request.session[LANES] = wanted


def is_in_step(request: OrgRequest, journey: Journey) -> bool:
    """Whether the sender's page showed the version right before this one, so that a small answer brings it up to date.

    Call with the journey's version read again after the change.
    """
    return request.headers.get("X-Map-Version") == str(journey.version - 1)
