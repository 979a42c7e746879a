"""What an agenda takes from stories and actions: the one place that knows how these are found.

Call inside the organisation's scope.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Case, IntegerField, Value, When

from improvements.choices import ActionState, StoryState
from improvements.models import Action, Story
from improvements.models.actions import UNDER_WAY
from journeys.models import Journey

STORIES_SHOWN, DONE_SHOWN = 2, 5


def stories_to_read(journey: Journey) -> list[Story]:
    """Two published stories to read aloud: the journey's own first, the newest first."""
    is_own = Case(When(journey=journey, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Story.objects.in_organisation(journey.organisation).filter(state=StoryState.PUBLISHED)
    return list(found.order_by(is_own, "-published_at", "-pk")[:STORIES_SHOWN])


def overdue_actions(journey: Journey, day: date) -> list[Action]:
    """What should have been done before `day`, the oldest first, with owner."""
    found = Action.objects.filter(UNDER_WAY, journey=journey, due_on__lt=day).select_related("owner")
    return list(found.order_by("due_on", "pk"))


def done_actions(journey: Journey, since: date) -> list[Action]:
    """What was done on `since` or later, the newest first, with owner; no more than a meeting looks at."""
    found = Action.objects.filter(journey=journey, state=ActionState.DONE, done_on__gte=since)
    return list(found.select_related("owner").order_by("-done_on", "-pk")[:DONE_SHOWN])
