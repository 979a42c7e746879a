"""A small journey that most tests of this room use."""

from __future__ import annotations

import pytest

from accounts.models import Organisation
from journeys.models import Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey

TRIP = JourneyPlan(
    title="A trip with us",
    customers_per_year=10_000_000,
    stages=(
        StagePlan("Before", tuple(MomentPlan(title, contacts_per_customer=1, seconds=15) for title in "ABC")),
        StagePlan("At the airport", (MomentPlan("D", seconds=15, level=2), MomentPlan("E", seconds=15, level=5))),
        StagePlan("After"),
    ),
)


@pytest.fixture
def trip(in_scope: Organisation) -> Journey:
    return create_journey(in_scope, TRIP)
