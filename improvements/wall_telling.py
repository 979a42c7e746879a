"""Slides of what people did: stories of the week, and actions done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

from django.utils import timezone

from improvements.choices import ActionState, StoryKind
from improvements.models import Action, Display, Story
from improvements.slide_kinds import SlideKind
from improvements.stories_of_week import stories_of_week, teller_of
from improvements.wall_slide import Slide
from improvements.wall_words import say_day

STORY_SHOWN, SAID_SHOWN = 420, 160
DONE_FOR = timedelta(days=90)
ACTIONS_A_SLIDE, ACTIONS_SHOWN = 4, 8


def story_slides(display: Display, journey_ids: Sequence[int]) -> list[Slide]:
    """One a story; one query."""
    return [_story(story) for story in stories_of_week(display.organisation, journey_ids)]


def _story(story: Story) -> Slide:
    text = shorten(story.what_happened, STORY_SHOWN)
    says = {
        "text": text,
        "is_long": len(text) > 220,
        "said": shorten(story.customer_said, SAID_SHOWN),
        "who": teller_of(story),
        "moment": story.moment_title,
        "day": say_day(story.happened_on) if story.happened_on else "",
        "is_recovery": story.kind == StoryKind.RECOVERY,
        "language": story.language,
    }
    return Slide(SlideKind.STORIES, str(story.pk), says=says)


def shorten(text: str, most: int) -> str:
    """The beginning, cut between two words, in one paragraph."""
    words = " ".join(text.split())
    if len(words) <= most:
        return words
    cut = words[:most].rsplit(" ", 1)[0] if " " in words[:most] else words[:most]
    return cut.rstrip(".,;:–- ") + "…"


def action_slides(display: Display, journey_ids: Sequence[int]) -> list[Slide]:
    """What was done in the last 90 days, the newest first; one query."""
    since = timezone.localdate() - DONE_FOR
    done = Action.objects.in_organisation(display.organisation).filter(
        journey__in=journey_ids, state=ActionState.DONE, done_on__gte=since
    )
    rows = list(done.select_related("journey").order_by("-done_on", "-pk")[:ACTIONS_SHOWN])
    size = ceil(len(rows) / max(1, ceil(len(rows) / ACTIONS_A_SLIDE)))  # five are three and two, not four and one
    parts = [rows[start : start + size] for start in range(0, len(rows), max(1, size))]
    return [
        Slide(SlideKind.ACTIONS, str(number), says={"actions": [_action(row) for row in part]})
        for number, part in enumerate(parts)
    ]


def _action(action: Action) -> dict[str, str]:
    assert action.done_on is not None  # noqa: S101  # the query asked for it
    return {
        "what": shorten(action.what, 120),
        "moment": action.moment_title,
        "day": say_day(action.done_on),
        "language": action.journey.language,
    }
