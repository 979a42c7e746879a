"""A name that is taken out of a story: by its teller, by whoever is named, or by a reviewer. The story stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from django.db import transaction
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications import excerpt_of
from assessments.redacting import GAP
from improvements.models import Story, StoryPhoto
from improvements.stories.photos import drop_photo
from improvements.stories.telling import TEXTS, news_about

PART_LEAST, SURE_FROM = 2, 3  # letters: of a part that is looked for, and that is found however it is written


@transaction.atomic
def withdraw_name(story: Story, *, drops_photo: bool) -> bool:
    """Take the name out of the row and of every text; nothing keeps it. False: nobody is named (any more)."""
    row: Story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if not row.who:
        return False
    who = row.who
    for field in TEXTS:
        setattr(row, field, without_name(getattr(row, field), who))
    row.who, row.has_consent, row.name_withdrawn_at = "", False, timezone.now()
    row.version += 1
    row.save()
    _redact_photo(row, who, drops_photo=drops_photo)
    _redact_news(row, who)
    return True


def without_name(text: str, who: str) -> str:
    """The text with a gap where somebody is named: by the name as written, or by a part of it that is one.

    A part begins with a capital, so "Jo from gate 12" takes out Jo and leaves gates alone; it stands for itself or
    before a genitive's s, so "Ann" stays in "Annual". Where a script has no capitals, a part is taken out anywhere.
    """
    return re.sub("|".join(_patterns(who)), GAP, normalize("NFC", text))


def _patterns(who: str) -> Iterator[str]:
    """The longest first."""
    whole = " ".join(normalize("NFC", who).split())
    yield f"(?i:{_as_name(whole)})"
    for part in sorted(set(re.split(r"[\s,;/&()]+", whole)), key=lambda part: (-len(part), part)):
        if len(part) >= SURE_FROM and part[0].isalpha() and not part[0].islower():
            yield f"(?i:{_as_name(part)})"
        elif len(part) >= PART_LEAST and part[0].isupper():
            yield _as_name(part)


def _as_name(words: str) -> str:
    written = r"\s+".join(re.escape(word) for word in words.split())
    has_capitals = words[0].lower() != words[0].upper()
    return rf"(?<!\w){written}(?:['\u2019]?s)?(?!\w)" if has_capitals else written


def _redact_photo(story: Story, who: str, *, drops_photo: bool) -> None:
    if drops_photo:
        drop_photo(story)
        return
    for photo in StoryPhoto.objects.filter(story=story).defer("content"):
        photo.words = without_name(photo.words, who)
        photo.save(update_fields=["words"])


def _redact_news(story: Story, who: str) -> None:
    """What bells said of it: its words as they are now; why it was declined, without the name."""
    news = news_about(story)
    declined = Notification.Kind.DECLINED
    news.exclude(kind=declined).update(excerpt=excerpt_of(story.what_happened))
    for row in news.filter(kind=declined):
        row.excerpt = without_name(row.excerpt, who)
        row.save(update_fields=["excerpt"])
