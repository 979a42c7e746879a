"""The outbox: mails are rows of the transaction that causes them, and leave after it, once."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.hints import send_hint
from accounts.models import OutgoingMail

logger = logging.getLogger(__name__)

SEND_MAILS = "accounts.tasks.send_mails"
ATTEMPTS_MAX = 10
CLAIM = timedelta(minutes=5)
KEPT_AFTER_SENDING = timedelta(days=30)
SECONDS_A_RUN = 60.0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; read while it leaves, so that no row holds a copy."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Filling:
    """What a mail gets while it leaves: a word for each [[name]] of its text, and files."""

    words: Mapping[str, str]
    attachments: Sequence[Attachment] = ()


def queue_mail(*, to: str, subject: str, body: str, html: str = "") -> OutgoingMail:
    """Write a mail into the outbox; it leaves after the commit of the transaction at hand."""
    mail = OutgoingMail.objects.create(to=to, subject=" ".join(subject.split())[:255], body=body, html=html)
    transaction.on_commit(lambda: send_hint(SEND_MAILS))
    return mail


def queue_mails(mails: Sequence[OutgoingMail]) -> None:
    """Write many at once. One with secret words names in `fill` the function that gives them when it leaves.

    The function gets `fill_argument` and gives a word for each [[name]] in the text, or these and files as a Filling,
    or None where the mail is not wanted any more. So no copy of the database holds what a link opens.
    """
    OutgoingMail.objects.bulk_create(mails, batch_size=500)
    transaction.on_commit(lambda: send_hint(SEND_MAILS))


def due_mails() -> QuerySet[OutgoingMail]:
    """Mails that may leave now: those to one person before mass mails, then those that wait longest."""
    return OutgoingMail.objects.filter(
        sent_at__isnull=True, attempts__lt=ATTEMPTS_MAX, not_before__lte=timezone.now()
    ).order_by("fill", "not_before")


def given_up() -> Q:
    """Mails that never left: refused for good, or tried too often. Their last error says why."""
    return Q(sent_at__isnull=True, attempts__gte=ATTEMPTS_MAX)


def send_due_mails(limit: int = 50) -> int:
    """Send up to `limit` mails for about a minute at most; gives how many left. Any number may run at once."""
    started_at, sent = monotonic(), 0
    for mail in due_mails()[:limit]:
        if monotonic() - started_at > SECONDS_A_RUN:
            break
        sent += _claim(mail) and _send(mail)
    return sent


def delete_old_mails() -> int:
    """Forget mails that were sent or given up a month ago; gives how many."""
    old = OutgoingMail.objects.filter(created_at__lt=timezone.now() - KEPT_AFTER_SENDING).exclude(
        sent_at__isnull=True, attempts__lt=ATTEMPTS_MAX
    )
    return old.delete()[0]


def _claim(mail: OutgoingMail) -> bool:
    """Whether this sender alone has the mail for the next five minutes. A sender that dies loses it after them."""
    claimed = OutgoingMail.objects.filter(pk=mail.pk, attempts=mail.attempts, sent_at__isnull=True).update(
        attempts=F("attempts") + 1, not_before=timezone.now() + CLAIM
    )
    return claimed == 1


def _send(mail: OutgoingMail) -> bool:
    try:
        filling = import_string(mail.fill)(mail.fill_argument) if mail.fill else {}
        if filling is None:
            mail.delete()
            return False
        _message(mail, filling if isinstance(filling, Filling) else Filling(filling)).send()
    except Exception as error:
        logger.warning("Mail %s did not leave: %s", mail.pk, error)
        _put_off(mail, error)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), body="", html="", last_error="")
    return True


def _message(mail: OutgoingMail, filling: Filling) -> EmailMultiAlternatives:
    """The stable id lets a receiver drop a second copy, sent because the first sender died before it could say so."""
    headers = {"Message-ID": f"<{mail.pk}@{settings.PUBLIC_HOST}>", "Auto-Submitted": "auto-generated"}
    body = mail.body
    for name, word in filling.words.items():
        body = body.replace(f"[[{name}]]", word)
    message = EmailMultiAlternatives(mail.subject, body, to=[mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for file in filling.attachments:
        message.attach(file.name, file.content, file.content_type)
    return message


def refusal_for_good(error: Exception) -> str:
    """What a mail server said that will never take this mail, "550 No such user"; empty where it may yet."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers: list[tuple[int, bytes | str]] = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPDataError):
        answers = [(error.smtp_code, error.smtp_error)]
    else:
        return ""
    if not answers or not all(500 <= code < 600 for code, _said in answers):
        return ""
    code, said = answers[0]
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"


def _put_off(mail: OutgoingMail, error: Exception) -> None:
    """Next try after 1, 2, 4 ... 256 minutes; after the tenth the words go, since they hold links."""
    row = OutgoingMail.objects.filter(pk=mail.pk)
    if reason := refusal_for_good(error):
        row.update(last_error=reason[:500], attempts=ATTEMPTS_MAX, body="", html="")
        return
    minutes = 2**mail.attempts
    row.update(last_error=str(error)[:500], not_before=timezone.now() + timedelta(minutes=minutes))
    if mail.attempts + 1 >= ATTEMPTS_MAX:
        row.update(body="", html="")
