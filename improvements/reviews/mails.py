"""The mail before a review: date, place and agenda, to each who meets.

The agenda is made while the mail leaves, so that no row keeps figures, stories or names that are taken back meanwhile.
Members get what their role may see, in their language; people without an account were chosen by a manager to get all
of it, in the language of the map.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_scopes import scopes_disabled

from accounts.access import Action, is_allowed
from accounts.hints import send_hint
from accounts.inside import inside
from accounts.languages import LANGUAGES
from accounts.mail import queue_mails
from accounts.models import Membership, OutgoingMail
from improvements.models import ReviewRhythm
from improvements.reviews.agenda import agenda_of

FILL = "improvements.reviews.mails.fill_mail"
TEND_REVIEWS = "improvements.tasks.tend_reviews"
FIRST_HOUR = 7
USUAL = "en"

log = logging.getLogger(__name__)


def rhythms_due() -> Iterator[ReviewRhythm]:
    """Those whose mails may leave now by the clocks of their organisations. Call with scopes disabled."""
    latest = timezone.now().date() + timedelta(days=1)  # where it is tomorrow already
    rows = ReviewRhythm.objects.filter(remind_on__lte=latest, journey__archived_at=None)
    for rhythm in rows.select_related("organisation", "journey").order_by("remind_on", "pk"):
        with timezone.override(rhythm.organisation.time_zone):
            if _is_due(rhythm):
                yield rhythm


def _is_due(rhythm: ReviewRhythm) -> bool:
    now = timezone.localtime()
    return rhythm.remind_on is not None and rhythm.remind_on <= now.date() and now.hour >= FIRST_HOUR


def call_for_reviews() -> int:
    """Tell a worker where mails are due; says for how many journeys."""
    with scopes_disabled():
        count = sum(1 for _rhythm in rhythms_due())
    if count:
        send_hint(TEND_REVIEWS)
    return count


def tend_reviews() -> None:
    """Write what is due. Harmless when run twice: the note that mails are due goes in their transaction."""
    with scopes_disabled():
        due = list(rhythms_due())
    for rhythm in due:
        try:
            with inside(rhythm.organisation):
                write_mails(rhythm.pk)
        except Exception:
            log.exception("Review mails of journey %s failed, the next pass tries again", rhythm.journey_id)


@transaction.atomic
def write_mails(rhythm_id: int) -> int:
    """A mail for each who meets; says how many. None for a review whose day is over. Call inside the scope."""
    rows = ReviewRhythm.objects.select_for_update(of=("self",)).select_related("organisation", "journey")
    rhythm = rows.filter(pk=rhythm_id).first()
    if rhythm is None or not _is_due(rhythm):
        return 0
    rhythm.remind_on = None
    rhythm.save(update_fields=["remind_on"])
    review_on = rhythm.journey.review_on
    if review_on is None or review_on < timezone.localdate():
        return 0
    mails = [_mail(rhythm, review_on, reader) for reader in _readers(rhythm)]
    queue_mails(mails)
    return len(mails)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a mail. who: how it names its reader, u7 for a member, else a digest of the address."""

    address: str
    who: str
    language: str


def _readers(rhythm: ReviewRhythm) -> list[Reader]:
    """Each address once."""
    members = {member.user.email.lower(): member.user for member in _members(rhythm)}
    people = [Reader(to, f"u{user.pk}", user.language or USUAL) for to, user in members.items()]
    outside = [address for address in rhythm.addresses if address not in members]
    return [*people, *(Reader(to, digest_of(to), _map_language(rhythm)) for to in outside)]


def _map_language(rhythm: ReviewRhythm) -> str:
    """The one in which the map is written, where mails speak it."""
    return rhythm.journey.language if rhythm.journey.language in LANGUAGES else USUAL


def _members(rhythm: ReviewRhythm) -> list[Membership]:
    """Who meets and belongs to the organisation still."""
    meeting = rhythm.members.filter(is_active=True)
    found = Membership.objects.filter(organisation=rhythm.organisation_id, user__in=meeting)
    return list(found.select_related("user"))


def digest_of(address: str) -> str:
    return "a" + hashlib.sha256(address.encode()).hexdigest()[:24]


def _mail(rhythm: ReviewRhythm, review_on: date, reader: Reader) -> OutgoingMail:
    with override(reader.language):
        words = {"journey": rhythm.journey.title, "day": date_format(review_on, "DATE_FORMAT")}
        subject = _("Review of “%(journey)s” on %(day)s") % words
    return OutgoingMail(
        to=reader.address,
        subject=" ".join(subject.split())[:255],
        body="[[text]]\n",
        fill=FILL,
        fill_argument=f"{rhythm.pk}:{review_on.isoformat()}:{reader.who}",
    )


def fill_mail(argument: str) -> dict[str, str] | None:
    """The whole text. None: the review was moved, held or given up, or its reader meets no more."""
    rhythm_id, day, who = argument.split(":")
    with scopes_disabled():
        rows = ReviewRhythm.objects.select_related("organisation", "journey__organisation", "set_by")
        rhythm = rows.filter(pk=rhythm_id, journey__archived_at=None, journey__review_on=parse_date(day)).first()
        if rhythm is None:
            return None
        member = next((member for member in _members(rhythm) if f"u{member.user_id}" == who), None)
        if member is None and who not in {digest_of(address) for address in rhythm.addresses}:
            return None
        language = member.user.language or USUAL if member else _map_language(rhythm)
        with timezone.override(rhythm.organisation.time_zone), override(language):
            with_results = member is None or is_allowed(member.role, Action.SEE_RESULTS)
            return {"text": _text(rhythm, is_member=member is not None, with_results=with_results)}


def _text(rhythm: ReviewRhythm, *, is_member: bool, with_results: bool) -> str:
    journey = rhythm.journey
    address = settings.PUBLIC_URL + reverse("review_agenda", args=[rhythm.organisation.slug, journey.pk])
    context: dict[str, Any] = {
        "journey": journey,
        "rhythm": rhythm,
        "organisation": rhythm.organisation,
        "agenda": agenda_of(journey, with_results=with_results),
        "link": address if is_member else "",
    }
    return render_to_string("improvements/email/review.txt", context).strip()
