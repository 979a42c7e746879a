"""A story as it is told and told anew: stored, and those rung who look at it. Call inside the organisation's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import ALLOWED, Action
from accounts.models import Membership, Notification, Organisation, User
from accounts.notifications import News, change_news, notify
from assessments.tokens import hmac_of, token_of
from improvements.choices import StoryKind, StoryState
from improvements.limits import WAITING_MAX
from improvements.models import Story, StoryPhoto
from improvements.stories.photos import drop_photo, keep_photo
from jobs.picture_cleaning import CleanPicture
from journeys.models import Journey, Moment


class TooManyWaiting(ValueError):
    """More stories wait to be looked at than anybody looks at."""


class Stale(ValueError):
    """Somebody else changed the story meanwhile."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed. photo: a new one; removes_photo: the one that is there goes."""

    kind: StoryKind
    what_happened: str
    journey: Journey | None = None
    moment: Moment | None = None
    who: str = ""
    team: str = ""
    happened_on: date | None = None
    customer_said: str = ""
    cost: str = ""
    what_changed: str = ""
    what_we_did: str = ""
    stayed: str = ""
    photo: CleanPicture | None = None
    photo_words: str = ""
    removes_photo: bool = False

    def write_on(self, story: Story) -> None:
        """Put the words on a row; who is named has agreed."""
        for name in (*TEXTS, "kind", "who", "happened_on", "stayed", "journey", "moment"):
            setattr(story, name, getattr(self, name))
        story.moment_title = self.moment.title if self.moment else ""
        story.has_consent = bool(self.who)


TEXTS = ("what_happened", "team", "customer_said", "cost", "what_changed", "what_we_did")


@transaction.atomic
def tell_story(organisation: Organisation, told: Told, teller: User | None, language: str) -> Story:
    """Store a story: shown at once where a member tells it, looked at first where anybody did.

    Raises TooManyWaiting.
    """
    story = Story(organisation=organisation, told_by=teller, language=language, is_from_link=teller is None)
    told.write_on(story)
    story.name_hmac = hmac_of(token_of(story.name_nonce))
    if teller:
        story.state, story.published_at = StoryState.PUBLISHED, timezone.now()
    elif waiting_stories_count(organisation) >= WAITING_MAX:
        raise TooManyWaiting
    story.save()
    _keep_photo(story, told)
    if not teller:
        _ring_reviewers(story)
    return story


def waiting_stories_count(organisation: Organisation) -> int:
    """How many nobody has looked at yet."""
    return int(Story.objects.in_organisation(organisation).filter(state=StoryState.WAITING).count())


@transaction.atomic
def change_story(story: Story, told: Told, version: int) -> Story:
    """Tell it otherwise. version: that was shown. Raises Stale; Story.DoesNotExist where it is gone."""
    row: Story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if row.version != version:
        raise Stale
    kept = _off_the_map(row, told)
    told.write_on(row)
    row.moment_id, row.moment_title = kept or (row.moment_id, row.moment_title)
    if row.featured_at and (row.journey_id is None or row.journey_id != story.journey_id):
        row.featured_at = None  # featured of the journey that it is no more of
    row.version += 1
    row.save()
    _keep_photo(row, told)
    change_news(source_of(row), row.what_happened)
    return row


def _off_the_map(row: Story, told: Told) -> tuple[int, str] | None:
    """Id and title of the story's moment where it is not on the map just now, so that no form could name it."""
    same = told.journey is not None and told.journey.pk == row.journey_id
    if told.moment or not row.moment_id or not same or Moment.objects.filter(pk=row.moment_id).exists():
        return None
    return row.moment_id, row.moment_title


def _keep_photo(story: Story, told: Told) -> None:
    if told.photo:
        keep_photo(story, told.photo, told.photo_words)
    elif told.removes_photo:
        drop_photo(story)
    else:
        StoryPhoto.objects.filter(story=story).update(words=told.photo_words)


def _ring_reviewers(story: Story) -> None:
    """Once until they have looked: a hundred stories are one ring."""
    organisation = story.organisation
    roles = [role for role, actions in ALLOWED.items() if Action.REVIEW_STORIES in actions]
    people = User.objects.filter(
        pk__in=Membership.objects.filter(organisation=organisation, role__in=roles).values("user")
    )
    rung = Notification.objects.filter(organisation=organisation, kind=Notification.Kind.STORY, seen_at=None)
    unrung = people.exclude(pk__in=rung.values("recipient"))
    path = reverse("story_review", args=[organisation.slug])
    notify(organisation, list(unrung), news_of(Notification.Kind.STORY, story, None, path=path))


def news_of(kind: Notification.Kind, story: Story, actor: User | None, *, path: str = "", text: str = "") -> News:
    """What the bell says of a story."""
    place = str(story.journey) if story.journey else _("Moments of impact")
    return News(kind, actor, place, text or story.what_happened, path or story.get_absolute_url(), source_of(story))


def source_of(story: Story) -> str:
    """What news of a story speak of."""
    return f"story {story.pk}"


def news_about(story: Story) -> QuerySet[Notification]:
    """All that bells said of it, thanks and reviews included."""
    source = source_of(story)
    return Notification.objects.filter(Q(source=source) | Q(source__startswith=f"{source} "))
