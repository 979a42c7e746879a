"""Where everybody begins: what waits for them, by what they may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from improvements.home.answering import rounds_to_answer
from improvements.home.needs import needs_of
from improvements.home.results import newest_results
from improvements.stories.feed import add_thanks
from improvements.stories.weeks import stories_on_show
from journeys.models import Journey
from reports.home_files import failed_files, newest_reports


@require_safe
@member_required(Action.SEE_JOURNEYS)
def organisation_home(request: OrgRequest) -> HttpResponse:
    """Staff answer, tell and thank; who looks after journeys sees what waits; leaders read. Kept by no cache: it holds
    links that answer in somebody's name.
    """
    organisation, stories = request.organisation, stories_on_show(request.organisation)
    add_thanks(stories, request.user)
    context: dict[str, Any] = {
        "section": "home",
        "has_journeys": Journey.objects.in_organisation(organisation).filter(archived_at=None).exists(),
        "to_answer": rounds_to_answer(organisation, request.user),
        "stories": stories,
        "is_leader": not is_allowed(request.role, Action.RUN_ROUNDS) and is_allowed(request.role, Action.SEE_RESULTS),
    }
    if is_allowed(request.role, Action.RUN_ROUNDS):
        context["needs"] = [*needs_of(organisation), *failed_files(organisation)]
    if is_allowed(request.role, Action.SEE_RESULTS):
        context["newest"] = newest_results(organisation)
    if is_allowed(request.role, Action.SEE_REPORTS):
        context["reports"] = newest_reports(organisation)
    response = render(request, "reports/home.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response
