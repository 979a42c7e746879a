"""Two stories for each team's meeting of a week, picked once and kept, none again within a quarter.

Teams are those that the maps name: who serves in front and stands behind, over all journeys (journeys.teams). Without a
team, the stories are for everybody together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import Organisation
from improvements.choices import StoryKind
from improvements.limits import STORIES_A_WEEK, WEEKS_UNREPEATED
from improvements.models import Story, StoryPick
from improvements.stories.feed import published_stories
from journeys.limits import TITLE_MAX
from journeys.models import Moment
from journeys.teams import split_names, team_key

CANDIDATES_MAX = 300  # the newest of those that were not read


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def stories_of_week(organisation: Organisation, team: str = "", day: date | None = None) -> list[Story]:
    """The stories that a team reads in the week of a day; by default everybody, this week. At most two, often fewer.

    The first call of a week picks and keeps them, so that page, agenda and screen agree; a week that is over only tells
    what was picked. One that has left the feed is replaced. Call inside the organisation's scope.
    """
    today = timezone.localdate()
    week, key = monday_of(day or today), team_key(team)[:TITLE_MAX]
    found = _picked(organisation, key, week)
    if len(found) < STORIES_A_WEEK and week >= monday_of(today):
        _pick(organisation, key, week)
        found = _picked(organisation, key, week)
    return found


def stories_on_show(
    organisation: Organisation, team: str = "", journey_ids: Sequence[int] | None = None
) -> list[Story]:
    """This week's two for a first page or a screen. journey_ids: only theirs, and those of no journey.

    Where the week leaves none, since the team has read every one within the quarter, the featured and newest once more.
    """
    week = stories_of_week(organisation, team)
    found = [story for story in week if journey_ids is None or story.journey_id in (None, *journey_ids)]
    if found:
        return found
    stories = published_stories(organisation)
    if journey_ids is not None:
        stories = stories.filter(Q(journey=None) | Q(journey__in=journey_ids))
    return list(stories.order_by(F("featured_at").desc(nulls_last=True), "-published_at", "-pk")[:STORIES_A_WEEK])


def _picked(organisation: Organisation, key: str, week: date) -> list[Story]:
    stories = published_stories(organisation).filter(
        picks__organisation=organisation, picks__team=key, picks__week=week
    )
    return list(stories.order_by("picks__position"))


@transaction.atomic
def _pick(organisation: Organisation, key: str, week: date) -> None:
    """Fill the places that are free. Two at once pick the same, and each place is taken once."""
    picks = StoryPick.objects.in_organisation(organisation).filter(team=key)
    _drop_unpublished(organisation, picks.filter(week=week))
    taken = set(picks.filter(week=week).values_list("position", flat=True))
    free = [place for place in range(STORIES_A_WEEK) if place not in taken]
    chosen = _choose(organisation, key, week, len(free))
    rows = [
        StoryPick(organisation=organisation, team=key, week=week, position=place, story=story)
        for place, story in zip(free, chosen, strict=False)
    ]
    StoryPick.objects.bulk_create(rows, ignore_conflicts=True)


def _drop_unpublished(organisation: Organisation, picks: Iterable[StoryPick]) -> None:
    shown = set(published_stories(organisation).values_list("pk", flat=True))
    gone = [pick.pk for pick in picks if pick.story_id not in shown]
    StoryPick.objects.filter(pk__in=gone).delete()


def _choose(organisation: Organisation, key: str, week: date, count: int) -> Sequence[Story]:
    """The team's own before others', those it never read before those it did, then the newest; one of each if it can.

    A failure that was made good is the second of two, never both.
    """
    quarter = timedelta(weeks=WEEKS_UNREPEATED)
    near = StoryPick.objects.in_organisation(organisation).filter(
        team=key, week__gt=week - quarter, week__lt=week + quarter
    )
    of_team = Count("picks", filter=Q(picks__team=key), distinct=True)
    stories = published_stories(organisation).exclude(pk__in=near.values("story")).annotate(read_count=of_team)
    candidates = list(stories.order_by("read_count", "-published_at", "-pk")[:CANDIDATES_MAX])
    ordered = sorted(candidates, key=lambda story: (story.read_count, not is_of_team(story, key)))
    bright = [story for story in ordered if story.kind == StoryKind.IMPACT]
    mended = [story for story in ordered if story.kind == StoryKind.RECOVERY]
    return (bright + mended)[:count] if len(bright) >= count else (bright + mended[:1])[:count]


def is_of_team(story: Story, key: str) -> bool:
    """Whether a team did it, or has a part in its moment."""
    if not key:
        return True
    return key in _teams_of(story.moment) or key in {team_key(name) for name in split_names(story.team)}


def _teams_of(moment: Moment | None) -> set[str]:
    if moment is None:
        return set()
    return {team_key(name) for name in split_names(f"{moment.serves_in_front};{moment.stands_behind}")}
