"""Letters and messages kept: added, changed, removed and brought back; and what the page says of them.

Call inside the organisation's scope.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from improvements.communication_limits import COMMUNICATIONS_MAX, KEPT_DAYS
from improvements.communication_rules import Saving, Verdict, judge, saving_of
from improvements.models import Communication


class StaleCommunication(Exception):
    """Somebody else was quicker. theirs: the row as it is now."""

    def __init__(self, theirs: Communication) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Line:
    """One communication as the page shows it. number: in the picture, from 1; is_stopped: ticked in the what-if."""

    number: int
    row: Communication
    verdict: Verdict
    is_stopped: bool

    @property
    def contacts_per_year(self) -> float:
        return self.row.contacts_per_year


def communications_of(organisation: Organisation) -> list[Communication]:
    """What is sent, by name; one query."""
    rows = Communication.objects.in_organisation(organisation).filter(removed_at=None)
    return list(rows.defer("example").select_related("journey"))


def lines_of(rows: Sequence[Communication], stopped: Collection[int] | None) -> list[Line]:
    """stopped: ids that are ticked; None for those that the rule would stop. The most contacts of a verdict first."""
    verdicts = {row.pk: judge(row.relevance, row.level) for row in rows}
    order = list(Verdict)
    rows = sorted(rows, key=lambda row: (order.index(verdicts[row.pk]), -row.contacts_per_year, row.name, row.pk))
    return [
        Line(number, row, verdicts[row.pk], verdicts[row.pk] == Verdict.STOP if stopped is None else row.pk in stopped)
        for number, row in enumerate(rows, 1)
    ]


def saving(lines: Sequence[Line]) -> Saving:
    """Contacts a year saved by stopping what is ticked."""
    return saving_of((line.contacts_per_year for line in lines if line.is_stopped),
                     [line.contacts_per_year for line in lines])  # fmt: skip


@transaction.atomic
def add_communications(organisation: Organisation, values: Sequence[Mapping[str, Any]], by: User) -> int:
    """All of them or, with ValidationError, none: where they would be more than a page shows."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = Communication.objects.in_organisation(organisation).filter(removed_at=None).count()
    if known + len(values) > COMMUNICATIONS_MAX:
        message = _("At most %(most)d can be kept, and there are %(known)d. Take in fewer, or remove some first.")
        raise ValidationError(message % {"most": COMMUNICATIONS_MAX, "known": known})
    rows = [Communication(organisation=organisation, changed_by=by, **each) for each in values]
    return len(Communication.objects.bulk_create(rows))


@transaction.atomic
def change_communication(row: Communication, version: int, values: Mapping[str, Any], by: User) -> None:
    """Raises StaleCommunication where somebody else changed it since `version`."""
    kept = Communication.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if kept.version != version:
        raise StaleCommunication(kept)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.changed_by, kept.version = by, kept.version + 1
    kept.save()


def remove_communication(row: Communication) -> None:
    Communication.objects.filter(pk=row.pk, removed_at=None).update(removed_at=timezone.now())


def restore_communication(row: Communication) -> None:
    Communication.objects.filter(pk=row.pk).update(removed_at=None)


def forget_removed() -> int:
    """Delete what was removed a month ago; says how many."""
    with scopes_disabled():
        before = timezone.now() - timedelta(days=KEPT_DAYS)
        return int(Communication.objects.filter(removed_at__lt=before).delete()[0])
