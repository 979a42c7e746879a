"""Links by which people outside the organisation read one map: made, opened, guarded by a passcode, revoked.

The token opens a link; what a browser then carries is a signed pass, bound to the link and its secrets, and checked
against the link's row each time, so that a revoked link ends at once.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from accounts.signed import read_signed
from journeys.models import Journey, PasscodeTry, ShareLink

PASS_SECONDS = 12 * 3600
LINKS_MAX = 50
TRIES_MAX = 10
TRIES_WINDOW = timedelta(minutes=15)
SALT = "journeys.sharing.pass"


class TooManyLinks(ValueError):
    """The journey has as many working links as one may."""


class TooManyTries(Exception):
    """Too many wrong passcodes from one address."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """What is asked of a new link. last_day: the last one on which it works, in the organisation's time zone."""

    label: str = ""
    passcode: str = ""
    last_day: date | None = None
    hides_notes: bool = False
    hides_back_stage: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A working link in a browser. is_let_in: no passcode is asked (any more)."""

    link: ShareLink
    is_let_in: bool


def hmac_of(token: str) -> str:
    """What is kept of a token: of no use without the secret key, and none can be had back from it."""
    return salted_hmac("journeys.sharing.token", token, algorithm="sha256").hexdigest()


def make_share_link(journey: Journey, made_by: User, asked: NewLink, submission: str = "") -> tuple[ShareLink, str]:
    """A link and its token, which is kept nowhere. Raises TooManyLinks.

    The token of a form sent twice (`submission` names it) is the same, so that it makes one link and shows it twice.
    """
    token = _token(f"{made_by.pk} {journey.pk} {submission} {asked}") if submission else secrets.token_urlsafe(32)
    with transaction.atomic():
        Journey.objects.select_for_update().get(pk=journey.pk)
        made = ShareLink.objects.filter(token_hmac=hmac_of(token)).first()
        if made:
            return made, token
        if ShareLink.objects.filter(working(timezone.now()), journey=journey).count() >= LINKS_MAX:
            raise TooManyLinks
        return _create(journey, made_by, asked, token), token


def _token(cause: str) -> str:
    digest = salted_hmac("journeys.sharing.new", cause, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _create(journey: Journey, made_by: User, asked: NewLink, token: str) -> ShareLink:
    return ShareLink.objects.create(
        journey=journey,
        label=asked.label,
        token_hmac=hmac_of(token),
        passcode_hash=make_password(asked.passcode) if asked.passcode else "",
        hides_notes=asked.hides_notes,
        hides_back_stage=asked.hides_back_stage,
        made_by=made_by,
        made_by_name=str(made_by),
        expires_at=end_of_day(asked.last_day, journey.organisation.time_zone) if asked.last_day else None,
    )


def end_of_day(day: date, time_zone: str) -> datetime:
    """The first moment after a day in a time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(time_zone))


def working(now: datetime) -> Q:
    """Links that open a map: neither revoked nor expired, and the map not archived."""
    is_in_time = Q(expires_at=None) | Q(expires_at__gt=now)
    return is_in_time & Q(revoked_at=None, journey__archived_at=None)


def revoke_share_link(link: ShareLink) -> None:
    """From the next request on the link opens nothing, for nobody."""
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def find_by_token(token: str) -> ShareLink | None:
    """The working link of a token; None for all others alike. Call with scopes disabled."""
    return _working_links().filter(token_hmac=hmac_of(token)).first()


def find_by_pass(link_id: int, signed_pass: str) -> Visit | None:
    """The working link that a browser's pass was made for; None for all others alike. Call with scopes disabled."""
    said = read_signed(signed_pass, SALT, PASS_SECONDS)
    link = _working_links().filter(pk=link_id).first() if said.get("link") == link_id else None
    if link is None or not constant_time_compare(said["secret"], _secret(link)):
        return None
    return Visit(link, said["in"] or not link.passcode_hash)


def make_pass(link: ShareLink, *, is_let_in: bool) -> str:
    """What a browser carries from the token on."""
    return signing.dumps({"link": link.pk, "secret": _secret(link), "in": is_let_in}, salt=SALT)


def _working_links() -> QuerySet[ShareLink]:
    links: QuerySet[ShareLink] = ShareLink.objects.filter(working(timezone.now()))
    return links.select_related("journey__organisation")


def _secret(link: ShareLink) -> str:
    """Changes when the link's token or passcode does."""
    return salted_hmac("journeys.sharing.secret", link.token_hmac + link.passcode_hash, algorithm="sha256").hexdigest()


def try_passcode(link: ShareLink, passcode: str, address: str) -> bool:
    """Whether the passcode is right. Raises TooManyTries after TRIES_MAX wrong ones within TRIES_WINDOW.

    A try is counted before it is looked at, in a short transaction, so that many at once are no way around.
    """
    attempt = _count_try(link, salted_hmac("journeys.sharing.address", address, algorithm="sha256").hexdigest())
    if not check_password(passcode, link.passcode_hash):
        return False
    attempt.delete()
    return True


@transaction.atomic
def _count_try(link: ShareLink, address_hmac: str) -> PasscodeTry:
    ShareLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    PasscodeTry.objects.filter(link=link, at__lte=timezone.now() - TRIES_WINDOW).delete()
    if PasscodeTry.objects.filter(link=link, address_hmac=address_hmac).count() >= TRIES_MAX:
        raise TooManyTries
    return PasscodeTry.objects.create(link=link, address_hmac=address_hmac)


def count_reading(link: ShareLink) -> None:
    """Somebody reads the map by this link."""
    ShareLink.objects.filter(pk=link.pk).update(opened_count=F("opened_count") + 1, opened_at=timezone.now())
