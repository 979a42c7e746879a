"""Reviews: planned, begun, written down, closed. Call inside the organisation's scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from improvements.models import Review, ReviewRhythm
from improvements.reviews.dates import next_review
from improvements.reviews.questions import QUESTIONS
from journeys.freshness import is_review_overdue
from journeys.models import Journey

SOON = timedelta(days=7)
MINUTES = ("held_on", "who_was_there", "minutes", "decisions")


class StaleReview(Exception):
    """Somebody else was quicker. theirs: the row as it is now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """When a journey is reviewed next, and whether that day is over."""

    on: date
    is_overdue: bool


def review_of(journey: Journey) -> ReviewDay | None:
    """Of a journey as it was read, without a query; None without a rhythm and for an archived one."""
    if journey.review_on is None or journey.archived_at:
        return None
    return ReviewDay(journey.review_on, is_review_overdue(journey))


def journeys_past_review(organisation: Organisation) -> list[Journey]:
    """Those whose review should have been held, the latest first in line; one query."""
    late = Journey.objects.in_organisation(organisation).filter(archived_at=None, review_on__lt=timezone.localdate())
    return list(late.order_by("review_on", "title", "pk"))


def journeys_reviewed_soon(organisation: Organisation) -> list[Journey]:
    """Those whose review is today or in the next seven days, the first one first; one query."""
    today = timezone.localdate()
    near = Journey.objects.in_organisation(organisation).filter(
        archived_at=None, review_on__gte=today, review_on__lte=today + SOON
    )
    return list(near.order_by("review_on", "title", "pk"))


@transaction.atomic
def set_rhythm(journey: Journey, version: int, values: Mapping[str, Any], members: Sequence[User], by: User) -> None:
    """Plan or change a journey's reviews. values: rhythm, next_on, place, addresses, remind_days.

    version: 0 where there was no rhythm. Raises StaleReview where it is not the one at present.
    """
    _lock(journey)
    rhythm = ReviewRhythm.objects.filter(journey=journey).first()
    if version != (rhythm.version if rhythm else 0):
        raise StaleReview(rhythm)
    rhythm = rhythm or ReviewRhythm(organisation=journey.organisation, journey=journey, version=0)
    next_on, remind_days = values["next_on"], values["remind_days"]
    is_moved = journey.review_on != next_on
    if is_moved or not rhythm.pk:
        rhythm.day = next_on.day
    if is_moved or rhythm.remind_days != remind_days or not rhythm.pk:
        rhythm.remind_on = next_on - timedelta(days=remind_days)
    for name in ("rhythm", "place", "addresses", "remind_days"):
        setattr(rhythm, name, values[name])
    rhythm.set_by, rhythm.version = by, rhythm.version + 1
    rhythm.save()
    rhythm.members.set(members)
    _plan(journey, next_on)


@transaction.atomic
def end_rhythm(journey: Journey) -> None:
    """No reviews any more; the minutes stay."""
    _lock(journey)
    ReviewRhythm.objects.filter(journey=journey).delete()
    _plan(journey, None)


@transaction.atomic
def begin_review(journey: Journey, by: User | None) -> Review:
    """The journey's open minutes, begun today where there are none."""
    _lock(journey)
    found: Review | None = Review.objects.filter(journey=journey, closed_at=None).first()
    if found:
        return found
    made: Review = Review.objects.create(
        organisation=journey.organisation,
        journey=journey,
        due_on=journey.review_on,
        held_on=timezone.localdate(),
        question=question_number(journey),
        changed_by=by,
    )
    return made


@transaction.atomic
def write_minutes(review: Review, version: int, values: Mapping[str, Any], by: User) -> None:
    """Keep what was typed. Raises StaleReview where somebody else wrote since `version`."""
    row = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if all(getattr(row, name) == values[name] for name in MINUTES):
        return
    if row.version != version:
        raise StaleReview(row)
    for name in MINUTES:
        setattr(row, name, values[name])
    row.changed_by, row.version = by, row.version + 1
    row.save()


@transaction.atomic
def close_review(review: Review, next_on: date | None) -> None:
    """The minutes are whole, and the next review is on `next_on`; closed twice, it stays as it was."""
    journey = review.journey
    _lock(journey)
    row = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if row.closed_at:
        return
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at", "changed_at"])
    rhythm = ReviewRhythm.objects.filter(journey=journey).first()
    if rhythm and next_on:
        rhythm.remind_on = next_on - timedelta(days=rhythm.remind_days)
        rhythm.version += 1
        rhythm.save(update_fields=["remind_on", "version"])
        _plan(journey, next_on)


def discard_review(review: Review) -> bool:
    """Take back minutes that were begun by mistake; says whether: nobody may have written any."""
    row = Review.objects.filter(pk=review.pk, closed_at=None, minutes="", decisions="", who_was_there="")
    return bool(row.delete()[0])


def day_after(review: Review, rhythm: ReviewRhythm) -> date:
    """When the next review would be by the rhythm."""
    due_on = review.journey.review_on or review.held_on
    return next_review(due_on, review.held_on, rhythm.rhythm, rhythm.day)


def question_number(journey: Journey) -> int:
    """Of the next review: each journey begins elsewhere, and each review takes the next one."""
    return (journey.pk * 5 + Review.objects.filter(journey=journey, closed_at__isnull=False).count()) % len(QUESTIONS)


def _lock(journey: Journey) -> None:
    row = Journey.objects.select_for_update(of=("self",)).get(pk=journey.pk)
    journey.review_on = row.review_on


def _plan(journey: Journey, next_on: date | None) -> None:
    """Not a change of the map: no version is made."""
    Journey.objects.filter(pk=journey.pk).update(review_on=next_on)
    journey.review_on = next_on
