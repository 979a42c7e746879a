"""How views fetch what an address or a form names: inside the organisation, or 404."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest
from journeys.models import (
    Comment,
    CommentInvitation,
    ContactImport,
    ContactUpload,
    Event,
    Journey,
    Moment,
    Scenario,
    ShareLink,
    Stage,
    Version,
)


def journey_for(request: OrgRequest, journey_id: int) -> Journey:
    """A journey of the request's organisation."""
    return _journey_among(Journey.objects.all(), request, journey_id)


def journey_with_links_for(request: OrgRequest, journey_id: int) -> Journey:
    """A journey that also knows whether links lead to or from it, so that a map without any asks no more of them."""
    return _journey_among(Journey.objects.with_links(), request, journey_id)


def _journey_among(journeys: Any, request: OrgRequest, journey_id: int) -> Journey:
    journey = get_object_or_404(journeys.in_organisation(request.organisation), pk=journey_id)
    journey.organisation = request.organisation
    return journey


def journey_by_text_for(request: OrgRequest, journey_id: str) -> Journey:
    """A journey that a form names."""
    return journey_for(request, _number(journey_id))


def stage_for(request: OrgRequest, stage_id: int | str) -> Stage:
    """A stage of the request's organisation, with its journey."""
    stages = Stage.objects.in_organisation(request.organisation).select_related("journey")
    stage = get_object_or_404(stages, pk=_number(stage_id))
    stage.journey.organisation = request.organisation
    return stage


def moment_for(request: OrgRequest, moment_id: int | str) -> Moment:
    """A moment of the request's organisation, with its stage and journey."""
    moments = Moment.objects.in_organisation(request.organisation).select_related("stage__journey")
    moment = get_object_or_404(moments, pk=_number(moment_id))
    moment.stage.journey.organisation = request.organisation
    return moment


def event_for(request: OrgRequest, event_id: int) -> Event:
    """A step of the history of one of the request's organisation's journeys."""
    events = Event.objects.in_organisation(request.organisation).select_related("journey")
    event = get_object_or_404(events, pk=_number(event_id))
    event.journey.organisation = request.organisation
    return event


def version_for(request: OrgRequest, version_id: int) -> Version:
    """A named version of one of the request's organisation's journeys."""
    versions = Version.objects.in_organisation(request.organisation).select_related("journey")
    version = get_object_or_404(versions, pk=_number(version_id))
    version.journey.organisation = request.organisation
    return version


def version_beside(version: Version, version_id: str) -> Version:
    """A named version of the same journey, that an address names."""
    other = get_object_or_404(Version.objects.filter(journey=version.journey), pk=_number(version_id))
    other.journey = version.journey
    return other


def comment_for(request: OrgRequest, comment_id: int) -> Comment:
    """A comment of the request's organisation, with its journey; its words may be gone."""
    comments = Comment.objects.in_organisation(request.organisation).select_related("journey", "author")
    comment = get_object_or_404(comments, pk=comment_id)
    comment.journey.organisation = request.organisation
    return comment


def comment_invitation_for(request: OrgRequest, comment_invitation_id: int) -> CommentInvitation:
    """An invitation to comment on a journey of the request's organisation."""
    invitations = CommentInvitation.objects.in_organisation(request.organisation).select_related("journey", "user")
    invitation = get_object_or_404(invitations, pk=comment_invitation_id)
    invitation.journey.organisation = request.organisation
    return invitation


def share_link_for(request: OrgRequest, share_id: int) -> ShareLink:
    """A link to a map of the request's organisation."""
    links = ShareLink.objects.in_organisation(request.organisation).select_related("journey")
    link = get_object_or_404(links, pk=share_id)
    link.journey.organisation = request.organisation
    return link


def scenario_for(request: OrgRequest, scenario_id: int) -> Scenario:
    """A scenario of the request's organisation, with its journey."""
    scenarios = Scenario.objects.in_organisation(request.organisation).select_related("journey")
    scenario = get_object_or_404(scenarios, pk=scenario_id)
    scenario.journey.organisation = request.organisation
    return scenario


def contact_upload_for(request: OrgRequest, upload_id: int) -> ContactUpload:
    """A contact log on its way into a journey of the request's organisation."""
    uploads = ContactUpload.objects.in_organisation(request.organisation).select_related("journey")
    upload = get_object_or_404(uploads, pk=upload_id)
    upload.journey.organisation = request.organisation
    return upload


def contact_import_for(request: OrgRequest, import_id: int) -> ContactImport:
    """A counted contact log of the request's organisation, with its journey."""
    imports = ContactImport.objects.in_organisation(request.organisation).select_related("journey", "requested_by")
    job = get_object_or_404(imports, pk=import_id)
    job.organisation = job.journey.organisation = request.organisation
    return job


@contextmanager
def gone_is_404() -> Iterator[None]:
    """What somebody else removed between fetching and changing answers like what never was."""
    try:
        yield
    except (Journey.DoesNotExist, Stage.DoesNotExist, Moment.DoesNotExist, Comment.DoesNotExist):
        raise Http404 from None


def _number(text: int | str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise Http404 from None
    if not 0 < number < 2**63:
        raise Http404
    return number
