"""How views fetch the story that an address names: inside the organisation, and as far as one may see it, or 404."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import Action, OrgRequest, is_allowed
from improvements.models import Story
from improvements.stories.feed import with_relations, with_thanks


def story_for(request: OrgRequest, story_id: int) -> Story:
    """A published story, or one that waits or was declined for its teller and reviewers; with its thanks."""
    stories = with_thanks(with_relations(Story.objects.in_organisation(request.organisation)), request.user)
    found: Story = get_object_or_404(stories, pk=story_id)
    if not found.is_published and not may_change(request, found):
        raise Http404
    found.organisation = request.organisation
    if found.journey:
        found.journey.organisation = request.organisation
    return found


def own_story_for(request: OrgRequest, story_id: int) -> Story:
    """A story that one may change."""
    story = story_for(request, story_id)
    if not may_change(request, story):
        raise PermissionDenied
    return story


def may_change(request: OrgRequest, story: Story) -> bool:
    """Its teller, and who looks at stories."""
    return story.told_by_id == request.user.pk or is_allowed(request.role, Action.REVIEW_STORIES)
