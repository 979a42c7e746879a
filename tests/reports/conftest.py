"""A journey with a moment, and a poster of it in each state."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from django_scopes import scope

from assessments.models import ResultSheet, Round
from assessments.rounds import close_round
from journeys.models import Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from reports.models import Poster
from tests.assessments.rounds import make_open_round
from tests.assessments.sheets import judged
from tests.poster_rows import journey_row, poster_row

FIELDS: dict[str, dict[str, Any]] = {
    "queued": {},
    "running": {"lease_token": uuid.UUID(int=1), "progress_step": "page", "progress_percent": 20},
    "ready": {"artifact_name": "posters/a.pdf", "artifact_hash": "abc", "artifact_bytes": 12_345},
    "failed": {"error_code": "memory", "reference": "3F9A22C1"},
    "cancelled": {},
}


@pytest.fixture
def journey(organisation) -> Journey:
    return journey_row(organisation)


@pytest.fixture
def round_(organisation) -> Round:
    """One that is over and shows the three moments of `judged`."""
    with scope(organisation=organisation):
        made = close_round(make_open_round(organisation))
        ResultSheet.objects.update_or_create(round=made, defaults={"figures": judged()})
        return made


@pytest.fixture
def other_journey(organisation) -> Journey:
    plan = JourneyPlan("A visit", 5_000, stages=(StagePlan("Before", (MomentPlan("Enters", level=2),)),))
    with scope(organisation=organisation):
        return create_journey(organisation, plan)


@pytest.fixture
def poster_in(organisation, journey, manager):
    """poster_in(state) gives a poster of the journey, asked for by the manager; a ready one has its file."""

    def make(state: str, **fields: Any) -> Poster:
        now = timezone.now()
        times = {"started_at": now, "finished_at": now} if state == "ready" else {}
        if state == "running":
            times = {"started_at": now, "lease_until": now + timedelta(minutes=1)}
        if state == "ready":
            path = settings.ARTIFACT_DIR / "posters" / "a.pdf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"%PDF-1.7 of a test")
        given = {"journey": journey, "requested_by": manager, "state": state, **times, **FIELDS[state], **fields}
        return poster_row(organisation, **given)

    return make
