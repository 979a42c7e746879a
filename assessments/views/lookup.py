"""How views fetch what an address names: inside the organisation, or 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest
from assessments.idea_reading import readable_batches
from assessments.models import Idea, OpenLink, Recipient, Round
from assessments.result_state import shown_figures
from assessments.result_words import Figures
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


def idea_for(request: OrgRequest, idea_id: UUID) -> tuple[Idea, Figures]:
    """An idea that may be read, with its round and the round's figures; any other answers like a missing one."""
    ideas = Idea.objects.in_organisation(request.organisation)
    found: Idea = get_object_or_404(ideas.select_related("round__journey", "moment"), pk=idea_id)
    found.round.organisation = found.round.journey.organisation = request.organisation
    figures = shown_figures(found.round)
    if figures is None or found.batch_id not in readable_batches(figures):
        raise Http404
    return found, figures


def recipient_for(request: OrgRequest, recipient_id: int) -> Recipient:
    """Somebody asked by mail in a round of the request's organisation."""
    people = Recipient.objects.in_organisation(request.organisation).select_related("round__journey", "group")
    found: Recipient = get_object_or_404(people, pk=recipient_id)
    found.round.organisation = found.round.journey.organisation = request.organisation
    return found
