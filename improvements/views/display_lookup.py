"""How views fetch what an address names: inside the organisation, or 404."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest
from improvements.models import Display


def display_for(request: OrgRequest, display_id: int) -> Display:
    """A screen's link of the request's organisation."""
    found: Display = get_object_or_404(Display.objects.in_organisation(request.organisation), pk=display_id)
    found.organisation = request.organisation
    return found
