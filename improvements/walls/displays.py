"""Links that put the wall on a screen: made, opened, revoked.

A screen hangs for months without anybody near: its pass lasts as long as a browser keeps a cookie and is renewed with
every full load. It is checked against the link's row each time, so that a revoked link ends at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from accounts.signed import read_signed
from assessments.models.links import new_nonce
from assessments.tokens import code_of, hmacs_of, named_by, token_of
from improvements.limits import DISPLAYS_MAX
from improvements.models import Display
from journeys.models import Journey

PASS_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie
SALT = "improvements.walls.displays.pass"
SEEN_EVERY = timedelta(minutes=1)
SILENT_AFTER = timedelta(minutes=30)


class TooManyDisplays(ValueError):
    """The organisation has as many working links as one may."""


def token_of_display(display: Display) -> str:
    """The words of the link's address; none of them is kept."""
    return token_of(_cause(display.nonce))


def code_of_display(display: Display) -> str:
    """The short words that people type on a screen without a keyboard."""
    return code_of(_cause(display.nonce))


def _cause(nonce: str) -> str:
    return f"display {nonce}"


def working_displays(organisation: Organisation) -> Any:
    """Links that open something; a query."""
    return Display.objects.in_organisation(organisation).filter(revoked_at=None)


@transaction.atomic
def make_display(
    organisation: Organisation, made_by: User | None, fields: Mapping[str, Any], journeys: Sequence[Journey]
) -> Display:
    """A link with what its screen shows. fields: of Display, already checked. Raises TooManyDisplays."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if working_displays(organisation).count() >= DISPLAYS_MAX:
        raise TooManyDisplays
    nonce = new_nonce()
    display: Display = Display.objects.create(
        organisation=organisation,
        nonce=nonce,
        made_by=made_by,
        made_by_name=str(made_by or ""),
        **hmacs_of(_cause(nonce)),
        **fields,
    )
    display.journeys.set(journeys)
    return display


@transaction.atomic
def change_display(display: Display, fields: Mapping[str, Any], journeys: Sequence[Journey]) -> None:
    """Show something else from the screen's next question on. fields: of Display, already checked."""
    Display.objects.filter(pk=display.pk).update(**fields)
    display.journeys.set(journeys)


def revoke_display(display: Display) -> None:
    """From its next question on the screen shows nothing."""
    Display.objects.filter(pk=display.pk, revoked_at=None).update(revoked_at=timezone.now())


def find_display(words: str) -> Display | None:
    """The working link of a token or a typed code; None for all others alike. Call with scopes disabled."""
    return _working().filter(**named_by(words)).first()


def make_pass(display: Display) -> str:
    """What a screen's browser carries from the words on."""
    return signing.dumps({"display": display.pk, "secret": _secret(display)}, salt=SALT)


def find_by_pass(display_id: int, signed_pass: str) -> Display | None:
    """The working link that a browser's pass was made for; None for all others alike. Call with scopes disabled."""
    said = read_signed(signed_pass, SALT, PASS_SECONDS)
    display = _working().filter(pk=display_id).first() if said.get("display") == display_id else None
    if display is None or not constant_time_compare(said["secret"], _secret(display)):
        return None
    return display


def _working() -> Any:
    return Display.objects.filter(revoked_at=None).select_related("organisation")


def _secret(display: Display) -> str:
    return salted_hmac("improvements.walls.displays.secret", display.token_hmac, algorithm="sha256").hexdigest()


def note_seen(display: Display) -> None:
    """A screen asks what to show; written down once a minute at most."""
    now = timezone.now()
    is_due = Q(seen_at=None) | Q(seen_at__lt=now - SEEN_EVERY)
    with scopes_disabled():
        Display.objects.filter(is_due, pk=display.pk).update(seen_at=now)


def is_silent(display: Display) -> bool:
    """Whether a screen that was there has not asked for longer than a short break of the network."""
    return display.seen_at is not None and display.seen_at < timezone.now() - SILENT_AFTER
