"""How views fetch reviews: inside the organisation, or 404."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.access import OrgRequest
from improvements.models import Review, ReviewRhythm
from journeys.models import Journey


def review_for(request: OrgRequest, review_id: int) -> Review:
    """A review of the request's organisation, with its journey."""
    rows = Review.objects.in_organisation(request.organisation).select_related("journey", "changed_by")
    review: Review = get_object_or_404(rows, pk=review_id)
    review.organisation = review.journey.organisation = request.organisation
    return review


def rhythm_of(journey: Journey) -> ReviewRhythm | None:
    """How often a journey is reviewed, with who meets; None where nobody planned it."""
    rows = ReviewRhythm.objects.filter(journey=journey).prefetch_related("members")
    rhythm: ReviewRhythm | None = rows.first()
    if rhythm:
        rhythm.journey, rhythm.organisation = journey, journey.organisation
    return rhythm
