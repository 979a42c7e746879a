"""The demo organisation's reviews: one journey is looked at every quarter, and what was said the first time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.demo import DEMO_PEOPLE
from accounts.models import Organisation, User
from improvements.models import Review, ReviewRhythm
from improvements.reviews.dates import ReviewEvery, workday
from improvements.reviews.keeping import begin_review, close_review, set_rhythm, write_minutes
from journeys.models import Journey

JOURNEY, PLACE = "A trip with us", "Room 2.14, ten o'clock"
QUARTER, NEXT = timedelta(weeks=13), timedelta(days=4)  # within a week, so that the first page says so
SAID: dict[str, Any] = {
    "who_was_there": "Maria Lindqvist, Lars Okafor, Sanna Petrov, two from the gate team",
    "minutes": "Spring says that the gate is our weakest moment, and that we fool ourselves there most.\n"
    "Two of the gate team told how it is: no word comes from operations, so they say nothing. "
    "They would rather say “nothing new” every 15 minutes than stand there silent.\n"
    "We read the story of the house keys aloud.",
    "decisions": "Gate staff speak every 15 minutes, even with no news (Maria, from September).\n"
    "Lars asks operations for a message whenever a delay changes.",
}


@transaction.atomic
def load_reviews(organisation: Organisation) -> Review | None:
    """One review that was held, and the next one planned; None where a rhythm or minutes were ever there, or no map.

    Call inside the organisation's scope.
    """
    journey = Journey.objects.in_organisation(organisation).filter(title=JOURNEY, archived_at=None).first()
    people = list(User.objects.filter(email__in=[person.email for person in DEMO_PEOPLE]).order_by("pk"))
    if journey is None or not people or Review.objects.exists() or ReviewRhythm.objects.exists():
        return None
    next_on = workday(timezone.localdate() + NEXT)
    rhythm = {"rhythm": ReviewEvery.QUARTERLY, "next_on": next_on, "place": PLACE, "addresses": [], "remind_days": 3}
    review = begin_review(journey, people[0])
    write_minutes(review, review.version, {"held_on": next_on - QUARTER, **SAID}, people[0])
    close_review(review, None)
    set_rhythm(journey, 0, rhythm, people, people[0])
    return review
