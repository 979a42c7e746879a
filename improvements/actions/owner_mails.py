"""The weekly mail: what is overdue goes to its owner on Monday morning, in one mail, with a link to answer by.

An organisation's week is decided once, from eight o'clock on Monday by its own clock, and made up for until Friday
evening where the service did not run. What became overdue later waits for the next Monday.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.hints import send_hint
from accounts.inside import inside
from accounts.mail import queue_mails
from accounts.models import Membership, Organisation, User
from assessments.tokens import hmac_of
from improvements.actions.mail_words import token_for, write_mail
from improvements.models import Action, OwnerMail, OwnerMailRefusal, OwnerMailRun
from improvements.models.actions import UNDER_WAY

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
            with inside(organisation):
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
    queue_mails([write_mail(row) for row in rows])
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


def forget_old_mails() -> int:
    """Delete what links of a quarter ago opened, and which weeks were decided then; says how many."""
    before = timezone.now() - KEPT
    runs = OwnerMailRun.objects.filter(made_at__lt=before).delete()[0]
    return int(OwnerMail.objects.filter(expires_at__lt=before).delete()[0] + runs)
