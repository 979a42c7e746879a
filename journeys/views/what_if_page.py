"""What every view of the what-if page answers with, and how an address says what is tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from accounts.access import Action, OrgRequest, is_allowed
from accounts.typed_numbers import whole_number
from journeys.board import Board, board_of
from journeys.choices import Level
from journeys.models import Journey, Scenario
from journeys.outcome_words import assumptions, compare_outcomes
from journeys.risk import leave_rate_source
from journeys.scenario_forms import ScenarioForm, leave_values
from journeys.scenarios import Targets, targets_of
from journeys.what_if import compare

PLAYED = "play"  # says that the address names all targets, also where it names none


@dataclass(frozen=True, slots=True)
class Play:
    """What is tried on a journey. missing: targets of the scenario whose moments are gone."""

    journey: Journey
    board: Board
    targets: Targets
    form: ScenarioForm
    scenario: Scenario | None = None
    missing: int = 0


def play_asked(request: OrgRequest, journey: Journey) -> Play:
    """What the address asks for: its own targets, else those of the scenario that it names."""
    scenario = _asked_scenario(request, journey)
    if scenario and PLAYED not in request.GET:
        return play_saved(request, journey, scenario)
    board, back = board_of(journey), request.GET.get("back")
    asked = {
        card.moment.pk: request.GET.get(f"to-{card.moment.pk}", "")
        for card in board.cards
        if str(card.moment.pk) != back
    }
    targets = _that_change(board, {moment_id: int(text) for moment_id, text in asked.items() if text in set("123456")})
    data = {"leave": request.GET.get("leave", "32"), "leave_own": request.GET.get("leave_own", "")}
    name = scenario.name if scenario else request.GET.get("name", "")
    return Play(journey, board, targets, ScenarioForm({**data, "name": name}, targets=targets or {0: 0}), scenario)


def play_saved(request: OrgRequest, journey: Journey, scenario: Scenario) -> Play:
    """What a scenario says, of the moments that are still there."""
    board, saved = board_of(journey), targets_of(scenario)
    targets = _that_change(board, saved)
    data = {**leave_values(scenario.leave_rate_percent), "name": scenario.name}
    missing = len(saved.keys() - {card.moment.pk for card in board.cards})
    return Play(journey, board, targets, ScenarioForm(data, targets=targets or {0: 0}), scenario, missing)


def play_posted(request: OrgRequest, journey: Journey, scenario: Scenario | None = None) -> Play:
    """What a form hands in to be kept."""
    board = board_of(journey)
    pairs = [part.partition(":") for part in request.POST.get("targets", "").split(",")]
    known = {str(card.moment.pk): card.moment.pk for card in board.cards}
    targets = {known[key]: int(level) for key, _, level in pairs if key in known and level in set("123456")}
    targets = _that_change(board, targets)
    return Play(journey, board, targets, ScenarioForm(request.POST, targets=targets), scenario)


def _that_change(board: Board, targets: Targets) -> Targets:
    """Targets that differ from today's level, in the order of the map."""
    moments = [card.moment for card in board.cards]
    return {m.pk: targets[m.pk] for m in moments if targets.get(m.pk, m.level) != m.level}


def _asked_scenario(request: OrgRequest, journey: Journey) -> Scenario | None:
    pk = whole_number(request.GET.get("scenario"))
    return Scenario.objects.filter(journey=journey, pk=pk).first() if pk else None


def answer_play(request: OrgRequest, play: Play) -> HttpResponse:
    """The page, or for htmx the figures and what they rest on."""
    is_valid = not play.form.has_error("leave_own")
    if not request.htmx:
        return render_play(request, play, 200 if is_valid else 422)
    response = render(request, "journeys/_what_if_played.html", _context(request, play))
    response.status_code = 200 if is_valid else 422
    response["HX-Replace-Url"] = page_address(play.journey, play.targets, play.form.percent, play.scenario)
    patch_vary_headers(response, ["HX-Request"])
    return response


def render_play(request: OrgRequest, play: Play, status: int = 200) -> HttpResponse:
    """The whole page."""
    kept = Scenario.objects.filter(journey=play.journey).select_related("made_by")
    context = {**_context(request, play), "scenarios": kept, "levels": list(reversed(Level))}
    response = render(request, "journeys/what_if.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _context(request: OrgRequest, play: Play) -> dict[str, Any]:
    percent = play.form.percent
    what_if = compare(play.journey, play.board, play.targets, percent)
    return {
        "section": "journeys",
        "journey": play.journey,
        "scenario": play.scenario,
        "missing": play.missing,
        "form": play.form,
        "picture": what_if.picture,
        "rows": compare_outcomes(what_if.today, what_if.target, play.journey.customers_per_year),
        "assumptions": assumptions(percent, leave_rate_source(percent), what_if.unjudged),
        "targets_text": ",".join(f"{moment_id}:{level}" for moment_id, level in play.targets.items()),
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
        "is_posted": request.method == "POST",
    }


def page_address(
    journey: Journey,
    targets: Targets | None = None,
    leave_rate_percent: float | None = None,
    scenario: Scenario | None = None,
    name: str = "",
) -> str:
    """The page with these targets, or with a scenario as it was saved."""
    address = reverse("journey_what_if", args=[journey.organisation.slug, journey.pk])
    query: dict[str, Any] = {"scenario": scenario.pk} if scenario else {}
    if targets is not None:
        query |= {PLAYED: 1, **{f"to-{moment_id}": level for moment_id, level in targets.items()}}
    if leave_rate_percent is not None:
        query |= leave_values(leave_rate_percent)
    if name:
        query["name"] = name
    return f"{address}?{urlencode(query)}" if query else address
