"""The minutes of a review: begun, written, closed, read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.typed_numbers import version_in
from improvements.models import Review
from improvements.reviews.forms import CloseForm, MinutesForm, minutes_values
from improvements.reviews.keeping import (
    StaleReview,
    begin_review,
    close_review,
    day_after,
    discard_review,
    write_minutes,
)
from improvements.reviews.questions import question_at
from improvements.views.review_lookup import review_for, rhythm_of
from journeys.views.lookup import journey_for


@require_POST
@member_required(Action.KEEP_REVIEWS)
def review_begin(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Begin the minutes, or go on with those that are open."""
    journey = journey_for(request, journey_id)
    review = begin_review(journey, request.user)
    return redirect("review_edit", request.organisation.slug, review.pk)


@require_safe
@member_required(Action.READ_MINUTES)
def review_page(request: OrgRequest, review_id: int) -> HttpResponse:
    """The minutes, to read and to print."""
    return _page(request, review_for(request, review_id))


def _page(request: OrgRequest, review: Review, form: CloseForm | None = None, status: int = 200) -> HttpResponse:
    rhythm = rhythm_of(review.journey) if review.closed_at is None else None
    if rhythm and form is None:
        form = CloseForm(initial={"next_on": day_after(review, rhythm)})
    context = {
        "section": "journeys",
        "journey": review.journey,
        "review": review,
        "question": question_at(review.question),
        "decisions": [line.strip() for line in review.decisions.splitlines() if line.strip()],
        "form": form,
    }
    return render(request, "improvements/review_page.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.KEEP_REVIEWS)
def review_edit(request: OrgRequest, review_id: int) -> HttpResponse:
    """Write the minutes; 409 with both texts where somebody else wrote meanwhile."""
    review = review_for(request, review_id)
    if request.method != "POST":
        return _form_page(request, review, MinutesForm(initial=minutes_values(review)), review.version)
    form = MinutesForm(request.POST)
    version = version_in(request.POST, review.version)
    if not form.is_valid():
        return _form_page(request, review, form, version, 422)
    try:
        write_minutes(review, version, form.cleaned_data, request.user)
    except StaleReview as stale:
        return _form_page(request, review, form, stale.theirs.version, 409, stale.theirs)
    messages.success(request, _("The minutes are saved."))
    return redirect(review)


def _form_page(
    request: OrgRequest,
    review: Review,
    form: MinutesForm,
    version: int,
    status: int = 200,
    theirs: Review | None = None,
) -> HttpResponse:
    context = {
        "section": "journeys",
        "journey": review.journey,
        "review": review,
        "question": question_at(review.question),
        "form": form,
        "version": version,
        "differences": _differences(theirs, form) if theirs else [],
    }
    return render(request, "improvements/review_edit.html", context, status=status)


def _differences(theirs: Review, form: MinutesForm) -> list[tuple[str, str]]:
    """Label and theirs of each field that differs; one's own stands in the form."""
    differing = [name for name in form.fields if getattr(theirs, name) != form.cleaned_data[name]]
    return [(str(form[name].label), str(getattr(theirs, name)) or _("(nothing)")) for name in differing]


@require_POST
@member_required(Action.KEEP_REVIEWS)
def review_close(request: OrgRequest, review_id: int) -> HttpResponse:
    """The minutes are whole; where there is a rhythm, the next review is planned."""
    review = review_for(request, review_id)
    if rhythm_of(review.journey) is None:
        close_review(review, None)
        messages.success(request, _("The review is closed."))
        return redirect("review_agenda", request.organisation.slug, review.journey_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, review, form, 422)
    close_review(review, form.cleaned_data["next_on"])
    day = date_format(form.cleaned_data["next_on"], "DATE_FORMAT")
    messages.success(request, _("The review is closed. The next one is on %(day)s.") % {"day": day})
    return redirect("review_agenda", request.organisation.slug, review.journey_id)


@require_POST
@member_required(Action.KEEP_REVIEWS)
def review_discard(request: OrgRequest, review_id: int) -> HttpResponse:
    """Take back minutes that were begun by mistake, as long as nothing stands in them."""
    review = review_for(request, review_id)
    if discard_review(review):
        messages.success(request, _("The empty minutes are gone."))
    else:
        messages.error(request, _("Something is written in these minutes, so they stay."))
    return redirect("review_agenda", request.organisation.slug, review.journey_id)
