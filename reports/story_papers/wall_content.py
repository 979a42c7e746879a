"""What a story wall says: its frozen inputs in the language that is active, as plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.addresses import full_address, typed_address
from improvements.stories.links import TELL_PATH
from reports.look import FrozenLook, frozen_look
from reports.posters.words import say_date
from reports.story_papers.words import paper_words, set_words, shorten_story, story_month

NAME_LETTERS, SAID_LETTERS, STORY_LETTERS = 120, 400, 10_500


@dataclass(frozen=True, slots=True)
class WallStory:
    """One story. words: all of it; said: by the customer; photo: its name or empty; ratio: width by height."""

    id: int
    words: str
    said: str
    doer: str
    where: str
    label: str
    is_featured: bool
    photo: str = ""
    ratio: float = 0
    shows: str = ""


@dataclass(frozen=True, slots=True)
class StoryWall:
    """A whole wall. journey: its title, as documents call what they are about; code, address: of the telling link."""

    journey: str
    about: str
    organisation: str
    language: str
    made_on: str
    foot: str
    invitation: str
    code: str
    address: str
    stories: tuple[WallStory, ...]
    look: FrozenLook


def wall_of(inputs: Mapping[str, Any]) -> StoryWall:
    """The wall of these inputs."""
    organisation = _named(inputs["organisation"])
    stories = tuple(_story(story) for story in inputs["stories"])
    nonce = inputs.get("nonce", "")
    count = ngettext("%(count)d story", "%(count)d stories", len(stories)) % {"count": len(stories)}
    day = say_date(date.fromisoformat(inputs["made_on"]))
    return StoryWall(
        journey=_named(inputs["title"]) or _("Moments of impact"),
        about=_named(inputs["journey"]),
        organisation=organisation,
        language=inputs["language"],
        made_on=inputs["made_on"],
        foot=" · ".join(filter(None, (organisation, count, day))),
        invitation=_("Tell us yours") if nonce else "",
        code=full_address(TELL_PATH, nonce) if nonce else "",
        address=typed_address(TELL_PATH, nonce) if nonce else "",
        stories=stories,
        look=frozen_look(inputs),
    )


def _named(text: str, letters: int = NAME_LETTERS) -> str:
    return set_words(shorten_story(paper_words(text), letters)[0])


def _story(story: Mapping[str, Any]) -> WallStory:
    photo = story.get("photo") or {}
    happened_on = date.fromisoformat(story["on"]) if story["on"] else None
    label = _("What went wrong, and what we did") if story["is_recovery"] else ""
    return WallStory(
        id=story["id"],
        words=_named(story["words"], STORY_LETTERS),
        said=_named(story["said"], SAID_LETTERS),
        doer=_named(story["doer"]),
        where=" · ".join(filter(None, (_named(story["moment"]), story_month(happened_on)))),
        label=label,
        is_featured=story["is_featured"],
        photo=photo.get("name", ""),
        ratio=photo["width"] / photo["height"] if photo else 0,
        shows=paper_words(photo.get("words", "")),
    )


def cut_words(story: WallStory, letters: int) -> tuple[str, bool]:
    """As much of a story as a wall shows, and whether it is cut."""
    return shorten_story(story.words, letters)
