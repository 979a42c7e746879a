"""“You said, we did”: what people said, in their words where these may be shown, what was done, and when.

Only what somebody chose to tell stands here. Words of a round come from ideas that its sheet lets be read; of any other
the words are left out. Call inside the organisation's scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.acting import acting_user
from accounts.links import public_link
from accounts.models import Organisation
from assessments.models.links import new_nonce
from assessments.tokens import hmac_of, token_of
from improvements.actions.idea_words import IdeaWords, words_of_ideas
from improvements.choices import ActionState
from improvements.models import Action, SaidLink
from journeys.models import Journey

ROWS_MAX = 200
LINKS_MAX = 50


class TooManyLinks(ValueError):
    """The organisation has as many working links as one may."""


@dataclass(frozen=True, slots=True)
class SaidDone:
    """One thing that was said and done, as plain values. said: empty where the words may not be shown.

    whose: "customers" or "staff" where the words are an idea of a round, else empty.
    """

    action_id: int
    said: str
    said_language: str
    whose: str
    did: str
    did_language: str
    moment: str
    journey: str
    journey_id: int
    done_on: date


def you_said_we_did(organisation: Organisation, journey: Journey | None = None) -> list[SaidDone]:
    """What is told, the newest first; two queries."""
    told = _done(organisation).filter(is_told=True)
    if journey:
        told = told.filter(journey=journey)
    actions = list(told[:ROWS_MAX])
    words = words_of_ideas([action.idea for action in actions if action.idea and not action.said])
    return [_row(action, words.get(str(action.idea_id))) for action in actions]


def not_told(organisation: Organisation) -> list[Action]:
    """What was done and is told to nobody yet, the newest first."""
    return list(_done(organisation).filter(is_told=False)[:ROWS_MAX])


def _done(organisation: Organisation) -> QuerySet[Action]:
    done = Action.objects.in_organisation(organisation).filter(state=ActionState.DONE, done_on__isnull=False)
    found: QuerySet[Action] = done.select_related("journey", "idea").order_by("-done_on", "-pk")
    return found


def _row(action: Action, idea: IdeaWords | None) -> SaidDone:
    words = None if action.said else idea
    return SaidDone(
        action_id=action.pk,
        said=action.said or (words.text if words else ""),
        said_language=words.language if words else action.journey.language,
        whose=words.view if words else "",
        did=action.did or action.what,
        did_language=action.journey.language,
        moment=action.moment_title,
        journey=action.journey.title,
        journey_id=action.journey_id,
        done_on=action.done_on or timezone.localdate(),
    )


@transaction.atomic
def make_said_link(organisation: Organisation, journey: Journey | None, label: str) -> SaidLink:
    """A link that works until it is revoked. Raises TooManyLinks."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if SaidLink.objects.filter(organisation=organisation, revoked_at=None).count() >= LINKS_MAX:
        raise TooManyLinks
    user, nonce = acting_user(), new_nonce()
    link: SaidLink = SaidLink.objects.create(
        organisation=organisation,
        journey=journey,
        label=label,
        nonce=nonce,
        token_hmac=hmac_of(_token(nonce)),
        made_by=user,
        made_by_name=str(user) if user else "",
    )
    return link


def _token(nonce: str) -> str:
    return token_of(f"said link {nonce}")


def address_of(link: SaidLink) -> str:
    """What people open; made anew each time, so that no copy of the database holds it."""
    return public_link("said_open", _token(link.nonce))


def revoke_said_link(link: SaidLink) -> None:
    """From the next request on it opens nothing. Outside the scope, so that the condition stands on the row itself."""
    with scopes_disabled():
        SaidLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def find_by_token(token: str) -> SaidLink | None:
    """The working link of a token; None for all others alike. Call with scopes disabled."""
    return _working().filter(token_hmac=hmac_of(token)).first()


def find_working(link_id: int) -> SaidLink | None:
    """The link where it still works. Call with scopes disabled."""
    return _working().filter(pk=link_id).first()


def _working() -> QuerySet[SaidLink]:
    links: QuerySet[SaidLink] = SaidLink.objects.filter(revoked_at=None).select_related("organisation", "journey")
    return links


def count_reading(link: SaidLink) -> None:
    """Somebody read it."""
    with scopes_disabled():
        SaidLink.objects.filter(pk=link.pk).update(opened_count=F("opened_count") + 1, opened_at=timezone.now())
