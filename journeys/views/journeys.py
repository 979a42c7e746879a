"""The list of journeys, the map of one, and the journey's own fields."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from copy import copy
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.typed_numbers import whole_number
from journeys.details import links_version
from journeys.event_words import words_of
from journeys.forms import JourneyForm
from journeys.freshness import days_untouched, is_review_overdue
from journeys.mini_curve import draw_mini_curve
from journeys.models import Event, Journey, Moment
from journeys.sequence import change_journey
from journeys.source_version import source_version
from journeys.views.lookup import gone_is_404, journey_for, journey_with_links_for
from journeys.views.map_page import answer_panel, map_context, page_address, render_map
from journeys.views.reader import filter_in_use, has_lanes, remember_lanes
from journeys.volumes import contacts_per_year

PAGE_SOURCES = ("templates/**/*.html", "static/css/*", "static/js/*", "journeys/**/*.py", "locale/**/*.mo")


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_list(request: OrgRequest) -> HttpResponse:
    """All journeys of the organisation with their size and curve; two queries."""
    rows = list(_with_sizes(Journey.objects.in_organisation(request.organisation)))
    levels = _levels_of(request)
    for journey in rows:
        journey.organisation = request.organisation
        journey.contacts_per_year = contacts_per_year(journey.customers_per_year, journey.contacts_per_customer)
        journey.days_untouched = days_untouched(journey)
        journey.curve = draw_mini_curve(levels[journey.pk])
    context = {
        "section": "journeys",
        "journeys": [journey for journey in rows if journey.archived_at is None],
        "archived": [journey for journey in rows if journey.archived_at is not None],
    }
    return render(request, "journeys/list.html", context)


def _with_sizes(journeys: QuerySet[Any]) -> QuerySet[Any]:
    return journeys.select_related("variant_of").annotate(
        moment_count=Count("stages__moments"),
        contacts_per_customer=Coalesce(Sum("stages__moments__contacts_per_customer"), 0.0),
    )


def _levels_of(request: OrgRequest) -> dict[int, list[int | None]]:
    """The levels of every journey's moments, in order."""
    moments = Moment.objects.in_organisation(request.organisation).order_by("stage__position", "position")
    levels: dict[int, list[int | None]] = defaultdict(list)
    for journey_id, level in moments.values_list("stage__journey", "level"):
        levels[journey_id].append(level)
    return levels


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_map(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The map. Unchanged since the browser last saw it, it answers 304 before any part is read."""
    journey = journey_with_links_for(request, journey_id)
    if "lanes" in request.GET:
        remember_lanes(request)
        return redirect(page_address(journey, _asked(request, "moment"), chosen=filter_in_use(request, journey)))
    etag = _etag(request, journey)
    if not messages.get_messages(request):
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            return unchanged
    response = render_map(request, journey, _asked(request, "moment"), **_asked_extras(request, journey))
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def _etag(request: OrgRequest, journey: Journey) -> str:
    seen = (
        source_version(*PAGE_SOURCES), journey.pk, journey.version, links_version(journey),
        request.user.pk, str(request.user),
        request.role, request.organisation.name, request.session.session_key, get_language(),
        request.get_full_path(), has_lanes(request), journey.comments_version, request.user.unseen_count,
        journey.checked_at, days_untouched(journey), journey.review_on, is_review_overdue(journey),
    )  # fmt: skip
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


def _asked(request: OrgRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name))


def _asked_extras(request: OrgRequest, journey: Journey) -> dict[str, Any]:
    step = _asked(request, "step")
    event = Event.objects.filter(journey=journey, pk=step, undone_by=None).first() if step else None
    is_removal = event is not None and event.kind.endswith("_removed")  # it has words of its own
    said = words_of(event) if event and not is_removal else ""
    return {"event": event, "said": said, "adding_id": _asked(request, "adding")}


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_panel(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The panel with the journey's own fields; without htmx the page."""
    return answer_panel(request, journey_for(request, journey_id))


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def journey_edit(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Change the journey's title, customers a year, customer and language."""
    journey = journey_for(request, journey_id)
    form = JourneyForm(request.POST, instance=copy(journey))
    if form.is_valid():
        if request.htmx and not form.has_changed():
            return HttpResponse(status=204)
        with gone_is_404():
            change_journey(journey, **form.cleaned_data)
        if not request.htmx:
            return redirect(journey)
        journey.refresh_from_db(fields=[*form.cleaned_data, "version"])
        return render(request, "journeys/_saved.html", map_context(request, journey, form=form))
    if request.htmx:
        response = render(request, "journeys/_not_saved.html", {"form": form}, status=422)
        response["HX-Reswap"] = "none"
        return response
    return render_map(request, journey, form=form, status=422)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def journey_archive(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Put a journey away, or take it out again: nothing is lost either way."""
    journey = journey_for(request, journey_id)
    is_archived = request.POST.get("archive") == "yes"
    change_journey(journey, archived_at=timezone.now() if is_archived else None)
    text = _("“%s” is archived. You find it at the end of this list.") if is_archived else _("“%s” is back.")
    messages.success(request, text % journey.title)
    return redirect("journey_list", request.organisation.slug)
