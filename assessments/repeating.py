"""Rounds that come again: once one has opened, the next is prepared as a draft, which opens and closes by itself.

It has the same groups, settings and people, each with a new personal link, and open links with the same words, so that
the code on the wall stays good. The map's moments are copied when it opens, and matched by where they came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from assessments.choices import RoundState, Sending, View
from assessments.limits import ROUNDS_A_JOURNEY_MAX
from assessments.links import link_of, make_links
from assessments.local_times import reminder_at
from assessments.models import OpenLink, Recipient, Round, RoundGroup
from assessments.recipient_lists import RecipientLine
from assessments.recipients import new_recipient
from assessments.repeat_times import MONTHS, begin_of, next_times, next_title
from assessments.rounds import make_round

PIECE = 500
SAME = (
    "audience",
    "privacy",
    "release",
    "minimum_group",
    "languages",
    "asks_times",
    "asks_seconds",
    "asks_decision",
    "asks_idea",
    "not_for_customers",
    "leave_rate_percent",
    "repeats",
    "reminder_days",
)


def to_repeat() -> QuerySet[Round]:
    """Rounds that have opened, come again, and have no next one yet."""
    repeating = Round.objects.exclude(state=RoundState.DRAFT).filter(repeats__in=list(MONTHS), following=None)
    rounds: QuerySet[Round] = repeating.filter(journey__archived_at=None)
    return rounds


@transaction.atomic
def make_next(round_: Round) -> Round | None:
    """The draft that follows; None where there is one already. The row is held, so two workers make one.

    People are copied later, in pieces: who answers just now waits for nothing but this.
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("journey__organisation")
    row: Round = held.get(pk=round_.pk)
    if row.is_draft or not row.repeats or Round.objects.filter(previous=row).exists():
        return None
    if Round.objects.filter(journey=row.journey).count() >= ROUNDS_A_JOURNEY_MAX:
        Round.objects.filter(pk=row.pk).update(repeats="", version=F("version") + 1)
        return None
    zone = ZoneInfo(row.organisation.time_zone)
    times = next_times(row, timezone.now(), zone)
    following = make_round(
        row.journey,
        None,
        previous=row,
        title=next_title(row, times, zone),
        opens_at=times.opens_at,
        closes_at=times.closes_at,
        opens_day=row.opens_day or begin_of(row).astimezone(zone).day,
        closes_day=row.closes_day or (row.closes_at.astimezone(zone).day if row.closes_at else None),
        remind_at=reminder_at(times.closes_at, row.reminder_days),
        has_people_to_copy=True,
        **{name: getattr(row, name) for name in SAME},
    )
    _copy_groups(row, following)
    return following


def to_copy_people() -> QuerySet[Round]:
    """Drafts whose list of people is not whole yet."""
    rounds: QuerySet[Round] = Round.objects.filter(has_people_to_copy=True)
    return rounds


def copy_people(following: Round) -> None:
    """Who was invited is invited again; whose address came back is left out. Begun again, it makes nobody twice."""
    groups = {group.name: group for group in following.groups.all()}
    people = (
        Recipient.objects.filter(round=following.previous_id, bounced_on=None).select_related("group").order_by("pk")
    )
    last = 0
    while piece := list(people.filter(pk__gt=last)[:PIECE]):
        copies = [_copy_of(person, following, groups) for person in piece]
        Recipient.objects.bulk_create(copies, ignore_conflicts=True)
        last = piece[-1].pk
    Round.objects.filter(pk=following.pk).update(has_people_to_copy=False)


def to_catch_up() -> QuerySet[Round]:
    """Repeating drafts that nobody opened in time, since no worker ran between their beginning and their end."""
    now = timezone.now()
    missed = Round.objects.filter(state=RoundState.DRAFT, repeats__in=list(MONTHS), opens_at__lte=now)
    rounds: QuerySet[Round] = missed.filter(closes_at__lte=now)
    return rounds


@transaction.atomic
def catch_up(round_: Round) -> None:
    """Leave out what was missed and go on with the next date."""
    held = Round.objects.select_for_update(of=("self",)).select_related("organisation")
    row: Round = held.get(pk=round_.pk)
    now, zone = timezone.now(), ZoneInfo(row.organisation.time_zone)
    if row.is_draft and row.repeats and row.opens_at and row.closes_at and row.closes_at <= now:
        times = next_times(row, now, zone)
        row.title, row.remind_at = next_title(row, times, zone), reminder_at(times.closes_at, row.reminder_days)
        row.opens_at, row.closes_at = times
        row.save(update_fields=["title", "opens_at", "closes_at", "remind_at"])


@transaction.atomic
def stop_repeating(round_: Round) -> None:
    """It does not come again. A next one that nobody has touched goes; one that somebody has waits to be opened."""
    Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    Round.objects.filter(pk=round_.pk).update(repeats="", version=F("version") + 1)
    take_back_next(round_)


def take_back_next(round_: Round) -> None:
    """Undo what `make_next` made, as far as it is a draft."""
    drafts = Round.objects.filter(previous=round_, state=RoundState.DRAFT)
    drafts.filter(made_by=None, version=1).delete()
    drafts.update(opens_at=None, repeats="", version=F("version") + 1)


def _copy_groups(row: Round, following: Round) -> None:
    """With the open links, which keep their words."""
    old = list(row.groups.all())
    new = RoundGroup.objects.bulk_create(
        [RoundGroup(round=following, name=group.name, people=group.people, position=group.position) for group in old]
    )
    groups: dict[int | None, RoundGroup | None] = {None: None}
    groups |= {before.pk: after for before, after in zip(old, new, strict=True)}
    links = []
    for link in OpenLink.objects.filter(round=row, revoked_at=None):
        copied = link_of(following, View(link.view), groups[link.group_id], nonce=link.nonce)
        copied.cap = link.cap
        links.append(copied)
    OpenLink.objects.bulk_create(links)
    make_links(following)


def _copy_of(person: Recipient, following: Round, groups: Mapping[str, RoundGroup]) -> Recipient:
    group = groups.get(person.group.name) if person.group else None
    line = RecipientLine(person.email, person.name, group, person.language)
    copied = new_recipient(following, person.view, line)
    copied.to_send = Sending.INVITATION if person.invited_on else person.to_send
    return copied
