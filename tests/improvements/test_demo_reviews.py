"""The demo's reviews: one that was held, the next one planned, and made once."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.core.management import call_command
from django_scopes import scope

from accounts.demo import load_demo_people
from improvements.models import Review, ReviewRhythm
from improvements.reviews.demo import load_reviews
from tests.improvements.made_reviews import make_journey


def test_demo_has_one_review_behind_it_and_one_ahead(db, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False)
    organisation = load_demo_people()
    with scope(organisation=organisation):
        journey = make_journey(organisation)

        call_command("load_demo_reviews")

        journey.refresh_from_db()
        review, rhythm = Review.objects.get(), ReviewRhythm.objects.get()
        assert (review.held_on, review.closed_at is None, review.is_empty) == (date(2026, 8, 28), False, False)
        assert (journey.review_on, rhythm.remind_on) == (date(2026, 11, 27), date(2026, 11, 24))
        assert [str(member) for member in rhythm.members.order_by("pk")] == [
            "Maria Lindqvist",
            "Lars Okafor",
            "Sanna Petrov",
        ]
        assert load_reviews(organisation) is None


def test_demo_without_its_map_has_no_reviews(db):
    organisation = load_demo_people()

    call_command("load_demo_reviews")

    with scope(organisation=organisation):
        assert (Review.objects.exists(), ReviewRhythm.objects.exists()) == (False, False)
