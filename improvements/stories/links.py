"""The link by which anybody tells a story, and the private one by which whoever is named takes the name out.

Words open them; a browser then carries a signed pass, checked against the row each time, so that a revoked link ends at
once. Opening consumes nothing: mail scanners open links.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from accounts.signed import read_signed
from assessments.addresses import full_address
from assessments.link_words import LinkWords, link_words
from assessments.models.links import new_nonce
from assessments.tokens import hmacs_of, named_by
from improvements.models import Story, StoryLink

PASS_SECONDS = 90 * 24 * 3600
PASS_SALT, TOLD_SALT = "improvements.stories.links.pass", "improvements.stories.links.told"
TELL_PATH = "/tell/{words}/"


@dataclass(frozen=True, slots=True)
class Telling:
    """One link on one device. device: a random key that only the device and this request know."""

    link: StoryLink
    device: str

    @property
    def name(self) -> str:
        """What stands in addresses. It opens nothing: the device's pass does."""
        return name_of(self.link)


def working_link(organisation: Organisation) -> StoryLink | None:
    """The link that takes stories; None where there is none. One query."""
    found: StoryLink | None = StoryLink.objects.in_organisation(organisation).filter(revoked_at=None).first()
    return found


def story_link_words(link: StoryLink) -> LinkWords:
    """A working link in words, for who may hand it out."""
    return link_words(TELL_PATH, link.nonce)


def name_address(story: Story) -> str:
    """The private link of whoever is named in a story."""
    return full_address(TELL_PATH, story.name_nonce)


@transaction.atomic
def make_link(organisation: Organisation, user: User | None) -> StoryLink:
    """The working link; a new one where there is none. Pressed twice, it makes one."""
    nonce = new_nonce()
    link = StoryLink(organisation=organisation, made_by=user, nonce=nonce, **hmacs_of(nonce))
    StoryLink.objects.bulk_create([link], ignore_conflicts=True)
    found = working_link(organisation)
    assert found is not None  # noqa: S101  # the one just made, or the one it clashed with
    return found


@transaction.atomic
def renew_link(link: StoryLink, user: User) -> StoryLink:
    """End a link and make another, with other words and the same manners."""
    revoke_link(link)
    renewed = make_link(link.organisation, user)
    StoryLink.objects.filter(pk=renewed.pk).update(offers_journeys=link.offers_journeys)
    return renewed


def revoke_link(link: StoryLink) -> bool:
    """From the next request on it takes no story. False: it was revoked already."""
    with scopes_disabled():
        return bool(StoryLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()))


def find_by_words(words: str) -> StoryLink | Story | None:
    """What a token or a typed code leads to; None for all others alike, a revoked link too. Scopes disabled."""
    named = named_by(words)
    link: StoryLink | None = StoryLink.objects.filter(revoked_at=None, **named).first()
    if link or "code_hmac" in named:
        return link
    story: Story | None = Story.objects.filter(name_hmac=named["token_hmac"]).first()
    return story


def name_of(found: StoryLink | Story) -> str:
    """s12 for a link to tell stories, n12 for the name in a story."""
    return f"{'n' if isinstance(found, Story) else 's'}{found.pk}"


def make_pass(found: StoryLink | Story) -> str:
    """What a device carries from the words on."""
    return signing.dumps({"name": name_of(found), "device": secrets.token_urlsafe(16)}, salt=PASS_SALT)


def find_telling(signed_pass: str, name: str) -> Telling | None:
    """The working link that a device's pass was made for, where the address names it. Scopes disabled."""
    said = _said(signed_pass, name)
    link = (
        StoryLink.objects.filter(pk=name[1:], revoked_at=None).select_related("organisation").first() if said else None
    )
    return Telling(link, said["device"]) if link else None


def find_named(signed_pass: str, name: str) -> Story | None:
    """The story whose name a device's pass may take out. Scopes disabled."""
    if not _said(signed_pass, name):
        return None
    found: Story | None = Story.objects.filter(pk=name[1:]).select_related("organisation", "journey").first()
    return found


def _said(signed_pass: str, name: str) -> dict[str, Any]:
    said = read_signed(signed_pass, PASS_SALT, PASS_SECONDS)
    return said if said.get("name") == name else {}


def sign_told(telling: Telling, story: Story) -> str:
    """By this the device that told a story, and no other, is shown the private link of whoever is named in it."""
    return signing.dumps(story.pk, salt=f"{TOLD_SALT} {telling.device}")


def find_told(telling: Telling, signed: str) -> Story | None:
    """The story that this device told; None for all other words alike."""
    try:
        number = signing.loads(signed, salt=f"{TOLD_SALT} {telling.device}", max_age=PASS_SECONDS)
    except signing.BadSignature:
        return None
    found: Story | None = Story.objects.in_organisation(telling.link.organisation).filter(pk=number).first()
    return found
