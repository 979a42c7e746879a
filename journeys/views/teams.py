"""Teams of the organisation, and what each has a part in."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from journeys.teams import list_teams, team_key


@require_safe
@member_required(Action.SEE_JOURNEYS)
def team_list(request: OrgRequest) -> HttpResponse:
    """Everybody who serves in front or stands behind, with how much they shape; one query."""
    return render(
        request, "journeys/team_list.html", {"section": "journeys", "teams": list_teams(request.organisation)}
    )


@require_safe
@member_required(Action.SEE_JOURNEYS)
def team_page(request: OrgRequest) -> HttpResponse:
    """The moments that the team called `name` has a part in, across journeys."""
    asked = team_key(request.GET.get("name", ""))
    if not asked:
        return redirect("team_list", request.organisation.slug)
    team = next((team for team in list_teams(request.organisation) if team.key == asked), None)
    if team is None:
        raise Http404
    for row in team.moments:
        row.moment.stage.journey.organisation = request.organisation
    return render(request, "journeys/team_page.html", {"section": "journeys", "team": team})
