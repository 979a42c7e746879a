"""How views fetch what an address names: inside the organisation, or 404."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest
from assessments.models import Round


def round_for(request: OrgRequest, round_id: int) -> Round:
    """A round of the request's organisation, with its journey."""
    rounds = Round.objects.in_organisation(request.organisation).select_related("journey")
    found: Round = get_object_or_404(rounds, pk=round_id)
    found.organisation = found.journey.organisation = request.organisation
    return found
