"""How views of actions fetch what an address or a form names: inside the organisation, or 404."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import Action as May
from accounts.access import OrgRequest, is_allowed
from accounts.typed_numbers import whole_number
from assessments.views.lookup import idea_for
from improvements.actions.changing import Origin
from improvements.choices import StoryState
from improvements.models import Action, ActionEvent, SaidLink
from improvements.views.story_lookup import story_for
from journeys.views.lookup import comment_for, journey_by_text_for, moment_for


def action_for(request: OrgRequest, action_id: int) -> Action:
    """An action of the request's organisation, with its journey and people."""
    actions = Action.objects.in_organisation(request.organisation)
    related = ("journey", "owner", "idea__round", "comment", "story", "made_by")
    found: Action = get_object_or_404(actions.select_related(*related), pk=action_id)
    found.organisation = found.journey.organisation = request.organisation
    return found


def action_to_answer_for(request: OrgRequest, action_id: int) -> Action:
    """The same, to change where it stands: by its owner, or by who may change any. Raises PermissionDenied."""
    action = action_for(request, action_id)
    if not may_answer(request, action):
        raise PermissionDenied
    return action


def may_answer(request: OrgRequest, action: Action) -> bool:
    """Whether the person may say how far an action is."""
    return action.owner_id == request.user.pk or is_allowed(request.role, May.EDIT_ACTIONS)


def action_event_for(request: OrgRequest, action_event_id: int) -> ActionEvent:
    """A change of an action of the request's organisation."""
    events = ActionEvent.objects.in_organisation(request.organisation).select_related("action__journey")
    event: ActionEvent = get_object_or_404(events, pk=action_event_id)
    event.organisation = event.action.organisation = event.action.journey.organisation = request.organisation
    return event


def said_link_for(request: OrgRequest, said_link_id: int) -> SaidLink:
    """A link to what was done in the request's organisation."""
    links = SaidLink.objects.in_organisation(request.organisation).select_related("journey")
    found: SaidLink = get_object_or_404(links, pk=said_link_id)
    found.organisation = request.organisation
    return found


def origin_for(request: OrgRequest, named: Mapping[str, str]) -> Origin | None:
    """Where a new action comes from: a moment, an idea that may be read, a comment, a story, or a whole journey.

    None where nothing is named.
    """
    if text := named.get("idea"):
        return _from_idea(request, text)
    if text := named.get("comment"):
        return _from_comment(request, _number(text))
    if text := named.get("story"):
        return _from_story(request, _number(text), named)
    if text := named.get("moment"):
        moment = moment_for(request, text)
        return Origin(moment.stage.journey, moment_id=moment.pk, moment_title=moment.title)
    if text := named.get("journey"):
        return Origin(journey_by_text_for(request, text))
    return None


def _from_idea(request: OrgRequest, text: str) -> Origin:
    try:
        idea, _figures = idea_for(request, UUID(text))
    except ValueError:
        raise Http404 from None
    asked = idea.moment
    return Origin(idea.round.journey, idea=idea, moment_id=asked.source_id, moment_title=asked.title)


def _from_comment(request: OrgRequest, comment_id: int) -> Origin:
    comment = comment_for(request, comment_id)
    if comment.deleted_at:
        raise Http404
    return Origin(comment.journey, comment=comment, moment_id=comment.moment_id, moment_title=comment.moment_title)


def _from_story(request: OrgRequest, story_id: int, named: Mapping[str, str]) -> Origin:
    """One that the reader may see. Told of no journey, it takes the one that is named beside it."""
    story = story_for(request, story_id)
    if story.state == StoryState.DECLINED:
        raise Http404
    if story.journey is None:
        return Origin(journey_by_text_for(request, named.get("journey", "")), story=story)
    return Origin(story.journey, story=story, moment_id=story.moment_id, moment_title=story.moment_title)


def _number(text: str) -> int:
    number = whole_number(text)
    if number is None:
        raise Http404
    return number
