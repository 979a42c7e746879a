"""The two stories that each team reads in its meeting this week."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from improvements.stories.feed import add_thanks, published_stories
from improvements.stories.weeks import monday_of, stories_of_week
from improvements.views.stories import waiting_count
from journeys.teams import list_teams, team_key


@require_safe
@member_required(Action.TELL_STORIES)
def story_week(request: OrgRequest) -> HttpResponse:
    """?team= names a team of the maps; without it the stories are for everybody together."""
    teams = list_teams(request.organisation)
    asked = team_key(request.GET.get("team", ""))
    team = next((one for one in teams if one.key == asked), None)
    week = monday_of(timezone.localdate())
    stories = stories_of_week(request.organisation, team.key if team else "")
    add_thanks(stories, request.user)
    context = {
        "section": "stories",
        "teams": teams,
        "team": team,
        "stories": stories,
        "from_page": request.get_full_path(),
        "week": week,
        "week_end": week + timedelta(days=6),
        "waiting_count": waiting_count(request),
        "has_any": published_stories(request.organisation).exists(),
    }
    return render(request, "improvements/week.html", context)
