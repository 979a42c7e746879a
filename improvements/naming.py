"""A name that is taken out of a story: by its teller, by whoever is named, or by a reviewer. The story stays."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications import excerpt_of
from assessments.redacting import redact_text, split_words
from improvements.models import Story, StoryPhoto
from improvements.photos import drop_photo
from improvements.telling import TEXTS, news_about

PART_LEAST = 3  # letters; shorter parts of a name stand in other words too often


@transaction.atomic
def withdraw_name(story: Story, *, drops_photo: bool) -> bool:
    """Take the name out of the row and of every text; nothing keeps it. False: nobody is named (any more)."""
    row: Story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if not row.who:
        return False
    words = name_words(row.who)
    for field in TEXTS:
        setattr(row, field, redact_text(getattr(row, field), words))
    row.who, row.has_consent, row.name_withdrawn_at = "", False, timezone.now()
    row.version += 1
    row.save()
    _redact_photo(row, words, drops_photo=drops_photo)
    _redact_news(row, words)
    return True


def name_words(who: str) -> list[str]:
    """What has to go where somebody is no longer named: the name as written, and each part that begins like a name."""
    parts = [part for part in re.split(r"[\s,;/&()]+", who) if len(part) >= PART_LEAST and not part[0].islower()]
    return split_words("\n".join([who.replace(",", " ").replace(";", " "), *parts][:20]))


def _redact_photo(story: Story, words: list[str], *, drops_photo: bool) -> None:
    if drops_photo:
        drop_photo(story)
        return
    for photo in StoryPhoto.objects.filter(story=story).defer("content"):
        photo.words = redact_text(photo.words, words)
        photo.save(update_fields=["words"])


def _redact_news(story: Story, words: list[str]) -> None:
    """What bells said of it: its words as they are now; why it was declined, without the name."""
    news = news_about(story)
    declined = Notification.Kind.DECLINED
    news.exclude(kind=declined).update(excerpt=excerpt_of(story.what_happened))
    for row in news.filter(kind=declined):
        row.excerpt = redact_text(row.excerpt, words)
        row.save(update_fields=["excerpt"])
