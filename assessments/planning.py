"""A round as it is planned: made, changed while a draft, and the little that may change once it has opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.hints import send_hint
from accounts.models import User
from assessments.choices import RoundState
from assessments.group_lines import GroupLine
from assessments.limits import ROUNDS_A_JOURNEY_MAX
from assessments.links import make_links
from assessments.local_times import reminder_at
from assessments.models import OpenLink, Round, RoundGroup
from assessments.repeating import take_back_next
from assessments.rounds import TEND_ROUNDS, make_round
from journeys.models import Journey


def suggest_title(journey: Journey) -> str:
    """November 2026, or November 2026 (2) where a round of the journey is called so."""
    month = date_format(timezone.localtime(), "F Y")
    taken = set(Round.objects.filter(journey=journey, title__startswith=month).values_list("title", flat=True))
    return next(
        title for n in range(1, len(taken) + 2) if (title := month if n == 1 else f"{month} ({n})") not in taken
    )


@transaction.atomic
def plan_round(journey: Journey, made_by: User | None, fields: Mapping[str, Any], groups: Sequence[GroupLine]) -> Round:
    """A draft with its groups and links. Raises ValidationError where the journey has too many rounds."""
    Journey.objects.select_for_update().get(pk=journey.pk)
    if Round.objects.filter(journey=journey).count() >= ROUNDS_A_JOURNEY_MAX:
        raise ValidationError(_("This journey has %s rounds. Delete a draft first.") % ROUNDS_A_JOURNEY_MAX)
    remind_at = reminder_at(fields.get("closes_at"), fields.get("reminder_days"))
    round_ = make_round(journey, made_by, remind_at=remind_at, **fields)
    RoundGroup.objects.bulk_create(
        [RoundGroup(round=round_, name=group.name, people=group.people, position=n) for n, group in enumerate(groups)]
    )
    make_links(round_)
    return round_


@transaction.atomic
def change_draft(round_: Round, fields: Mapping[str, Any], groups: Sequence[GroupLine]) -> Round:
    """Change whatever there is to a draft. Raises ValidationError where it has opened, or a group can't go."""
    row = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if not row.is_draft:
        raise ValidationError(_("This round has opened in the meantime. Less can be changed now."))
    for day, planned in (("opens_day", "opens_at"), ("closes_day", "closes_at")):
        if planned in fields and fields[planned] != getattr(row, planned):
            setattr(row, day, None)
    _change(row, fields)
    _change_groups(row, groups)
    stale = OpenLink.objects.filter(round=row).exclude(view__in=[view.value for view in row.views])
    stale.delete()
    if groups:
        OpenLink.objects.filter(round=row, group=None).delete()
    make_links(row)
    return row


@transaction.atomic
def change_opened(round_: Round, fields: Mapping[str, Any], people: Mapping[int, int | None]) -> Round:
    """Change what may be changed of any round. people: how many could answer, by group id."""
    row = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if fields.get("repeats", row.repeats) != row.repeats:
        take_back_next(row)
        transaction.on_commit(lambda: send_hint(TEND_ROUNDS))
    _change(row, fields)
    groups = list(row.groups.all())
    for group in groups:
        group.people = people.get(group.pk, group.people)
    RoundGroup.objects.bulk_update(groups, ["people"])
    return row


@transaction.atomic
def delete_draft(round_: Round) -> None:
    """Nobody has answered it. Raises ValidationError where it has opened."""
    row = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if row.state != RoundState.DRAFT:
        raise ValidationError(_("This round has opened in the meantime. Archive it once it is closed."))
    Round.objects.filter(following=row).update(repeats="", version=F("version") + 1)
    row.delete()


def _change(row: Round, fields: Mapping[str, Any]) -> None:
    ends = row.closes_at, row.reminder_days
    for name, value in fields.items():
        setattr(row, name, value)
    if ends != (row.closes_at, row.reminder_days):
        row.remind_at = reminder_at(row.closes_at, row.reminder_days)
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db(fields=["version"])


def _change_groups(row: Round, wanted: Sequence[GroupLine]) -> None:
    """Groups of the same name stay, with their links and people; another name in the same line is a new name."""
    by_name = {group.name: group for group in row.groups.all()}
    left = {group.position: group for name, group in by_name.items() if name not in {line.name for line in wanted}}
    placed = [(by_name.get(line.name) or left.pop(n, None), line, n) for n, line in enumerate(wanted)]
    _remove_groups(left.values())
    kept = [_filled(group, line, n) for group, line, n in placed if group]
    RoundGroup.objects.bulk_update(kept, ["name", "people", "position"])
    new = [RoundGroup(round=row, name=line.name, people=line.people, position=n) for g, line, n in placed if g is None]
    RoundGroup.objects.bulk_create(new)


def _filled(group: RoundGroup, line: GroupLine, position: int) -> RoundGroup:
    group.name, group.people, group.position = line.name, line.people, position
    return group


def _remove_groups(groups: Iterable[RoundGroup]) -> None:
    for group in groups:
        if group.recipients.exists():
            message = _("People of “%(group)s” are to be asked by mail. Remove them from the list first, or keep it.")
            raise ValidationError({"groups": message % {"group": group.name}})
        group.delete()
