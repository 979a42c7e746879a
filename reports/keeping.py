"""What becomes of a file that was made: a new name, kept, thrown away and brought back, gone."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import KeepFiles, Organisation
from jobs import artifacts
from jobs.clock import now_plus
from jobs.requests import cancel
from reports.gallery import KINDS, as_rows, fetch
from reports.models import Made

UNDO_SECONDS = 3600
THROWN_AWAY_SHOWN = 5
GOES_SOON = timedelta(days=30)
AT_ONCE = 500

log = logging.getLogger(__name__)


def rename(made: Made, title: str) -> None:
    """Call it otherwise, in lists and as a file; what is printed on it stays."""
    made.title = title
    made.save(update_fields=["title"])


def keep(made: Made, *, is_kept: bool) -> None:
    """Have the organisation's rule leave it alone, or not."""
    made.is_kept = is_kept
    made.save(update_fields=["is_kept"])


def goes_soon(made: Made) -> bool:
    """Whether the rule takes it away within a month."""
    return made.goes_at is not None and made.goes_at - timezone.now() < GOES_SOON


def throw_away(made: Made) -> None:
    """Take it out of every list; for an hour it can be brought back. What is still being made is stopped."""
    cancel(made)
    type(made).objects.filter(pk=made.pk).update(deleted_at=Now())


def bring_back(made: Made) -> bool:
    """Undo `throw_away`. False: it has gone for good meanwhile."""
    thrown_away = type(made).objects.filter(pk=made.pk, deleted_at__isnull=False)
    return bool(thrown_away.update(deleted_at=None))


def thrown_away(organisation: Organisation, parts: list[str]) -> list[Made]:
    """What can still be brought back, the latest first."""
    rows = [as_rows(KINDS[part].objects.thrown_away(organisation), "deleted_at") for part in parts]
    each, *others = rows
    return fetch(each.union(*others, all=True).order_by("-deleted_at", "-pk")[:THROWN_AWAY_SHOWN])


def throw_away_old() -> int:
    """For the sweeper: what has been there longer than its organisation's rule says, and is not kept."""
    return sum(_throw_away_old(model, days) for model in KINDS.values() for days in KeepFiles.values if days)


def _throw_away_old(model: type[Made], days: int) -> int:
    organisations = Organisation.objects.filter(keep_files_days=days)
    old = model.objects.filter(deleted_at=None, is_kept=False, finished_at__lt=now_plus(-days * 86_400))
    count: int = old.filter(organisation__in=organisations).update(deleted_at=Now())
    return count


def forget_thrown_away() -> int:
    """For the sweeper: delete for good, with its files, what nobody has brought back within the hour."""
    return sum(_forget(model) for model in KINDS.values())


def _forget(model: type[Made]) -> int:
    late = {"deleted_at__lt": now_plus(-UNDO_SECONDS)}
    ids = list(model.objects.filter(**late).values_list("pk", flat=True)[:AT_ONCE])
    return sum(_forget_one(model, pk, late) for pk in ids)


def _forget_one(model: type[Made], pk: int, late: dict[str, Any]) -> bool:
    """Under the row's lock, so that what is brought back just now stays."""
    with transaction.atomic():
        made = model.objects.select_for_update(of=("self",)).filter(pk=pk, **late).first()
        if made is None:
            return False
        names = made.file_names
        made.delete()
    artifacts.remove(*names)
    return True
