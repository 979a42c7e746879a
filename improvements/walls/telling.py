"""Slides of what people did: stories of the week, and actions done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

from django.utils import timezone

from improvements.actions.rows import done_actions
from improvements.actions.said_done import SaidDone, you_said_we_did
from improvements.choices import StoryKind
from improvements.models import Action, Display, Story
from improvements.stories.weeks import stories_on_show
from improvements.walls.slide import Slide
from improvements.walls.slide_kinds import SlideKind
from improvements.walls.words import say_day

STORY_SHOWN, SAID_SHOWN = 420, 160
DONE_FOR = timedelta(days=90)
ACTIONS_A_SLIDE, ACTIONS_SHOWN = 3, 8
DONE_SHOWN, WORDS_SHOWN = 120, 90  # of an action, and of what was said before it


def story_slides(display: Display, journey_ids: Sequence[int]) -> list[Slide]:
    """One a story of the week, of the team that passes by if the screen has one."""
    return [_story(story) for story in stories_on_show(display.organisation, display.team, journey_ids)]


def _story(story: Story) -> Slide:
    text = shorten(story.what_happened, STORY_SHOWN)
    says = {
        "text": text,
        "is_long": len(text) > 220,
        "said": shorten(story.customer_said, SAID_SHOWN),
        "who": story.doer,
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
    """What was done in the last 90 days, the newest first; with what was said, where somebody chose to tell that."""
    rows = done_actions(display.organisation, timezone.localdate() - DONE_FOR, journey_ids, ACTIONS_SHOWN)
    told = {row.action_id: row for row in you_said_we_did(display.organisation)} if rows else {}
    size = ceil(len(rows) / max(1, ceil(len(rows) / ACTIONS_A_SLIDE)))  # five are three and two, not four and one
    parts = [rows[start : start + size] for start in range(0, len(rows), max(1, size))]
    return [
        Slide(SlideKind.ACTIONS, str(number), says={"actions": [_action(row, told.get(row.pk)) for row in part]})
        for number, part in enumerate(parts)
    ]


def _action(action: Action, told: SaidDone | None) -> dict[str, str]:
    assert action.done_on is not None  # noqa: S101  # the query asked for it
    return {
        "said": shorten(told.said, WORDS_SHOWN) if told else "",
        "said_language": told.said_language if told else "",
        "what": shorten(told.did if told else action.what, DONE_SHOWN),
        "moment": action.moment_title,
        "day": say_day(action.done_on),
        "language": action.journey.language,
    }
