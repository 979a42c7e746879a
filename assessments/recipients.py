"""People who are asked by mail: put on the list, invited, reminded, corrected. The mails themselves leave later."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hints import send_hint
from assessments.choices import Sending
from assessments.limits import RECIPIENTS_MAX
from assessments.models import Recipient, Round
from assessments.models.links import new_nonce
from assessments.recipient_lists import RecipientLine
from assessments.rounds import TEND_ROUNDS
from assessments.tokens import hmac_of, token_of


@transaction.atomic
def add_recipients(round_: Round, view: str, lines: Sequence[RecipientLine]) -> int:
    """How many are new. Raises ValidationError where they would be too many."""
    Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    before = Recipient.objects.filter(round=round_).count()
    if before + len(lines) > RECIPIENTS_MAX:
        message = _("A round asks at most %(most)s people by mail; there are %(there)s already.")
        raise ValidationError(message % {"most": f"{RECIPIENTS_MAX:,}", "there": f"{before:,}"})
    rows = [new_recipient(round_, view, line) for line in lines]
    Recipient.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return Recipient.objects.filter(round=round_).count() - before


def new_recipient(round_: Round, view: str, line: RecipientLine) -> Recipient:
    """One that is not stored yet, with words of its own."""
    nonce = new_nonce()
    return Recipient(
        round=round_,
        view=view,
        email=line.email,
        name=line.name,
        group=line.group,
        language=line.language,
        nonce=nonce,
        token_hmac=hmac_of(token_of(nonce)),
    )


def to_invite(round_: Round) -> QuerySet[Recipient]:
    """Those whom nobody has written to yet."""
    rows: QuerySet[Recipient] = Recipient.objects.filter(round=round_, invited_on=None, bounced_on=None, to_send="")
    return rows


def ask_invitations(round_: Round) -> int:
    """Let a worker invite whoever was not; says how many. Those of a draft leave when it opens."""
    count = to_invite(round_).update(to_send=Sending.INVITATION)
    transaction.on_commit(lambda: send_hint(TEND_ROUNDS))
    return count


def ask_reminders(round_: Round) -> None:
    """Let a worker remind whoever was invited and has not answered, each at most once a day. Nobody learns whom."""
    today = timezone.localdate()
    silent = Recipient.objects.filter(
        ~Q(reminded_on=today) | Q(reminded_on=None),
        round=round_,
        has_answered=False,
        invited_on__lt=today,
        bounced_on=None,
        to_send="",
    )
    silent.update(to_send=Sending.REMINDER)
    transaction.on_commit(lambda: send_hint(TEND_ROUNDS))


@transaction.atomic
def correct_recipient(recipient: Recipient, email: str, name: str, language: str) -> Recipient:
    """Another address gets other words, so that the old one opens nothing, and is invited if the old one was.

    Raises ValidationError where the address is on the list already.
    """
    row: Recipient = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient.pk)
    others = Recipient.objects.filter(round=row.round_id, view=row.view, email=email).exclude(pk=row.pk)
    if others.exists():
        raise ValidationError({"email": _("This address is on the list already.")})
    if email != row.email:
        row.nonce = new_nonce()
        row.token_hmac = hmac_of(token_of(row.nonce))
    if row.bounced_on or email != row.email:
        row.bounced_on, row.bounce_reason = None, ""
        row.to_send, row.mail = Sending.INVITATION if row.invited_on else row.to_send, None
    row.email, row.name, row.language = email, name, language
    row.save()
    transaction.on_commit(lambda: send_hint(TEND_ROUNDS))
    return row


def mark_bounced(recipient: Recipient, reason: str) -> None:
    """The address does not work, somebody says; nothing more is sent to it."""
    Recipient.objects.filter(pk=recipient.pk).update(
        bounced_on=timezone.localdate(), bounce_reason=reason[:300], to_send=""
    )


@transaction.atomic
def remove_recipient(recipient: Recipient) -> None:
    """Take somebody off the list. Raises ValidationError after the invitation: the count would tell who answered."""
    gone, _rows = Recipient.objects.filter(pk=recipient.pk, invited_on=None).delete()
    if not gone:
        raise ValidationError(_("Somebody who was invited stays on the list, or the counts would tell who answered."))
    Round.objects.filter(pk=recipient.round_id).update(version=F("version") + 1)
