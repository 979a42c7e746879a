"""Invitations and reminders on their way: written in chunks by a worker, their links filled in when they leave."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_scopes import scopes_disabled

from accounts.mail import given_up, queue_mails
from accounts.models import OutgoingMail
from assessments.addresses import answer_address
from assessments.choices import RoundState, Sending
from assessments.models import Recipient, Round
from assessments.recipients import ask_reminders

FILL = "assessments.mailing.fill_words"
CHUNK = 500


def to_mail() -> QuerySet[Round]:
    """Open rounds with somebody to write to."""
    waiting = Recipient.objects.exclude(to_send="").order_by().values("round")
    rounds: QuerySet[Round] = Round.objects.filter(state=RoundState.OPEN, pk__in=waiting)
    return rounds


def mail_waiting(round_: Round) -> None:
    """Put all that wait into the outbox, a chunk a transaction."""
    while _mail_chunk(round_):
        pass


def to_remind() -> QuerySet[Round]:
    """Open rounds whose planned reminder has come."""
    rounds: QuerySet[Round] = Round.objects.filter(state=RoundState.OPEN, remind_at__lte=timezone.now())
    return rounds


@transaction.atomic
def remind_as_planned(round_: Round) -> None:
    """Once."""
    fresh = Round.objects.filter(pk=round_.pk, remind_at__lte=timezone.now())
    if fresh.update(remind_at=None, version=F("version") + 1):
        ask_reminders(round_)


def to_note_bounces() -> QuerySet[Round]:
    """Rounds with mails that never left."""
    failed = OutgoingMail.objects.filter(given_up(), fill=FILL).order_by().values("pk")
    bounced = Recipient.objects.filter(mail__in=failed, bounced_on=None).order_by().values("round")
    rounds: QuerySet[Round] = Round.objects.filter(pk__in=bounced)
    return rounds


@transaction.atomic
def note_bounces(round_: Round) -> None:
    """Write down with each address what its mail server said."""
    failed = OutgoingMail.objects.filter(given_up(), fill=FILL).order_by().values("pk")
    rows = list(Recipient.objects.filter(round=round_, mail__in=failed, bounced_on=None).select_related("mail"))
    for row in rows:
        row.bounced_on, row.bounce_reason = timezone.localdate(), row.mail.last_error[:300]
        row.to_send, row.mail = "", None
    Recipient.objects.bulk_update(rows, ["bounced_on", "bounce_reason", "to_send", "mail"], batch_size=200)


def fill_words(argument: str) -> dict[str, str] | None:
    """What stands in a mail only while it leaves. None: answered, closed or corrected since it was written."""
    pk, _colon, words = argument.partition(":")
    with scopes_disabled():
        row = Recipient.objects.filter(pk=pk, token_hmac__startswith=words, has_answered=False, bounced_on=None)
        recipient = row.filter(round__state=RoundState.OPEN).first()
    if recipient is None:
        return None
    with override(recipient.language):
        hello = _("Hello %(name)s,") % {"name": recipient.name} if recipient.name else _("Hello,")
    return {"hello": hello, "link": answer_address(recipient)}


@transaction.atomic
def _mail_chunk(round_: Round) -> int:
    """How many were written; nobody twice, since the round's row is held meanwhile."""
    held = Round.objects.select_for_update(of=("self",)).filter(pk=round_.pk, state=RoundState.OPEN)
    row = held.select_related("journey", "organisation").first()
    if row is None:
        return 0
    waiting = list(Recipient.objects.filter(round=row).exclude(to_send="").order_by("pk")[:CHUNK])
    wanted = [person for person in waiting if not person.has_answered]
    write = lru_cache(maxsize=None)(lambda *kind: _write(row, *kind))
    for person in wanted:
        person.mail = _mail(person, write(person.to_send, person.language, person.view))
    queue_mails([person.mail for person in wanted if person.mail])
    Recipient.objects.bulk_update(wanted, ["mail"], batch_size=200)
    _note_written(waiting)
    return len(waiting)


def _note_written(waiting: list[Recipient]) -> None:
    """In two statements; who answered meanwhile counts as invited and reminded, so that nobody is told apart."""
    invited, reminded = (
        [person.pk for person in waiting if person.to_send == sending]
        for sending in (Sending.INVITATION, Sending.REMINDER)
    )
    today = timezone.localdate()
    Recipient.objects.filter(pk__in=invited).update(invited_on=today, to_send="")
    Recipient.objects.filter(pk__in=reminded).update(
        reminded_on=today, reminder_count=F("reminder_count") + 1, to_send=""
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The same for all of one language and view, [[hello]] and [[link]] left open."""

    subject: str
    body: str


def _write(round_: Round, sending: str, language: str, view: str) -> Words:
    context = {"round": round_, "organisation": round_.organisation, "sending": sending, "view": view}
    context["sender"] = settings.DEFAULT_FROM_EMAIL
    with override(language):
        body = render_to_string("assessments/email/invitation.txt", context).strip() + "\n"
        subject = _("%(organisation)s asks you: how is it for our customers?")
        if view == "customers":
            subject = _("%(organisation)s asks you: how was it for you?")
        if sending == Sending.REMINDER:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
        return Words(subject % {"organisation": round_.organisation.name}, body)


def _mail(person: Recipient, words: Words) -> OutgoingMail:
    return OutgoingMail(
        to=person.email,
        subject=" ".join(words.subject.split())[:255],
        body=words.body,
        fill=FILL,
        fill_argument=f"{person.pk}:{person.token_hmac[:32]}",
    )
