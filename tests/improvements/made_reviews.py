"""Journeys with reviews, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Organisation, User
from assessments.models import ResultSheet, Round
from assessments.rounds import make_round, open_round
from improvements.models import ReviewRhythm
from improvements.reviews.keeping import set_rhythm
from journeys.models import Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.assessments.sheets import judged

MOMENTS = (MomentPlan("Searches a fare"), MomentPlan("Books"), MomentPlan("Waits at the gate", level=2))


def make_journey(organisation: Organisation, title: str = "A trip with us") -> Journey:
    return create_journey(
        organisation, JourneyPlan(title, customers_per_year=10_000, stages=(StagePlan("Before", MOMENTS),))
    )


def make_rhythm(journey: Journey, next_on: date, members: list[User], **fields: Any) -> ReviewRhythm:
    """Every month, mails five days before, unless `fields` say otherwise."""
    values = {"rhythm": "monthly", "next_on": next_on, "place": "", "addresses": [], "remind_days": 5, **fields}
    set_rhythm(journey, 0, values, members, members[0])
    rhythm: ReviewRhythm = ReviewRhythm.objects.get(journey=journey)
    return rhythm


def make_result(journey: Journey, **fields: Any) -> Round:
    """A round that shows results: weakest at the gate, as customers say."""
    round_ = open_round(make_round(journey, None, title="Autumn"))
    ResultSheet.objects.create(round=round_, figures=judged(**fields))
    return round_
