"""Stories that may be shown: the one place from which pages, exports, papers and screens take them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Organisation, User
from improvements.choices import StoryKind, StoryState
from improvements.models import Story, StoryThanks
from journeys.models import Journey

SEARCH_MAX, WORDS_MAX = 200, 12
SEARCHED = (
    "what_happened",
    "who",
    "team",
    "customer_said",
    "cost",
    "what_changed",
    "what_we_did",
    "moment_title",
)


def published_stories(organisation: Organisation) -> QuerySet[Story]:
    """Newest first, with journey, moment (None where it is off the map) and photo (without its pixels).

    Whoever took their name back is not named in them. Call inside the organisation's scope.
    """
    return with_relations(Story.objects.in_organisation(organisation).filter(state=StoryState.PUBLISHED))


def with_relations(stories: Any) -> Any:
    """What a page says of each, in the same query."""
    return stories.select_related("organisation", "journey", "moment__stage", "photo", "told_by").defer(
        "photo__content"
    )


def stories_to_read(journey: Journey, most: int) -> list[Story]:
    """What a meeting about a journey reads aloud: its own first, the newest first."""
    is_own = Case(When(journey=journey, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(published_stories(journey.organisation).order_by(is_own, "-published_at", "-pk")[:most])


def with_thanks(stories: QuerySet[Story], user: User) -> QuerySet[Story]:
    """Each with `thanks_count`, and `is_thanked`: whether this person is among them."""
    thanks = StoryThanks.objects.filter(story=OuterRef("pk")).order_by()
    counted = thanks.values("story").annotate(n=Count("pk")).values("n")
    return stories.annotate(
        thanks_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        is_thanked=Exists(thanks.filter(user=user)),
    )


def add_thanks(stories: Iterable[Any], user: User) -> None:
    """Give stories that are read already their `thanks_count` and `is_thanked`, as with_thanks does; one query."""
    shown = {story.pk: story for story in stories}
    rows = StoryThanks.objects.filter(story__in=shown).order_by().values("story")
    counts = {row["story"]: row for row in rows.annotate(n=Count("pk"), own=Count("pk", filter=Q(user=user)))}
    for pk, story in shown.items():
        counted = counts.get(pk, {"n": 0, "own": 0})
        story.thanks_count, story.is_thanked = counted["n"], bool(counted["own"])


def search_stories(
    stories: QuerySet[Story], words: str, *, journey: Journey | None = None, kind: str = ""
) -> QuerySet[Story]:
    """Those that hold every word somewhere, of one journey and kind where these are given.

    SQLite knows capitals of ASCII alone, so each word is looked for as typed, small, large and with a first capital.
    """
    if journey:
        stories = stories.filter(journey=journey)
    if kind in StoryKind.values:
        stories = stories.filter(kind=kind)
    for word in words[:SEARCH_MAX].replace("\0", "").split()[:WORDS_MAX]:
        stories = stories.filter(_holds(word))
    return stories


def _holds(word: str) -> Q:
    anywhere = Q()
    for way in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        for field in SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": way})
    return anywhere | Q(journey__title__icontains=word)
