"""How views fetch what an address names: inside the organisation, or 404."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest
from assessments.models import OpenLink, Recipient, Round
from journeys.models import Journey


def round_for(request: OrgRequest, round_id: int) -> Round:
    """A round of the request's organisation, with its journey."""
    rounds = Round.objects.in_organisation(request.organisation).select_related("journey")
    found: Round = get_object_or_404(rounds, pk=round_id)
    found.organisation = found.journey.organisation = request.organisation
    return found


def journey_of_round_for(request: OrgRequest, journey_id: int) -> Journey:
    """A journey of the request's organisation, to ask about."""
    found: Journey = get_object_or_404(Journey.objects.in_organisation(request.organisation), pk=journey_id)
    found.organisation = request.organisation
    return found


def open_link_for(request: OrgRequest, link_id: int) -> OpenLink:
    """An open link of a round of the request's organisation."""
    links = OpenLink.objects.in_organisation(request.organisation).select_related("round__journey", "group")
    found: OpenLink = get_object_or_404(links, pk=link_id)
    found.round.organisation = found.round.journey.organisation = request.organisation
    return found


def recipient_for(request: OrgRequest, recipient_id: int) -> Recipient:
    """Somebody asked by mail in a round of the request's organisation."""
    people = Recipient.objects.in_organisation(request.organisation).select_related("round__journey", "group")
    found: Recipient = get_object_or_404(people, pk=recipient_id)
    found.round.organisation = found.round.journey.organisation = request.organisation
    return found
