"""Staff's medians beside the map's volumes, taken over with one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from assessments.models import Round
from assessments.result_state import shown_figures
from assessments.taking_over import Offer, offers_of, people_of, take_over
from assessments.views.lookup import round_for
from assessments.volume_forms import PeopleForm
from journeys.figures import whole
from journeys.sequence import StaleWrite

ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def round_volumes(request: OrgRequest, round_id: int) -> HttpResponse:
    """What staff said of times and seconds. `people`: how many serve; a post takes over what `take` names."""
    round_ = round_for(request, round_id)
    asked = request.POST if request.method == "POST" else request.GET
    form, offers = _looked_up(round_, asked)
    if request.method != "POST" or form.errors:
        return _show(request, round_, form, offers, 422 if form.errors else 200)
    chosen = _chosen(offers, request.POST)
    if chosen is None:
        return _show_stale(request, round_, form)
    try:
        count = take_over(round_, chosen)
    except StaleWrite:
        return _show_stale(request, round_, form)
    messages.success(request, _say_taken(count))
    address = reverse("round_volumes", args=[request.organisation.slug, round_.pk])
    people = form.cleaned_data["people"]
    return redirect(f"{address}?people={people}" if people else address)


def _looked_up(round_: Round, asked: QueryDict) -> tuple[PeopleForm, list[Offer]]:
    known = people_of(round_)
    form = PeopleForm({"people": asked.get("people", known or "")})
    people = form.cleaned_data["people"] if form.is_valid() else None
    figures = shown_figures(round_)
    return form, offers_of(round_, figures, people) if figures else []


def _chosen(offers: list[Offer], posted: QueryDict) -> list[Offer] | None:
    """What was asked for, in the state in which it was shown; None where the map or the round moved on."""
    seen, take = set(posted.getlist("seen")), posted.get("take", "")
    wanted = seen if take == ALL else {take}
    chosen = [offer for offer in offers if offer.can_be_taken and offer.key in wanted]
    return chosen if len(chosen) == len(wanted) else None


def _say_taken(count: int) -> str:
    said = ngettext(
        "Taken over for %s moment: the map's history can undo it.",
        "Taken over for %s moments: the map's history can undo each.",
        count,
    )
    return said % whole(count)


def _show_stale(request: OrgRequest, round_: Round, form: PeopleForm) -> HttpResponse:
    round_.journey.refresh_from_db()
    form, offers = _looked_up(round_, request.POST)
    return _show(request, round_, form, offers, 409, is_stale=True)


def _show(
    request: OrgRequest, round_: Round, form: PeopleForm, offers: list[Offer], status: int, **more: Any
) -> HttpResponse:
    context = {
        "section": "rounds",
        "round": round_,
        "journey": round_.journey,
        "form": form,
        "people": form.cleaned_data.get("people") if form.is_valid() else None,
        "offers": offers,
        "can_be_taken": [offer for offer in offers if offer.can_be_taken],
        **more,
    }
    response = render(request, "assessments/volumes.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
