"""Rounds that come again: once one has opened, the next is prepared as a draft, which opens and closes by itself.

It has the same groups, settings and people, each with a new personal link, and open links with the same words, so that
the code on the wall stays good. The map's moments are copied when it opens, and matched by where they came from.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from assessments.choices import Repeats, RoundState, Sending, View
from assessments.limits import ROUNDS_A_JOURNEY_MAX
from assessments.links import link_of, make_links
from assessments.local_times import months_later, reminder_at
from assessments.models import OpenLink, Recipient, Round, RoundGroup
from assessments.recipient_lists import RecipientLine
from assessments.recipients import new_recipient
from assessments.rounds import make_round
from journeys.limits import TITLE_MAX

MONTHS = {Repeats.MONTHLY.value: 1, Repeats.QUARTERLY.value: 3}
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


class Times(NamedTuple):
    """When the next one opens and closes."""

    opens_at: datetime
    closes_at: datetime


def to_repeat() -> QuerySet[Round]:
    """Rounds that have opened, come again, and have no next one yet."""
    repeating = Round.objects.exclude(state=RoundState.DRAFT).filter(repeats__in=list(MONTHS), following=None)
    rounds: QuerySet[Round] = repeating.filter(journey__archived_at=None)
    return rounds


@transaction.atomic
def make_next(round_: Round) -> Round | None:
    """The draft that follows; None where there is one already. The row is held, so two workers make one."""
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
        opens_day=row.opens_day or _begin(row).astimezone(zone).day,
        closes_day=row.closes_day or (row.closes_at.astimezone(zone).day if row.closes_at else None),
        remind_at=reminder_at(times.closes_at, row.reminder_days),
        **{name: getattr(row, name) for name in SAME},
    )
    _copy_people(row, following, _copy_groups(row, following))
    return following


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


def next_times(row: Round, now: datetime, zone: ZoneInfo) -> Times:
    """The same local times some months later, in the future and after the end of this one."""
    step = months = MONTHS[row.repeats]
    begin, day = _begin(row), row.opens_day
    earliest = max(now, row.closes_at or now)
    while (opens_at := months_later(begin, months, zone, day)) < earliest:
        months += step
    if row.closes_at is None:
        return Times(opens_at, months_later(begin, months + step, zone, day))
    closes_at = months_later(row.closes_at, months, zone, row.closes_day)
    if closes_at <= opens_at:
        closes_at = opens_at + max(row.closes_at - begin, timedelta(hours=1))
    return Times(opens_at, closes_at)


def next_title(row: Round, times: Times, zone: ZoneInfo) -> str:
    """The month in the title goes on with the rounds; where there is none, it is put behind."""
    old, new = (date_format(at.astimezone(zone), "F Y") for at in (_begin(row), times.opens_at))
    if old in row.title:
        return row.title.replace(old, new)[:TITLE_MAX]
    return f"{row.title[: TITLE_MAX - len(new) - 2]}, {new}"


def _begin(row: Round) -> datetime:
    if row.opens_at:
        return row.opens_at
    assert row.opened_at is not None  # noqa: S101  # it has opened, by hand: the next one opens on the full hour
    return row.opened_at.replace(minute=0, second=0, microsecond=0)


def _copy_groups(row: Round, following: Round) -> dict[int | None, RoundGroup | None]:
    """The new groups by the old ones' ids, with the open links."""
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
    return groups


def _copy_people(row: Round, following: Round, groups: dict[int | None, RoundGroup | None]) -> None:
    """Who was invited is invited again; whose address came back is left out."""
    new = []
    for person in Recipient.objects.filter(round=row, bounced_on=None):
        line = RecipientLine(person.email, person.name, groups[person.group_id], person.language)
        copied = new_recipient(following, person.view, line)
        copied.to_send = Sending.INVITATION if person.invited_on else person.to_send
        new.append(copied)
    Recipient.objects.bulk_create(new, batch_size=1000)
