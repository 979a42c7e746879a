"""The weekly mail: what is overdue goes to its owner on Monday morning, in one mail, with a link to answer by.

An organisation's week is decided once, from eight o'clock on Monday by its own clock, and made up for until Friday
evening where the service did not run. What became overdue later waits for the next Monday.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext, override
from django_scopes import scope, scopes_disabled

from accounts.hints import send_hint
from accounts.links import public_link
from accounts.mail import queue_mails
from accounts.models import Membership, Organisation, OutgoingMail, User
from assessments.tokens import hmac_of, token_of
from improvements.models import Action, OwnerMail, OwnerMailRefusal, OwnerMailRun
from improvements.models.actions import UNDER_WAY

FILL = "improvements.owner_mails.fill_mail"
TEND_OWNER_MAILS = "improvements.tasks.tend_owner_mails"
FIRST_HOUR, LAST_HOUR, WORKDAYS = 8, 18, 5
WORKS_FOR = timedelta(days=14)
ACTIONS_A_MAIL = 20
KEPT = timedelta(days=90)

log = logging.getLogger(__name__)


def refuse_mails(organisation: Organisation, user: User) -> None:
    """No weekly mail from this organisation any more."""
    OwnerMailRefusal.objects.get_or_create(organisation=organisation, user=user)


def want_mails(organisation: Organisation, user: User) -> None:
    """The weekly mail again."""
    OwnerMailRefusal.objects.in_organisation(organisation).filter(user=user).delete()


def week_due(now: datetime, zone: str) -> date | None:
    """The Monday whose mails may be written now by the clock of a time zone; None outside working hours. Pure."""
    local = now.astimezone(ZoneInfo(zone))
    if local.weekday() >= WORKDAYS or not FIRST_HOUR <= local.hour < LAST_HOUR:
        return None
    return local.date() - timedelta(days=local.weekday())


def organisations_due() -> Iterator[tuple[Organisation, date]]:
    """Those whose week is not decided yet, with its Monday. Call with scopes disabled."""
    now = timezone.now()
    with_work = Action.objects.filter(UNDER_WAY, owner__isnull=False).order_by().values("organisation")
    for organisation in Organisation.objects.filter(pk__in=with_work).order_by("pk"):
        week = week_due(now, organisation.time_zone)
        if week and not OwnerMailRun.objects.filter(organisation=organisation, week=week).exists():
            yield organisation, week


def call_for_owner_mails() -> int:
    """Tell a worker where mails are due; says for how many organisations."""
    with scopes_disabled():
        count = sum(1 for _ in organisations_due())
    if count:
        send_hint(TEND_OWNER_MAILS)
    return count


def tend_owner_mails() -> None:
    """Write what is due. Harmless when run twice: the week's row is made in the transaction of its mails."""
    with scopes_disabled():
        due = list(organisations_due())
    for organisation, week in due:
        try:
            with scope(organisation=organisation), timezone.override(organisation.time_zone):
                write_mails(organisation, week)
        except Exception:
            log.exception("Owner mails of %s failed, the next pass tries again", organisation.pk)


@transaction.atomic
def write_mails(organisation: Organisation, week: date) -> int:
    """One mail for each owner of something that was overdue on Monday; says how many. Call inside the scope."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _run, is_new = OwnerMailRun.objects.get_or_create(organisation=organisation, week=week)
    if not is_new:
        return 0
    rows = [_mail_row(organisation, week, list(actions)) for actions in _overdue_by_owner(organisation, week)]
    OwnerMail.objects.bulk_create(rows)
    queue_mails([_written(row) for row in rows])
    return len(rows)


def _overdue_by_owner(organisation: Organisation, week: date) -> Iterator[list[Action]]:
    """Of members who want mails."""
    members = Membership.objects.filter(organisation=organisation, user__is_active=True).values("user")
    refused = OwnerMailRefusal.objects.filter(organisation=organisation).values("user")
    rows = Action.objects.filter(UNDER_WAY, organisation=organisation, due_on__lt=week, owner__in=members)
    rows = rows.exclude(owner__in=refused).select_related("owner", "journey").order_by("owner", "due_on", "pk")
    for _owner, actions in groupby(rows, key=lambda action: action.owner_id):
        yield list(actions)


def _mail_row(organisation: Organisation, week: date, actions: list[Action]) -> OwnerMail:
    row = OwnerMail(
        organisation=organisation,
        user=actions[0].owner,
        week=week,
        action_ids=[action.pk for action in actions[:ACTIONS_A_MAIL]],
        expires_at=timezone.now() + WORKS_FOR,
    )
    row.token_hmac = hmac_of(token_for(row))
    return row


def token_for(row: OwnerMail) -> str:
    """The words of a mail's link, made of the secret key, so that a copy of the database opens nothing."""
    return token_of(f"owner mail {row.nonce}")


def _written(row: OwnerMail) -> OutgoingMail:
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


def forget_old_mails() -> int:
    """Delete what links of a quarter ago opened, and which weeks were decided then; says how many."""
    before = timezone.now() - KEPT
    runs = OwnerMailRun.objects.filter(made_at__lt=before).delete()[0]
    return int(OwnerMail.objects.filter(expires_at__lt=before).delete()[0] + runs)
