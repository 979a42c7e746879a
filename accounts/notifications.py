"""Telling people what concerns them: a row in their list, and where they wish it a mail, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.links import public_link
from accounts.mail import queue_mail
from accounts.models import Notification, Organisation, User

EXCERPT_MAX = 280
KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class News:
    """What happened. actor: None for somebody without an account; place: where, in words; path: the address without the
    host; source: what it speaks of.
    """

    kind: Notification.Kind
    actor: User | None
    place: str
    text: str
    path: str
    source: str


def notify(organisation: Organisation, recipients: Iterable[User], news: News) -> list[User]:
    """Tell each recipient once, but not the actor and nobody who is no member (any more). Gives who was told."""
    asked = {user.pk for user in recipients} - {news.actor.pk if news.actor else None}
    members = User.objects.filter(memberships__organisation=organisation, is_active=True, pk__in=asked)
    known = Notification.objects.filter(source=news.source, kind=news.kind).values_list("recipient_id", flat=True)
    told = [user for user in members.order_by("pk") if user.pk not in set(known)]
    with transaction.atomic():
        Notification.objects.bulk_create([_row(organisation, user, news) for user in told], ignore_conflicts=True)
        for user in told:
            if news.kind == Notification.Kind.MENTION and user.mails_mentions:
                _queue_mail(organisation, user, news)
    return told


def _row(organisation: Organisation, user: User, news: News) -> Notification:
    return Notification(
        recipient=user,
        organisation=organisation,
        kind=news.kind,
        actor_name=str(news.actor or _("Somebody")),
        place=news.place[:500],
        excerpt=excerpt_of(news.text),
        path=news.path,
        source=news.source,
    )


def excerpt_of(text: str) -> str:
    """The beginning of a text, for a list."""
    return Truncator(text.strip()).chars(EXCERPT_MAX)


def _queue_mail(organisation: Organisation, user: User, news: News) -> None:
    context = {
        "organisation": organisation,
        "news": news,
        "link": settings.PUBLIC_URL + news.path,
        "settings_link": public_link("profile_edit"),
    }
    queue_mail(
        to=user.email,
        subject=_("%(person)s mentioned you: %(place)s") % {"person": news.actor, "place": news.place},
        body=render_to_string("accounts/email/mention.txt", context),
    )


def change_news(source: str, text: str) -> None:
    """What was said is now said otherwise."""
    Notification.objects.filter(source=source).update(excerpt=excerpt_of(text))


def withdraw_news(source: str) -> None:
    """What was said is unsaid: it leaves every list."""
    Notification.objects.filter(source=source).delete()


def mark_seen(user: User, ids: Iterable[int] | None = None) -> None:
    """Mark the notifications with these ids, or all, as seen."""
    rows = Notification.objects.filter(recipient=user, seen_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    rows.update(seen_at=timezone.now())
    user.__dict__.pop("unseen_count", None)


def forget_old_news() -> int:
    """Delete what was told half a year ago, seen or not; says how many."""
    return Notification.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
