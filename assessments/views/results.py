"""What a round showed: plain words first, the figures under them. All of it comes from the round's sheet."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import Action, OrgRequest, member_required
from assessments.heat_map import heat_map_of
from assessments.models import ResultSheet, Round
from assessments.result_headline import headline_rows, result_assumptions
from assessments.result_ladder import draw_result_ladder, draw_strips
from assessments.result_moments import BY_DAMAGE, figure_table, moment_cards, say_blind_spot, say_change
from assessments.result_state import Standing, has_too_few, standing_with, version_of_sheet
from assessments.result_words import Figures
from assessments.sentences import three_sentences
from assessments.sheet_reading import blind_spots, clear_changes
from assessments.views.lookup import round_for
from assessments.wording import level_words
from journeys.source_version import source_version

PAGE_SOURCES = ("assessments/*.py", "assessments/views/*.py", "templates/*.html", "templates/assessments/*.html")


@require_safe
@member_required(Action.SEE_RESULTS)
def round_results(request: OrgRequest, round_id: int) -> HttpResponse:
    """The results, or when they will come. While they are counted, htmx asks here until there is a page to load.

    Unchanged since the browser last saw them, they answer 304 before any figure is read.
    """
    round_ = round_for(request, round_id)
    version = version_of_sheet(round_)
    standing = standing_with(round_, version)
    if standing != Standing.SHOWN:
        return _waiting(request, round_, standing)
    if request.htmx:
        return HttpResponse(status=204) if request.GET.get("seen") == str(version) else HttpResponseClientRefresh()
    etag = _etag(request, round_, version)
    unchanged = None if messages.get_messages(request) else get_conditional_response(request, etag=etag)
    return unchanged or _kept_by_nobody_else(_show(request, round_, version), etag)


def _waiting(request: OrgRequest, round_: Round, standing: Standing) -> HttpResponse:
    page = "assessments/_results_waiting.html" if request.htmx else "assessments/results_waiting.html"
    context = {"section": "rounds", "round": round_, "standing": standing}
    response = render(request, page, context)
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _etag(request: OrgRequest, round_: Round, version: int | None) -> str:
    seen = (
        source_version(*PAGE_SOURCES), round_.pk, version, round_.version, round_.title, round_.journey.title,
        request.user.pk, str(request.user), request.role, request.organisation.name, request.session.session_key,
        get_language(), request.get_full_path(), request.user.unseen_count,
    )  # fmt: skip
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


def _kept_by_nobody_else(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language", "HX-Request"])
    return response


def _show(request: OrgRequest, round_: Round, version: int | None) -> HttpResponse:
    figures = ResultSheet.objects.values_list("figures", flat=True).get(round=round_)
    context = {
        "section": "rounds",
        "round": round_,
        "about": figures["round"],
        "opened_on": parse_date(figures["round"]["opened_on"] or ""),
        "closed_on": parse_date(figures["round"]["closed_on"] or ""),
        "version": version,
        "is_recounted": round_.has_ended and not figures["round"]["is_complete"],
        "sentences": three_sentences(figures),
    }
    if has_too_few(figures):
        return render(request, "assessments/results_too_few.html", context)
    return render(request, "assessments/results.html", context | _parts(request, figures))


def _parts(request: OrgRequest, figures: Figures) -> dict[str, Any]:
    sort, asked = request.GET.get("sort", ""), request.GET.get("groups", "")
    levels = level_words(request.organisation, get_language() or "en")
    names = {words.level: words.name for words in levels}
    heads, rows = figure_table(figures)
    heat_map = heat_map_of(figures, asked)
    return {
        "views": figures["views"],
        "headline": headline_rows(figures),
        "assumptions": result_assumptions(figures),
        "ladder": draw_result_ladder(figures),
        "strips": draw_strips(figures),
        "levels": levels,
        "changes": _changes(figures),
        "blind_spots": [(spot["title"], say_blind_spot(spot)) for spot in blind_spots(figures)],
        "cards": moment_cards(figures, names, sort),
        "by_damage": sort == BY_DAMAGE,
        "heat_map": heat_map,
        "groups_view": heat_map.view if heat_map else "",
        "table_heads": heads,
        "table_rows": rows,
    }


def _changes(figures: Figures) -> list[tuple[str, Any]]:
    """Title and change of every moment and view that clearly changed, the largest first."""
    pairs = [(moment, view) for view in figures["views"] for moment in clear_changes(figures, view)]
    pairs.sort(key=lambda pair: -abs(pair[0]["change"][pair[1]]["levels"]))
    return [(moment["title"], say_change(moment, view)) for moment, view in pairs]
