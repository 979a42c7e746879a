"""Links that make their reader a member: made, mailed, found again and accepted once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.access import Role
from accounts.links import public_link
from accounts.mail import queue_mail
from accounts.models import Invitation, Membership, Organisation, User

VALID_FOR = timedelta(days=14)
PAUSE = timedelta(minutes=1)
OPEN_INVITATIONS_MAX = 500


class Found(NamedTuple):
    """An open invitation, and whether the link that led here could only come from a mail to its address."""

    invitation: Invitation
    proves_address: bool


class InvitationGoneError(Exception):
    """Expired, withdrawn or accepted in the meantime."""


def hmac_of(token: str) -> str:
    """What is kept of a token: of no use without the secret key, and none can be had back from it."""
    return salted_hmac("accounts.invitation", token, algorithm="sha256").hexdigest()


@transaction.atomic
def invite_person(organisation: Organisation, email: str, role: Role, invited_by: User) -> str:
    """Make an invitation and its mail; gives a link to hand over in person. Raises ValidationError with the reason."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Membership.objects.filter(organisation=organisation, user__email=email).exists():
        raise ValidationError(_("This person is a member already."))
    pending = organisation.invitations.filter(accepted_at__isnull=True)
    earlier = pending.filter(email=email).first()
    if earlier and not earlier.has_expired:
        raise ValidationError(_("This address has been invited already. Send that invitation again, or withdraw it."))
    if not earlier and pending.count() >= OPEN_INVITATIONS_MAX:
        raise ValidationError(_("There are too many open invitations. Withdraw some first."))
    invitation = earlier or Invitation(organisation=organisation, email=email)
    invitation.role = role
    return _make_links(invitation, invited_by)


@transaction.atomic
def renew_invitation(invitation: Invitation, invited_by: User) -> str:
    """Send it again with new links, which end the old ones. Raises ValidationError within a minute of the last time."""
    current = Invitation.objects.select_for_update().get(pk=invitation.pk, accepted_at__isnull=True)
    if current.expires_at > timezone.now() + VALID_FOR - PAUSE:
        raise ValidationError(_("This invitation has just been sent. Wait a minute before you send it again."))
    return _make_links(current, invited_by)


def _make_links(invitation: Invitation, invited_by: User) -> str:
    mailed, copy = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    invitation.token_hmac, invitation.copy_token_hmac = hmac_of(mailed), hmac_of(copy)
    invitation.invited_by, invitation.expires_at = invited_by, timezone.now() + VALID_FOR
    invitation.save()
    _queue_invitation_mail(invitation, public_link("invitation_open", mailed))
    return public_link("invitation_open", copy)


def _queue_invitation_mail(invitation: Invitation, link: str) -> None:
    context = {"invitation": invitation, "link": link, "days": VALID_FOR.days}
    queue_mail(
        to=invitation.email,
        subject=_("Join %(organisation)s on Moments of truth") % {"organisation": invitation.organisation},
        body=render_to_string("accounts/email/invitation.txt", context),
    )


def find_invitation(token: str) -> Found | None:
    """The open invitation of a token from either link; None for all others alike."""
    digest = hmac_of(token)
    invitation = (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(Q(token_hmac=digest) | Q(copy_token_hmac=digest), **_is_open(timezone.now()))
        .first()
    )
    return Found(invitation, invitation.token_hmac == digest) if invitation else None


def _is_open(now: datetime) -> dict[str, object]:
    return {"accepted_at__isnull": True, "expires_at__gt": now}


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User) -> None:
    """Make `user` a member; one who is a member already keeps the role. Raises InvitationGoneError."""
    now = timezone.now()
    Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    if not Invitation.objects.filter(pk=invitation.pk, **_is_open(now)).update(accepted_at=now):
        raise InvitationGoneError
    Membership.objects.get_or_create(
        organisation=invitation.organisation, user=user, defaults={"role": invitation.role}
    )


@transaction.atomic
def join_as_new_person(found: Found, *, name: str, password: str) -> User:
    """An account with the invited address, and its membership. Raises InvitationGoneError."""
    invitation = found.invitation
    user = User.objects.create_user(invitation.email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=found.proves_address)
    accept_invitation(invitation, user)
    return user
