"""The stories that are told this week, on the wall and on everybody's first page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation
from improvements.choices import StoryState
from improvements.models import Story

STORIES_A_WEEK = 2
TOLD_FOR = timedelta(days=92)


def stories_of_week(
    organisation: Organisation, journey_ids: Sequence[int] | None = None, count: int = STORIES_A_WEEK
) -> list[Story]:
    """The newest published stories, those that were featured lately first. journey_ids: only theirs and those of no
    journey. One query.
    """
    since = timezone.now() - TOLD_FOR
    stories = Story.objects.in_organisation(organisation).filter(state=StoryState.PUBLISHED, published_at__gte=since)
    if journey_ids is not None:
        stories = stories.filter(Q(journey=None) | Q(journey__in=journey_ids))
    ordered = stories.order_by(F("featured_at").desc(nulls_last=True), "-published_at", "-pk")
    return list(ordered[:count])


def teller_of(story: Story) -> str:
    """Who did it, as far as they agreed; else their team."""
    return (story.who if story.has_consent else "") or story.team
