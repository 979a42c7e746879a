"""The review of a journey: all of them, the agenda, and how often who meets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.typed_numbers import version_in
from improvements.models import Review, ReviewRhythm
from improvements.reviews.agenda import agenda_of
from improvements.reviews.forms import RhythmForm, rhythm_values
from improvements.reviews.keeping import StaleReview, end_rhythm, review_of, set_rhythm
from improvements.views.review_lookup import rhythm_of
from journeys.models import Journey
from journeys.views.lookup import journey_for

REVIEWS_SHOWN = 24


@require_safe
@member_required(Action.SEE_JOURNEYS)
def review_list(request: OrgRequest) -> HttpResponse:
    """Every journey with its next review, the one that is most overdue first; those without a rhythm last."""
    journeys = Journey.objects.in_organisation(request.organisation).filter(archived_at=None)
    rows = list(journeys.order_by(F("review_on").asc(nulls_last=True), "title", "pk"))
    rhythms = dict(ReviewRhythm.objects.in_organisation(request.organisation).values_list("journey", "rhythm"))
    for journey in rows:
        journey.review, journey.rhythm = review_of(journey), rhythms.get(journey.pk)
    return render(request, "improvements/review_list.html", {"section": "journeys", "journeys": rows})


@require_safe
@member_required(Action.SEE_JOURNEYS)
def review_agenda(request: OrgRequest, journey_id: int) -> HttpResponse:
    """When the next review is, who meets, its agenda to print, and the minutes for those who may read them."""
    journey = journey_for(request, journey_id)
    can_read = is_allowed(request.role, Action.READ_MINUTES)
    reviews = list(Review.objects.filter(journey=journey).defer("minutes")[:REVIEWS_SHOWN])
    open_review = next((review for review in reviews if review.closed_at is None), None)
    with_results = is_allowed(request.role, Action.SEE_RESULTS)
    context = {
        "section": "journeys",
        "journey": journey,
        "rhythm": rhythm_of(journey),
        "review": review_of(journey),
        "agenda": agenda_of(journey, with_results=with_results, review=open_review),
        "open_review": open_review if can_read else None,
        "reviews": [review for review in reviews if review.closed_at] if can_read else [],
        "with_results": with_results,
    }
    return _private(render(request, "improvements/review_agenda.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.KEEP_REVIEWS)
def rhythm_edit(request: OrgRequest, journey_id: int) -> HttpResponse:
    """How often, when next, who meets; 409 with what was typed where somebody else was quicker."""
    journey = journey_for(request, journey_id)
    rhythm = rhythm_of(journey)
    version = rhythm.version if rhythm else 0
    known: dict[str, Any] = {"organisation": request.organisation, "next_now": journey.review_on}
    if request.method != "POST":
        initial = rhythm_values(rhythm) or {"members": [request.user.pk]}
        return _rhythm_page(request, journey, RhythmForm(initial=initial, **known), version)
    form = RhythmForm(request.POST, **known)
    typed = version_in(request.POST, version)
    if not form.is_valid():
        return _rhythm_page(request, journey, form, typed, status=422)
    try:
        set_rhythm(journey, typed, form.cleaned_data, form.cleaned_data["members"], request.user)
    except StaleReview:
        return _rhythm_page(request, journey, form, version, status=409)
    day = date_format(form.cleaned_data["next_on"], "DATE_FORMAT")
    messages.success(request, _("The next review is on %(day)s.") % {"day": day})
    return redirect("review_agenda", request.organisation.slug, journey.pk)


def _rhythm_page(
    request: OrgRequest, journey: Journey, form: RhythmForm, version: int, status: int = 200
) -> HttpResponse:
    context = {
        "section": "journeys",
        "journey": journey,
        "form": form,
        "version": version,
        "is_stale": status == 409,
        "has_rhythm": journey.review_on is not None,
    }
    return _private(render(request, "improvements/rhythm_edit.html", context, status=status))


@require_POST
@member_required(Action.KEEP_REVIEWS)
def rhythm_end(request: OrgRequest, journey_id: int) -> HttpResponse:
    """No reviews any more; the minutes stay."""
    journey = journey_for(request, journey_id)
    end_rhythm(journey)
    messages.success(request, _("“%s” is not reviewed any more. Its minutes stay.") % journey.title)
    return redirect("review_agenda", request.organisation.slug, journey.pk)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
