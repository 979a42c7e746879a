"""What becomes of a story: published, declined, featured, thanked for. Call inside the organisation's scope."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.models import Notification, User
from accounts.notifications import notify, withdraw_news
from improvements.choices import StoryState
from improvements.models import Story, StoryThanks
from improvements.stories.telling import news_about, news_of, source_of
from journeys.models import Journey


@transaction.atomic
def publish_story(story: Story, reviewer: User) -> bool:
    """Show it to everybody, and tell its teller. False: it was published already."""
    row = _locked(story)
    if row.is_published:
        return False
    row.state, row.declined_reason, row.published_at = StoryState.PUBLISHED, "", timezone.now()
    _save_review(row, reviewer)
    _tell_teller(row, Notification.Kind.PUBLISHED, reviewer, row.what_happened)
    return True


@transaction.atomic
def decline_story(story: Story, reviewer: User, reason: str) -> bool:
    """Keep it off every page, or take it off, and tell its teller why. False: it was declined already."""
    row = _locked(story)
    if row.state == StoryState.DECLINED:
        return False
    row.state, row.declined_reason, row.featured_at = StoryState.DECLINED, reason, None
    _save_review(row, reviewer)
    _tell_teller(row, Notification.Kind.DECLINED, reviewer, reason)
    return True


@transaction.atomic
def delete_story(story: Story) -> None:
    """Forget it for good, and what bells said of it."""
    news_about(story).delete()
    Story.objects.filter(pk=story.pk).delete()


def _locked(story: Story) -> Story:
    row: Story = (
        Story.objects.select_for_update(of=("self",)).select_related("organisation", "journey").get(pk=story.pk)
    )
    return row


def _save_review(story: Story, reviewer: User) -> None:
    story.reviewed_by, story.reviewed_at = reviewer, timezone.now()
    story.version += 1
    story.save()


def _tell_teller(story: Story, kind: Notification.Kind, reviewer: User, text: str) -> None:
    """The newest word on it takes the place of the one before."""
    if story.told_by is None:
        return
    news = replace(news_of(kind, story, reviewer, text=text), source=f"{source_of(story)} review")
    withdraw_news(news.source)
    notify(story.organisation, [story.told_by], news)


@transaction.atomic
def feature_story(story: Story) -> bool:
    """Make it the one that stands for its journey; the one before steps back. False: it can't, without a journey."""
    if story.journey_id is None or not story.is_published:
        return False
    Journey.objects.select_for_update(of=("self",)).get(pk=story.journey_id)
    Story.objects.filter(journey=story.journey_id).exclude(pk=story.pk).update(featured_at=None)
    Story.objects.filter(pk=story.pk).update(featured_at=timezone.now())
    return True


def unfeature_story(story: Story) -> None:
    """No story stands for the journey any more."""
    Story.objects.filter(pk=story.pk).update(featured_at=None)


@transaction.atomic
def thank_for(story: Story, user: User) -> None:
    """Say thank you, once; the teller's bell rings."""
    _thanks, is_new = StoryThanks.objects.get_or_create(story=story, user=user)
    if is_new and story.told_by:
        news = replace(news_of(Notification.Kind.THANKS, story, user), source=_thanks_source(story, user))
        notify(story.organisation, [story.told_by], news)


@transaction.atomic
def take_thanks_back(story: Story, user: User) -> None:
    """As if it had not been said."""
    StoryThanks.objects.filter(story=story, user=user).delete()
    withdraw_news(_thanks_source(story, user))


def _thanks_source(story: Story, user: User) -> str:
    return f"{source_of(story)} thanks {user.pk}"
