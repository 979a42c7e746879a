"""What a weekly mail says: its words when it is written, its list and link when it leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext, override
from django_scopes import scopes_disabled

from accounts.links import public_link
from accounts.models import Membership, OutgoingMail
from assessments.tokens import token_of
from improvements.models import Action, OwnerMail, OwnerMailRefusal
from improvements.models.actions import UNDER_WAY

FILL = "improvements.actions.mail_words.fill_mail"


def token_for(row: OwnerMail) -> str:
    """The words of a mail's link, made of the secret key, so that a copy of the database opens nothing."""
    return token_of(f"owner mail {row.nonce}")


def write_mail(row: OwnerMail) -> OutgoingMail:
    """With what is filled in when it leaves left open: the actions may be answered by then, and the link is secret."""
    with override(row.user.language or "en"):
        count = len(row.action_ids)
        subject = ngettext(
            "%(n)s action of yours is overdue: %(organisation)s",
            "%(n)s actions of yours are overdue: %(organisation)s",
            count,
        )
        context = {"person": row.user, "organisation": row.organisation, "until": date_of(row.expires_at)}
        body = render_to_string("improvements/email/overdue.txt", context).strip() + "\n"
    return OutgoingMail(
        to=row.user.email,
        subject=" ".join((subject % {"n": count, "organisation": row.organisation}).split())[:255],
        body=body,
        fill=FILL,
        fill_argument=f"{row.organisation_id}:{row.user_id}:{row.week.isoformat()}",
    )


def date_of(at: datetime) -> str:
    """A day in the time zone in use."""
    return date_format(timezone.localtime(at), "DATE_FORMAT")


def fill_mail(argument: str) -> dict[str, str] | None:
    """The list and the link. None: nothing is overdue any more, or the person has left or wants no such mails."""
    organisation_id, user_id, week = argument.split(":")
    with scopes_disabled():
        named = OwnerMail.objects.filter(organisation=organisation_id, user=user_id, week=week)
        row = named.select_related("organisation", "user").first()
        if row is None or not wants_mail(row):
            return None
        actions = overdue_of(row)
    if not actions:
        return None
    with timezone.override(row.organisation.time_zone), override(row.user.language or "en"):
        words: dict[str, Any] = {"actions": actions, "day": timezone.localdate()}
        listed = render_to_string("improvements/email/_overdue_actions.txt", words).strip("\n")
    return {"actions": listed, "link": public_link("do_open", token_for(row))}


def wants_mail(row: OwnerMail) -> bool:
    """Whether its reader is a member still and has not refused. Call with scopes disabled."""
    is_member = Membership.objects.filter(
        organisation=row.organisation_id, user=row.user_id, user__is_active=True
    ).exists()
    refused = OwnerMailRefusal.objects.filter(organisation=row.organisation_id, user=row.user_id).exists()
    return is_member and not refused


def overdue_of(row: OwnerMail) -> list[Action]:
    """The actions of a mail that are its reader's and still overdue."""
    mine = Action.objects.filter(UNDER_WAY, pk__in=row.action_ids, owner=row.user_id, due_on__lt=row.week)
    return list(mine.select_related("journey").order_by("due_on", "pk"))
