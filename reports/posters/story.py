"""A published story as the moment of impact of a poster: which there are, and what is frozen of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils import translation

from accounts.models import Organisation
from improvements.models import Story
from improvements.stories.feed import published_stories
from journeys.models import Journey
from reports.limits import IMPACT_MAX, WHO_MAX
from reports.posters.words import spoken_language
from reports.preflight import check_poster
from reports.story_papers.words import shorten_story, story_doer, story_month, story_text

OFFERED = 100
LETTERS = (IMPACT_MAX, 240, 140)
"""How much of a story a poster tries to show, until it fits below the moments."""
FIELDS = ("impact", "impact_who")


def stories_of(journey: Journey) -> list[Story]:
    """The published ones of a journey, the featured one first, then the newest; one query."""
    return list(featured_first(published_stories(journey.organisation).filter(journey=journey))[:OFFERED])


def featured_first(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Those that stand for a journey, then the newest."""
    return stories.order_by(F("featured_at").desc(nulls_last=True), "-published_at", "-pk")


def with_story(inputs: Mapping[str, Any], story: Story) -> dict[str, Any]:
    """A poster's inputs with that story, as much of it as fits; without it, but naming it, where no part does."""
    attempts = ({**inputs, **_voice(story, letters, inputs["language"])} for letters in LETTERS)
    left_out = {**inputs, "story": {"id": story.pk, "is_cut": False, "is_left_out": True}}
    return next((told for told in attempts if _fits(told)), left_out)


def _voice(story: Story, letters: int, language: str) -> dict[str, Any]:
    words, is_cut = shorten_story(story_text(story), letters)
    with translation.override(spoken_language(language)):
        who = ", ".join(filter(None, (story_doer(story), story_month(story.happened_on))))
    voice = {"impact": words, "impact_who": shorten_story(who, WHO_MAX)[0], "story": {"id": story.pk, "is_cut": is_cut}}
    return {name: said for name, said in voice.items() if said}


def _fits(inputs: dict[str, Any]) -> bool:
    return not any(problem.is_blocking and problem.field in FIELDS for problem in check_poster(inputs))


def told_anew(inputs: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    """The inputs with their story as it may be told now: a name that was taken back, or a story that is gone, goes."""
    if "story" not in inputs:
        return inputs
    story = published_stories(organisation).filter(pk=inputs["story"]["id"]).first()
    without = {name: value for name, value in inputs.items() if name not in (*FIELDS, "story")}
    return with_story(without, story) if story else without
