"""Rating what an organisation sends, without an account: in by the link, one page, handed in once.

Wrong words of any kind end alike. Who rates is found by the pass that a device carries, never by the address.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scopes_disabled

from accounts.inside import inside
from accounts.languages import LANGUAGES
from accounts.passes import go_without_words, hand_pass, read_pass, take_pass
from accounts.security import private_page
from assessments.views.opening import swap_words
from assessments.wording import level_words
from assessments.wrong_tries import count_wrong_try, has_guessed_too_often
from improvements.communications.asking import (
    NotTaken,
    asked_of,
    hand_in,
    has_handed_in,
    read_answers,
    relevance_words,
)
from improvements.communications.limits import HAND_INS_A_NETWORK
from improvements.communications.surveys import PASS_SECONDS, Rating, find_rating, find_survey, make_pass, name_of
from improvements.models import CommunicationSurvey
from improvements.views.story_passes import in_language

PASS, OFFER = "rating", "rating-offer"


@csrf_exempt  # changes nothing, and a refusal would write the words into the log
@login_not_required
@private_page
@sensitive_variables("words")
def rate_open(request: HttpRequest, words: str) -> HttpResponse:
    """Swap a token or a typed code for a pass that no address, log or referrer shows. A redirect in every case."""
    return swap_words(request, words, find_survey, _let_in, lost="rate_lost")


def _let_in(survey: CommunicationSurvey) -> HttpResponse:
    response = go_without_words("rate_page", name_of(survey))
    hand_pass(response, OFFER, make_pass(survey), path=_path(name_of(survey)), seconds=PASS_SECONDS)
    return response


def rater(view: Callable[[HttpRequest, Rating], HttpResponse]) -> Callable[..., HttpResponse]:
    """For the page of somebody who rates: in their language, in the organisation's scope, kept by no cache.

    Exempt from the check of forms' tokens: the pass is SameSite=Lax, so no other site's form carries it.
    """

    @wraps(view)
    def for_rater(request: HttpRequest, survey: str) -> HttpResponse:
        with scopes_disabled():
            rating, offered = _find_rating(request, survey)
        if rating is None:
            return redirect("rate_lost")
        organisation = rating.survey.organisation
        with inside(organisation):
            response = in_language(request, lambda: view(request, rating), path=_path(survey))
        if offered:
            hand_pass(response, PASS, offered, path=_path(survey), seconds=PASS_SECONDS)
            take_pass(response, OFFER, path=_path(survey))
        return response

    return login_not_required(csrf_exempt(private_page(for_rater)))


def _find_rating(request: HttpRequest, name: str) -> tuple[Rating | None, str]:
    """What the device has a pass for, and the pass where it is a new one.

    A link opened again only offers a pass, so that a device goes on with the one that it has and hands in once.
    """
    for cookie in (PASS, OFFER):
        signed = read_pass(request, cookie)
        rating = find_rating(signed, name)
        if rating:
            return rating, signed if cookie == OFFER else ""
    return None, ""


@rater
@require_http_methods(["GET", "HEAD", "POST"])
def rate_page(request: HttpRequest, rating: Rating) -> HttpResponse:
    """The questions; once they are handed in, thanks."""
    if has_handed_in(rating):
        return redirect("rate_page", rating.name) if request.method == "POST" else _thank(request, rating)
    if request.method != "POST":
        return _ask(request, rating)
    answers = read_answers(request.POST)
    if not answers:
        return _ask(request, rating, status=422, is_empty=True)
    if has_guessed_too_often(_network(request), HAND_INS_A_NETWORK):
        return _ask(request, rating, status=429, is_full=True)
    try:
        is_new = hand_in(rating, answers)
    except NotTaken:
        return redirect("rate_lost")
    if is_new:
        count_wrong_try(_network(request))
    return redirect("rate_page", rating.name)


def _network(request: HttpRequest) -> str:
    return f"rating {get_adapter().get_client_ip(request)}"


def _ask(request: HttpRequest, rating: Rating, status: int = 200, **more: Any) -> HttpResponse:
    organisation = rating.survey.organisation
    rows = asked_of(organisation, rating.device_hmac)
    questions = [
        {
            "row": row,
            "relevance": request.POST.get(f"relevance-{row.pk}", ""),
            "level": request.POST.get(f"level-{row.pk}", ""),
        }
        for row in rows
    ]
    context = {
        **_frame(rating),
        "questions": questions,
        "relevance_words": relevance_words(is_for_staff=rating.is_for_staff),
        "level_words": level_words(organisation, get_language() or "en"),
        **more,
    }
    return render(request, "improvements/rate_page.html", context, status=status)


def _thank(request: HttpRequest, rating: Rating) -> HttpResponse:
    return render(request, "improvements/rate_thanks.html", _frame(rating))


def _frame(rating: Rating) -> dict[str, Any]:
    return {"rating": rating, "asked_by": rating.survey.organisation, "languages": LANGUAGES, "chosen": get_language()}


@login_not_required
@private_page
@require_safe
def rate_lost(request: HttpRequest) -> HttpResponse:
    """Where all words lead that open nothing, revoked links, and devices without a pass."""
    return in_language(request, lambda: render(request, "improvements/rate_lost.html", status=404))


def _path(name: str) -> str:
    return f"/rate/{name}/"
