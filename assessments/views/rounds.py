"""The rounds of an organisation, and one of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from assessments.choices import RoundState
from assessments.freezing import moments_of_map
from assessments.models import Response, Round
from assessments.round_words import what_is_next
from assessments.turnout import Turnout, turnout_of
from assessments.views.lookup import round_for

ROUNDS_A_PAGE = 60
STATE_ORDER = (RoundState.OPEN, RoundState.DRAFT, RoundState.CLOSED, RoundState.ARCHIVED)


@require_safe
@member_required(Action.SEE_RESULTS)
def round_list(request: OrgRequest) -> HttpResponse:
    """All rounds by state, the newest first."""
    ranks = Case(
        *[When(state=state, then=Value(n)) for n, state in enumerate(STATE_ORDER)], output_field=IntegerField()
    )
    counted = Response.objects.filter(round=OuterRef("pk")).order_by().values("round").annotate(n=Count("pk"))
    rounds = Round.objects.in_organisation(request.organisation).select_related("journey")
    rounds = rounds.annotate(rank=ranks, response_count=Coalesce(Subquery(counted.values("n")), 0))
    page = Paginator(rounds.order_by("rank", "-made_at", "-id"), ROUNDS_A_PAGE).get_page(request.GET.get("page"))
    for round_ in page.object_list:
        round_.organisation = request.organisation
    return render(request, "assessments/round_list.html", {"section": "rounds", "rounds": page})


@require_safe
@member_required(Action.SEE_RESULTS)
def round_page(request: OrgRequest, round_id: int) -> HttpResponse:
    """One round: its state and what is next, who is asked, how many have answered, what was done with it."""
    round_ = round_for(request, round_id)
    context = {
        "section": "rounds",
        "sentences": what_is_next(round_),
        "moment_count": len(moments_of_map(round_)) if round_.is_draft else round_.moments.count(),
        "events": round_.events.all(),
        "following": Round.objects.filter(previous=round_).first(),
        **_turnout(round_),
    }
    return render(request, "assessments/round_page.html", context)


@require_safe
@member_required(Action.SEE_RESULTS)
def round_progress(request: OrgRequest, round_id: int) -> HttpResponse:
    """How many have answered so far, asked for by the open page every ten seconds.

    204 where the page has `seen` just that, so that nothing is swapped under somebody's hands; 304 by the ETag.
    """
    round_ = round_for(request, round_id)
    if not round_.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = _turnout(round_)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    etag = quote_etag(context["seen"])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = render(request, "assessments/_turnout.html", context)
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _turnout(round_: Round) -> dict[str, Any]:
    rows: list[Turnout] = [] if round_.is_draft else turnout_of(round_)
    answered = sum(row.responses for row in rows)
    return {"round": round_, "turnout": rows, "answered": answered, "seen": f"{round_.version}-{answered}"}
