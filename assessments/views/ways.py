"""Who answers: found by the pass that a device carries, never by the address alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django_scopes import scopes_disabled

from accounts.inside import inside
from accounts.passes import hand_pass, read_pass, take_pass
from accounts.security import private_page
from assessments.answer_pages import page_of
from assessments.asking import Asking, asking_of
from assessments.links import PASS_SECONDS, Refusal, Way, find_by_pass, make_pass, name_of
from assessments.models import OpenLink, Recipient

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Asking, P], HttpResponse]
PASS, OFFER = "answer", "answer-offer"


def respondent(view: View[P]) -> Callable[..., HttpResponse]:
    """For pages of somebody who answers: in their language, in the organisation's scope, kept by no cache.

    Exempt from the check of forms' tokens: the pass is SameSite=Lax, so no other site's form carries it, and answers
    that waited on a phone for a week are not refused for a token that has run out.
    """

    @wraps(view)
    def for_respondent(request: HttpRequest, way: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with scopes_disabled():
            found, offered = _find_way(request, way)
        if found is None:
            return _ask_for_link(request)
        organisation = found.round.organisation
        with inside(organisation):
            asking = asking_of(found, request.headers.get("Accept-Language", ""))
            with translation.override(asking.language):
                refusal = asking.refusal()
                response = refuse(request, asking, refusal) if refusal else view(request, asking, *args, **kwargs)
                response.headers["Content-Language"] = asking.language
        if offered and PASS not in response.cookies:
            hand_over(response, way, offered)
        return response

    return login_not_required(csrf_exempt(private_page(for_respondent)))


def under_way(view: View[P]) -> View[P]:
    """For pages that only somebody needs who has not handed in yet: others are thanked."""

    @wraps(view)
    def guarded(request: HttpRequest, asking: Asking, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not asking.is_handed_in:
            return view(request, asking, *args, **kwargs)
        return (
            JsonResponse({"problem": "handed in"}, status=409) if is_script(request) else go_to(asking, "answer_done")
        )

    return guarded


def _find_way(request: HttpRequest, name: str) -> tuple[Way | None, str]:
    """The way that the device has a pass for, and the pass where it is a new one.

    A link opened again only offers a pass, so that a device goes on with the one that it has.
    """
    for cookie in (PASS, OFFER):
        signed = read_pass(request, cookie)
        way = find_by_pass(signed) if signed else None
        if way and way.name == name:
            return way, signed if cookie == OFFER else ""
    return None, ""


def _ask_for_link(request: HttpRequest) -> HttpResponse:
    if is_script(request):
        return JsonResponse({"problem": "no pass"}, status=404)
    return redirect("answer_lost")


def refuse(request: HttpRequest, asking: Asking, refusal: Refusal) -> HttpResponse:
    """Say kindly why nothing can be answered."""
    if is_script(request):
        return JsonResponse({"problem": refusal.value}, status=410)
    context = {**page_of(asking), "refusal": refusal.value}
    return render(request, "assessments/answer_refused.html", context, status=410)


def is_script(request: HttpRequest) -> bool:
    """Whether a script asks, and reads JSON."""
    return request.content_type == "application/json"


def offer_pass(response: HttpResponse, found: OpenLink | Recipient, *, is_kiosk: bool = False) -> None:
    """Give a device that has no pass for this way one."""
    _set_cookie(response, OFFER, name_of(found, is_kiosk=is_kiosk), make_pass(found, is_kiosk=is_kiosk))


def hand_over(response: HttpResponse, way: str, signed: str) -> None:
    """From now on the device carries this pass."""
    _set_cookie(response, PASS, way, signed)
    take_pass(response, OFFER, path=_path(way))


def _set_cookie(response: HttpResponse, name: str, way: str, signed: str) -> None:
    hand_pass(response, name, signed, path=_path(way), seconds=PASS_SECONDS)


def _path(way: str) -> str:
    return reverse("answer_start", args=[way])


def go_to(asking: Asking, name: str, *args: Any) -> HttpResponse:
    """A redirect to another page of the same way."""
    return redirect(name, asking.way.name, *args)
