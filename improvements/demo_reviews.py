"""The demo organisation's reviews: one planned, and the minutes of the last. Made up, and always the same."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.demo import DEMO_PEOPLE
from accounts.models import Organisation, User
from improvements.models import Review, ReviewRhythm
from improvements.review_dates import ReviewEvery, workday
from improvements.reviews import set_rhythm
from journeys.models import Journey

JOURNEY = "A trip with us"
MINUTES = """The gate is still the weakest moment. Customers do not mind the wait as much as the silence.
Ines read the story of the house keys. The crew asked for a list of what they may decide on their own.
The two belts helped in the first hour, less at noon."""
DECISIONS = """Speak at the gate every 15 minutes, even with no news.
Let families board while it is still calm.
End the survey e-mail, and ask one question at the gate."""


@transaction.atomic
def load_reviews(organisation: Organisation) -> Review | None:
    """A quarterly rhythm with a review in some days, and the last one's minutes; None where there is a rhythm."""
    journey = Journey.objects.in_organisation(organisation).filter(title=JOURNEY).first()
    if journey is None or ReviewRhythm.objects.in_organisation(organisation).exists():
        return None
    manager, leader, _staff = [User.objects.get(email=person.email) for person in DEMO_PEOPLE[:3]]
    next_on = workday(timezone.localdate() + timedelta(days=4))  # within a week, so that the first page says so
    values = {
        "rhythm": ReviewEvery.QUARTERLY, "next_on": next_on, "place": "Crew room, second floor, at nine",
        "addresses": [], "remind_days": 3,
    }  # fmt: skip
    set_rhythm(journey, 0, values, [manager, leader], manager)
    held_on = workday(next_on - timedelta(days=91))
    made: Review = Review.objects.create(
        organisation=organisation,
        journey=journey,
        due_on=held_on,
        held_on=held_on,
        question=3,
        who_was_there="Gate, crew, web team, and the manager of the customer line",
        minutes=MINUTES,
        decisions=DECISIONS,
        closed_at=timezone.now() - timedelta(days=91),
        changed_by=manager,
    )
    return made
