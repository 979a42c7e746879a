"""Letters and messages kept: added, changed, removed and brought back.

Call inside the organisation's scope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from improvements.communications.limits import COMMUNICATIONS_MAX, KEPT_DAYS
from improvements.models import Communication


class StaleCommunication(Exception):
    """Somebody else was quicker. theirs: the row as it is now."""

    def __init__(self, theirs: Communication) -> None:
        super().__init__(theirs)
        self.theirs = theirs


def communications_of(organisation: Organisation) -> list[Communication]:
    """What is sent, by name; one query."""
    rows = Communication.objects.in_organisation(organisation).filter(removed_at=None)
    return list(rows.defer("example").select_related("journey"))


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
