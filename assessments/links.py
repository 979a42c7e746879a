"""Ways into a round: an open link a group and view, and what a device carries once it has come in.

The words of a link open it; what a browser then carries is a signed pass, checked against the link's row each time, so
that a revoked link ends at once. Opening consumes nothing: mail scanners open links.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from django.core import signing
from django.db import transaction
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_scopes import scopes_disabled

from accounts.signed import read_signed
from assessments.choices import RoundState, Source, View
from assessments.models import OpenLink, Recipient, Round, RoundGroup
from assessments.models.links import new_nonce
from assessments.tokens import hmacs_of, named_by

PASS_SECONDS = 90 * 24 * 3600
SALT = "assessments.links.pass"
OPEN_FIRST = Case(When(round__state=RoundState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


class Refusal(Enum):
    """Why somebody with good words may not answer (any more)."""

    NOT_YET = "not_yet"
    CLOSED = "closed"
    REVOKED = "revoked"
    FULL = "full"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Way:
    """One way into a round on one device. device: a random key that only the device and this request know."""

    link: OpenLink | None
    recipient: Recipient | None
    device: str
    is_kiosk: bool = False

    @property
    def owner(self) -> OpenLink | Recipient:
        owner = self.link or self.recipient
        assert owner is not None  # noqa: S101  # one of the two leads here
        return owner

    @property
    def round(self) -> Round:
        return self.owner.round

    @property
    def group(self) -> RoundGroup | None:
        return self.owner.group

    @property
    def view(self) -> View:
        return View(self.owner.view)

    @property
    def source(self) -> Source:
        if self.recipient:
            return Source.PERSONAL
        return Source.KIOSK if self.is_kiosk else Source.LINK

    @property
    def name(self) -> str:
        """What stands in addresses below answer/. It opens nothing: the device's pass does."""
        return name_of(self.owner, is_kiosk=self.is_kiosk)

    @property
    def device_hmac(self) -> str:
        """What a draft keeps of the device: of no use in another round or by another link."""
        words = f"{'recipient' if self.recipient else 'link'} {self.owner.pk} {self.device}"
        return salted_hmac("assessments.device", words, algorithm="sha256").hexdigest()

    def refusal(self) -> Refusal | None:
        """Why nobody can answer here now; None where one can. A full link lets those go on who have begun."""
        if self.round.is_draft:
            return Refusal.NOT_YET
        if not self.round.is_open:
            return Refusal.CLOSED
        if self.link and self.link.revoked_at:
            return Refusal.REVOKED
        if self.link and self.link.is_full:
            return Refusal.FULL
        if self.recipient and self.recipient.has_answered:
            return Refusal.ANSWERED
        return None


def name_of(found: OpenLink | Recipient, *, is_kiosk: bool = False) -> str:
    """l12 for a link, k12 for the same link on a shared tablet, r12 for a personal link."""
    kind = "r" if isinstance(found, Recipient) else "k" if is_kiosk else "l"
    return f"{kind}{found.pk}"


@transaction.atomic
def make_links(round_: Round, groups: Sequence[RoundGroup | None] | None = None) -> list[OpenLink]:
    """The open links that are missing: one a view and group, or one a view where there is no group."""
    wanted: Sequence[RoundGroup | None] = groups if groups is not None else (list(round_.groups.all()) or [None])
    there = set(round_.open_links.filter(revoked_at=None).values_list("view", "group_id"))
    missing = [
        link_of(round_, view, group)
        for view in round_.views
        for group in wanted
        if (view.value, group.pk if group else None) not in there
    ]
    return list(OpenLink.objects.bulk_create(missing))


def link_of(round_: Round, view: View, group: RoundGroup | None, nonce: str = "") -> OpenLink:
    """A link that is not stored yet; nonce: of the link whose words it takes over."""
    nonce = nonce or new_nonce()
    return OpenLink(round=round_, view=view, group=group, nonce=nonce, **hmacs_of(nonce))


@transaction.atomic
def renew_link(link: OpenLink) -> OpenLink:
    """Revoke a link and give its group another, with other words; pressed twice, it makes one."""
    if not revoke_link(link):
        there = OpenLink.objects.filter(round=link.round, view=link.view, group=link.group, revoked_at=None).first()
        return there or link
    renewed = link_of(link.round, View(link.view), link.group)
    renewed.cap = link.cap
    renewed.save()
    return renewed


def revoke_link(link: OpenLink) -> bool:
    """From the next request on it takes nobody in. False: it was revoked already.

    Outside the scope, whose join would put the condition into a subquery, and PostgreSQL looks at that only once.
    """
    with scopes_disabled():
        return bool(OpenLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()))


def find_link(words: str) -> OpenLink | Recipient | None:
    """Whatever a token or a typed code leads to, of an open round if there is one; None for all others alike.

    Call with scopes disabled.
    """
    named = named_by(words)
    is_code = "code_hmac" in named
    models: tuple[type[OpenLink] | type[Recipient], ...] = (OpenLink,) if is_code else (OpenLink, Recipient)
    for model in models:
        if model.objects.filter(**named).exists():  # most words of who guesses lead nowhere: that is found out cheaply
            return cast("OpenLink | Recipient", _links(model, Q(**named)))
    return None


def _links(model: type[OpenLink] | type[Recipient], named: Q) -> Any:
    rows = model.objects.filter(named).select_related("round__organisation", "round__journey", "group")
    return rows.annotate(rank=OPEN_FIRST).order_by("rank", "-pk").first()


def make_pass(found: OpenLink | Recipient, *, is_kiosk: bool = False, device: str = "") -> str:
    """What a device carries from the words on; device: of a pass it had before, for the same way."""
    kind = "link" if isinstance(found, OpenLink) else "recipient"
    said = {"kind": kind, "id": found.pk, "device": device or secrets.token_urlsafe(16), "kiosk": is_kiosk}
    return signing.dumps(said, salt=SALT)


def find_by_pass(signed_pass: str) -> Way | None:
    """The way that a device's pass was made for; None for all others alike. Call with scopes disabled."""
    said = read_signed(signed_pass, SALT, PASS_SECONDS)
    if not said:
        return None
    model = OpenLink if said["kind"] == "link" else Recipient
    found = _links(model, Q(pk=said["id"]))
    if found is None:
        return None
    is_link = isinstance(found, OpenLink)
    return Way(found if is_link else None, None if is_link else found, said["device"], said["kiosk"])
