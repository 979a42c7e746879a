"""Saying that a map is still right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Action, OrgRequest, member_required
from journeys.freshness import check_journey
from journeys.views.lookup import journey_for


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def journey_check(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Note who looked a map through, and when; sent twice it says the same twice."""
    journey = journey_for(request, journey_id)
    check_journey(journey, request.user)
    messages.success(request, _("Noted: you looked through this map today and found it right."))
    return redirect(journey)
