"""Answers of an owner by the link of a weekly mail, without signing in.

The words of the link open it; what the browser then carries is a signed pass, checked against the mail's row each time.
Opening consumes nothing and changes nothing: mail scanners open links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.signed import read_signed
from assessments.tokens import hmac_of
from improvements.actions.changing import StaleAction, change_action
from improvements.choices import ActionState
from improvements.models import Action, OwnerMail

SALT = "improvements.actions.answering.pass"


@dataclass(frozen=True, slots=True)
class Asked:
    """One action of a mail. is_open: still to be answered, or else `says` tells how it stands."""

    action: Action
    is_open: bool
    says: str


def find_by_token(token: str) -> OwnerMail | None:
    """The mail whose link still works; None for all others alike. Call with scopes disabled."""
    return _working(token_hmac=hmac_of(token))


def make_pass(mail: OwnerMail) -> str:
    """What a browser carries from the words on."""
    return signing.dumps({"mail": mail.pk}, salt=SALT)


def find_by_pass(mail_id: int, signed_pass: str) -> OwnerMail | None:
    """The mail that a browser's pass was made for. Call with scopes disabled."""
    return _working(pk=mail_id) if read_signed(signed_pass, SALT).get("mail") == mail_id else None


def _working(**named: Any) -> OwnerMail | None:
    """Neither expired nor of somebody who has left."""
    rows = OwnerMail.objects.filter(expires_at__gt=timezone.now(), **named)
    mail: OwnerMail | None = rows.select_related("organisation", "user").first()
    if mail is None:
        return None
    members = Membership.objects.filter(organisation=mail.organisation_id, user=mail.user_id, user__is_active=True)
    return mail if members.exists() else None


def seconds_left(mail: OwnerMail) -> int:
    """How long its link works."""
    return max(0, int((mail.expires_at - timezone.now()).total_seconds()))


def actions_of_mail(mail: OwnerMail) -> list[Asked]:
    """What the mail speaks of and is still its reader's."""
    rows = Action.objects.filter(pk__in=mail.action_ids, owner=mail.user_id).select_related("journey")
    return [_asked(action) for action in rows.order_by("due_on", "pk")]


def action_of_mail(mail: OwnerMail, action_id: int) -> Action | None:
    """One of them."""
    if action_id not in mail.action_ids:
        return None
    found: Action | None = Action.objects.filter(pk=action_id, owner=mail.user_id).select_related("journey").first()
    if found:
        found.organisation = found.journey.organisation = mail.organisation
    return found


def _asked(action: Action) -> Asked:
    is_late = action.is_overdue(timezone.localdate())
    if action.state == ActionState.DONE:
        return Asked(action, False, _("Done."))
    if action.state == ActionState.DROPPED:
        return Asked(action, False, _("Dropped."))
    if action.help_asked_on:
        return Asked(action, False, _("You asked for help."))
    return Asked(action, is_late, "" if is_late else _("It has a new date."))


def answer(mail: OwnerMail, action: Action, version: int, values: dict[str, Any]) -> None:
    """Write an answer down as its owner's. Raises StaleAction; ValidationError where it is dropped without a reason.

    The same answer sent twice is one.
    """
    try:
        change_action(action, version, values, user=mail.user, is_by_link=True)
    except StaleAction as stale:
        if any(getattr(stale.theirs, name) != value for name, value in values.items()):
            raise
