"""Papers of stories: what is frozen of a wall and of a certificate, how one is asked for, how its file is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Organisation, User
from improvements.models import Story, StoryPhoto
from improvements.stories.feed import published_stories
from improvements.stories.links import working_link
from jobs.requests import request_job
from journeys.limits import TITLE_MAX
from journeys.models import Journey
from reports.look import with_look
from reports.maker_version import maker_version
from reports.models import StoryPaper, StoryPaperKind
from reports.story_papers.photos import freeze_photos
from reports.story_papers.words import certificate_words, paper_words, story_doer, story_text

FILE_TITLE_MAX = 80


class NothingToPrint(Exception):
    """None of a paper's stories is published any more."""


def inputs_of_wall(
    organisation: Organisation, stories: Sequence[Story], chosen: Mapping[str, Any], journey: Journey | None = None
) -> dict[str, Any]:
    """A wall of stories in this order, named as they may be now.

    chosen: size, language, title, is_portrait, is_grey, with_photos. Of the link by which stories are told its nonce
    alone: a copy of the database opens nothing.
    """
    photos, names = freeze_photos(_photos_of(stories) if chosen["with_photos"] else ())
    link = working_link(organisation)
    inputs = {
        **_about(organisation, StoryPaperKind.WALL, chosen),
        "size": chosen["size"],
        "is_portrait": chosen["is_portrait"],
        "title": chosen["title"],
        "journey": journey.title if journey else "",
        "journey_id": journey.pk if journey else None,
        "with_photos": chosen["with_photos"],
        "stories": [_frozen(story, names) for story in stories],
        **({"nonce": link.nonce} if link else {}),
        **({"photos": photos} if photos else {}),
    }
    return with_look(inputs, organisation)


def sketch_of_wall(
    organisation: Organisation, stories: Sequence[Story], chosen: Mapping[str, Any], journey: Journey | None = None
) -> dict[str, Any]:
    """The same to see whether it fits: photos by their sides alone, so that nothing is read or written of them."""
    inputs = inputs_of_wall(organisation, stories, {**chosen, "with_photos": False}, journey)
    shown = [story for story in stories if chosen["with_photos"] and getattr(story, "photo", None)]
    names = {story.pk: f"{story.pk}.jpg" for story in shown}
    return {**inputs, "stories": [_frozen(story, names) for story in stories], "photos": "sketch" if names else ""}


def inputs_of_certificate(story: Story, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Thanks for one story. chosen: to, words, signed_by, language, is_grey."""
    inputs = {
        **_about(story.organisation, StoryPaperKind.CERTIFICATE, chosen),
        "size": "A5",
        **{name: chosen[name] for name in ("to", "words", "signed_by")},
        "story": story.pk,
        "told": {"to": story_doer(story), "words": certificate_words(story)[0]},
        "moment": story.moment_title,
        "journey": story.journey.title if story.journey else "",
        "journey_id": story.journey_id,
        "on": story.happened_on.isoformat() if story.happened_on else "",
    }
    return with_look(inputs, story.organisation)


def _about(organisation: Organisation, kind: str, chosen: Mapping[str, Any]) -> dict[str, Any]:
    today = datetime.now(ZoneInfo(organisation.time_zone)).date()
    return {
        "kind": str(kind),
        "language": chosen["language"],
        "is_grey": chosen["is_grey"],
        "organisation": organisation.name,
        "made_on": today.isoformat(),
    }


def _photos_of(stories: Iterable[Story]) -> Iterable[StoryPhoto]:
    photos: Iterable[StoryPhoto] = StoryPhoto.objects.filter(story__in=list(stories)).order_by("story_id")
    return photos


def _frozen(story: Story, photos: Mapping[int, str]) -> dict[str, Any]:
    photo = getattr(story, "photo", None) if story.pk in photos else None
    shown = {"name": photos[story.pk], "width": photo.width, "height": photo.height} if photo else {}
    return {
        "id": story.pk,
        "words": story_text(story),
        "said": paper_words(story.customer_said),
        "doer": story_doer(story),
        "moment": story.moment_title,
        "on": story.happened_on.isoformat() if story.happened_on else "",
        "is_recovery": story.is_recovery,
        "is_featured": story.featured_at is not None,
        **({"photo": {**shown, "words": photo.words}} if photo else {}),
    }


def request_story_paper(organisation: Organisation, requested_by: User | None, inputs: dict[str, Any]) -> StoryPaper:
    """The paper of these inputs: at once where one is finished or under way, else queued."""
    return request_job(
        StoryPaper,
        organisation,
        requested_by,
        inputs,
        maker_version(),
        journey_id=inputs["journey_id"],
        title=_title(inputs),
        kind=inputs["kind"],
        paper=inputs["size"],
        language=inputs["language"],
        is_portrait=inputs.get("is_portrait", False),
        is_grey=inputs["is_grey"],
        photos_name=inputs.get("photos", ""),
    )


def _title(inputs: Mapping[str, Any]) -> str:
    """What lists call it. No name of a person: lists outlive consent."""
    words = inputs.get("title") or inputs["journey"] or inputs["organisation"]
    return words if len(words) <= TITLE_MAX else f"{words[: TITLE_MAX - 1]}…"


def retry_story_paper(made: StoryPaper, requested_by: User) -> StoryPaper:
    """The same frozen inputs once more, with each story as it may be told now. Raises NothingToPrint."""
    return request_story_paper(made.organisation, requested_by, told_anew(made.inputs, made.organisation))


def told_anew(inputs: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    """The inputs without names that were taken back and stories that are off the feed. Raises NothingToPrint."""
    ids = [inputs["story"]] if "story" in inputs else [story["id"] for story in inputs["stories"]]
    found = published_stories(organisation).in_bulk(ids)
    stories = [found[pk] for pk in ids if pk in found]
    if not stories:
        raise NothingToPrint
    if "story" in inputs:
        return {**inputs, **_certified_anew(inputs, stories[0])}
    photos, names = freeze_photos(_photos_of(stories) if inputs["with_photos"] else ())
    kept = {name: value for name, value in inputs.items() if name != "photos"}
    told = {"stories": [_frozen(story, names) for story in stories], **({"photos": photos} if photos else {})}
    return {**kept, **told}


def _certified_anew(inputs: Mapping[str, Any], story: Story) -> dict[str, Any]:
    """What was typed stays unless the story is told otherwise since: then its own words and doer stand there."""
    told = {"to": story_doer(story), "words": certificate_words(story)[0]}
    return {} if told == inputs["told"] else {**told, "told": told}


def file_name(made: StoryPaper) -> str:
    """A name that says what it is: Northern-Air-story-wall-A3-en.pdf."""
    stem = re.sub(r"\W+", "-", made.title).strip("-_")[:FILE_TITLE_MAX].rstrip("-_") or "stories"
    kind = "story-wall" if made.kind == StoryPaperKind.WALL else "thank-you"
    return f"{stem}-{kind}-{made.paper}-{made.language}{made.file_suffix}"
