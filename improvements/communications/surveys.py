"""The links by which staff and customers rate what an organisation sends, and the passes that they leave on a device.

Words open them; a browser then carries a signed pass, checked against the row each time, so that a revoked or renewed
link ends at once. Opening consumes nothing: mail scanners open links.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from accounts.signed import read_signed
from assessments.choices import View
from assessments.link_words import LinkWords, link_words
from assessments.models import Round
from assessments.models.links import new_nonce
from assessments.privacy import DEFAULT_MINIMUM
from assessments.tokens import hmac_of, hmacs_of, named_by
from improvements.communications.limits import MINIMUM_MAX
from improvements.models import CommunicationSurvey

PASS_SECONDS = 90 * 24 * 3600
PASS_SALT = "improvements.communications.surveys.pass"  # noqa: S105  # names a signature, opens nothing
RATE_PATH = "/rate/{words}/"


@dataclass(frozen=True, slots=True)
class Rating:
    """One link on one device. device: a random key that only the device and this request know."""

    survey: CommunicationSurvey
    device: str

    @property
    def name(self) -> str:
        """What stands in addresses. It opens nothing: the device's pass does."""
        return name_of(self.survey)

    @property
    def device_hmac(self) -> str:
        return hmac_of(f"rating {self.survey.pk} {self.device}")

    @property
    def is_for_staff(self) -> bool:
        return self.survey.view == View.STAFF


def surveys_of(organisation: Organisation) -> dict[str, CommunicationSurvey]:
    """By view, those that were ever made, revoked ones too; one query."""
    return {survey.view: survey for survey in CommunicationSurvey.objects.in_organisation(organisation)}


def survey_words(survey: CommunicationSurvey) -> LinkWords:
    """A working link in words, for who may hand it out."""
    return link_words(RATE_PATH, survey.nonce)


def usual_minimum(organisation: Organisation) -> int:
    """The minimum group that is proposed: the largest of the organisation's rounds, at least the usual one."""
    largest = Round.objects.in_organisation(organisation).order_by("-minimum_group").first()
    return min(MINIMUM_MAX, max(DEFAULT_MINIMUM, largest.minimum_group if largest else 0))


@transaction.atomic
def make_survey(organisation: Organisation, view: str, minimum: int, user: User | None) -> CommunicationSurvey:
    """The working link of a view. Pressed twice, it makes one; made again, it never lowers the minimum group."""
    fresh = CommunicationSurvey(organisation=organisation, view=view, minimum_group=minimum, made_by=user)
    _take_new_words(fresh)
    CommunicationSurvey.objects.bulk_create([fresh], ignore_conflicts=True)
    survey: CommunicationSurvey = CommunicationSurvey.objects.select_for_update().get(
        organisation=organisation, view=view
    )
    if survey.revoked_at:
        survey.revoked_at, survey.minimum_group = None, max(survey.minimum_group, minimum)
        _take_new_words(survey)
        survey.save()
    return survey


@transaction.atomic
def renew_survey(survey: CommunicationSurvey) -> None:
    """Other words in place of the old ones, which open nothing from the next request on."""
    row = CommunicationSurvey.objects.select_for_update().get(pk=survey.pk)
    _take_new_words(row)
    row.save(update_fields=["nonce", "token_hmac", "code_hmac"])


def revoke_survey(survey: CommunicationSurvey) -> None:
    """From the next request on nobody can answer; what has come out stays."""
    with scopes_disabled():
        CommunicationSurvey.objects.filter(pk=survey.pk, revoked_at=None).update(revoked_at=timezone.now())


def _take_new_words(survey: CommunicationSurvey) -> None:
    survey.nonce = new_nonce()
    for field, kept in hmacs_of(survey.nonce).items():
        setattr(survey, field, kept)


def find_survey(words: str) -> CommunicationSurvey | None:
    """What a token or a typed code leads to; None for all others alike, a revoked link too. Scopes disabled."""
    rows = CommunicationSurvey.objects.filter(revoked_at=None, **named_by(words))
    found: CommunicationSurvey | None = rows.first()
    return found


def name_of(survey: CommunicationSurvey) -> str:
    return f"c{survey.pk}"


def make_pass(survey: CommunicationSurvey) -> str:
    """What a device carries from the words on."""
    said = {"name": name_of(survey), "nonce": hmac_of(survey.nonce), "device": secrets.token_urlsafe(16)}
    return signing.dumps(said, salt=PASS_SALT)


def find_rating(signed_pass: str, name: str) -> Rating | None:
    """The working link that a device's pass was made for, where the address names it. Scopes disabled."""
    said = read_signed(signed_pass, PASS_SALT, PASS_SECONDS)
    if said.get("name") != name:
        return None
    rows = CommunicationSurvey.objects.filter(pk=name[1:], revoked_at=None).select_related("organisation")
    survey = rows.first()
    return Rating(survey, said["device"]) if survey and hmac_of(survey.nonce) == said["nonce"] else None
