"""What schedules need without a click: begun when due, mailed when made. Done by a worker; the rows are the truth."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from accounts.hints import send_hint
from accounts.inside import inside
from accounts.models import Organisation
from reports.models import Schedule
from reports.schedule_runs import begin_by_round, begin_due, end, to_begin, to_begin_by_round, to_end
from reports.schedules import TEND_SCHEDULES

STEPS: tuple[tuple[Callable[[], QuerySet[Any]], Callable[[Any], object]], ...] = (
    (to_begin, begin_due),
    (to_begin_by_round, begin_by_round),
    (to_end, end),
)
AT_ONCE = 200

log = logging.getLogger(__name__)


def call_for_schedules() -> int:
    """Tell a worker where something is due; says how many steps are."""
    with scopes_disabled():
        due = sum(find().exists() for find, _ in STEPS)
    if due:
        send_hint(TEND_SCHEDULES)
    return due


def tend_schedules() -> None:
    """Do what is due. Harmless when run twice: each step looks again under its lock."""
    for find, step in STEPS:
        with scopes_disabled():
            rows = find()
            path = "organisation" if rows.model is Schedule else "schedule__organisation"
            due = list(rows.order_by("pk").select_related(path)[:AT_ONCE])
        for row in due:
            organisation = row.organisation if isinstance(row, Schedule) else row.schedule.organisation
            _tend(row, organisation, step)


def _tend(row: Any, organisation: Organisation, step: Callable[[Any], object]) -> None:
    try:
        with inside(organisation):
            step(row)
    except Exception:
        log.exception("%r: %s failed, the next pass tries again", row, step.__name__)
