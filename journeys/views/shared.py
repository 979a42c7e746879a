"""A shared map as people outside the organisation read it. Nothing here needs or shows an account."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scopes_disabled

from accounts.inside import inside
from accounts.passes import go_without_words, hand_pass, read_pass
from accounts.security import private_page
from journeys.board import board_of
from journeys.models import ShareLink
from journeys.share_forms import PasscodeForm
from journeys.shared_map import shared_stages
from journeys.sharing import (
    PASS_SECONDS,
    TooManyTries,
    Visit,
    count_reading,
    find_by_pass,
    find_by_token,
    make_pass,
    try_passcode,
)
from journeys.strips import strips_of

COOKIE = "share"


@csrf_exempt  # changes nothing, and a refusal would write the token into the log
@login_not_required
@private_page
@sensitive_variables("token")
def share_open(request: HttpRequest, token: str) -> HttpResponse:
    """Swap the token for a pass that no address, log or referrer shows. Consumes nothing: mail scanners open links."""
    with scopes_disabled():
        link = find_by_token(token)
    response = go_without_words("share_page", link.pk) if link else go_without_words("share_gone")
    if link:
        _hand_over(response, link, is_let_in=not link.passcode_hash)
    return response


@login_not_required
@private_page
@require_safe
def share_gone(request: HttpRequest) -> HttpResponse:
    """Where links lead that are wrong, revoked or expired: to all alike."""
    return render(request, "journeys/share_gone.html", status=404)


@sensitive_post_parameters("passcode")
@login_not_required
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def share_page(request: HttpRequest, share_id: int) -> HttpResponse:
    """The map, or first the question for the passcode. The link is looked up anew each time."""
    with scopes_disabled():
        visit = find_by_pass(share_id, read_pass(request, COOKIE))
    if visit is None:
        return share_gone(request) if request.method != "POST" else redirect("share_gone")
    with inside(visit.link.journey.organisation):
        return _show(request, visit.link) if visit.is_let_in else _ask(request, visit)


def _show(request: HttpRequest, link: ShareLink) -> HttpResponse:
    if request.method == "POST":
        return redirect("share_page", link.pk)
    board = board_of(link.journey)
    context = {
        "link": link,
        "journey": link.journey,
        "board": board,
        "stages": shared_stages(board, link),
        "strips": strips_of(board),
    }
    response = render(request, "journeys/shared_map.html", context)
    if request.method == "GET":
        count_reading(link)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = PasscodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            if try_passcode(visit.link, form.cleaned_data["passcode"], get_adapter().get_client_ip(request)):
                response = redirect("share_page", visit.link.pk)
                _hand_over(response, visit.link, is_let_in=True)
                return response
        except TooManyTries:
            status = 429
            form.add_error("passcode", _("Too many wrong passcodes. Wait 15 minutes, then try again."))
        else:
            form.add_error("passcode", _("This is not the passcode. Ask whoever sent you the link."))
    status = 422 if form.errors and status == 200 else status
    return render(request, "journeys/share_passcode.html", {"form": form, "link": visit.link}, status=status)


def _hand_over(response: HttpResponse, link: ShareLink, *, is_let_in: bool) -> None:
    path = reverse("share_page", args=[link.pk])
    hand_pass(response, COOKIE, make_pass(link, is_let_in=is_let_in), path=path, seconds=PASS_SECONDS)
