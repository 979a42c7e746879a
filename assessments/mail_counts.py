"""What a manager learns of the personal mails of a round: counts, and never who has answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from assessments.choices import Sending, View
from assessments.models import Recipient, Round


@dataclass(frozen=True, slots=True)
class MailCount:
    """Of one view and group. answered: None where fewer than the minimum group were invited."""

    view: str
    group: str
    listed: int
    invited: int
    answered: int | None


@dataclass(frozen=True, slots=True)
class MailCounts:
    """Of the whole list."""

    rows: list[MailCount]
    listed: int
    to_invite: int
    waiting: int
    invited: int
    bounced: int


def mail_counts(round_: Round) -> MailCounts:
    """Two queries, whatever the list's length."""
    people = Recipient.objects.filter(round=round_).order_by()
    fresh = Q(invited_on=None, bounced_on=None)
    whole = people.aggregate(
        listed=Count("pk"),
        to_invite=Count("pk", filter=fresh & Q(to_send="")),
        waiting=Count("pk", filter=Q(to_send=Sending.INVITATION)),
        invited=Count("pk", filter=Q(invited_on__isnull=False)),
        bounced=Count("pk", filter=Q(bounced_on__isnull=False)),
    )
    by_group = (
        people.values("view", "group__name", "group__position")
        .annotate(
            listed=Count("pk"),
            invited=Count("pk", filter=Q(invited_on__isnull=False)),
            answered=Count("pk", filter=Q(has_answered=True)),
        )
        .order_by("-view", "group__position")
    )
    return MailCounts([_row(said, round_.minimum_group) for said in by_group], **whole)


def _row(said: dict[str, Any], minimum: int) -> MailCount:
    answered = said["answered"] if said["invited"] >= minimum else None
    view, group = str(View(said["view"]).label), said["group__name"] or ""
    return MailCount(view, group, said["listed"], said["invited"], answered)
