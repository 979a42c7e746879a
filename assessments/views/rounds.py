"""The rounds of an organisation, and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from assessments.models import Round
from assessments.views.lookup import round_for


@require_safe
@member_required(Action.SEE_RESULTS)
def round_list(request: OrgRequest) -> HttpResponse:
    """All rounds, the newest first."""
    rounds = Round.objects.in_organisation(request.organisation).select_related("journey")
    return render(request, "assessments/round_list.html", {"section": "rounds", "rounds": rounds})


@require_safe
@member_required(Action.SEE_RESULTS)
def round_page(request: OrgRequest, round_id: int) -> HttpResponse:
    """One round: its state, its links, how many have answered."""
    return render(request, "assessments/round_page.html", {"section": "rounds", "round": round_for(request, round_id)})
