"""The wall on a screen in a corridor. Nothing here needs or shows an account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from accounts.passes import go_without_words, hand_pass, read_pass
from accounts.security import private_page
from assessments.views.opening import swap_words
from improvements.models import Display
from improvements.views.wall_showing import show_content, show_wall
from improvements.walls.displays import PASS_SECONDS, find_by_pass, find_display, make_pass, note_seen

COOKIE = "wall"


@csrf_exempt  # changes nothing, and a refusal would write the words into the log
@login_not_required
@private_page
@sensitive_variables("token")
def wall_open(request: HttpRequest, token: str) -> HttpResponse:
    """Swap the link's words, long or short ones, for a pass that no address, log or referrer shows."""
    return swap_words(request, token, find_display, _let_in, lost="wall_gone", wait="wall_wait")


def _let_in(display: Display) -> HttpResponse:
    response = go_without_words("wall_page", display.pk)
    _hand_over(response, display)
    return response


@login_not_required
@private_page
@require_safe
def wall_gone(request: HttpRequest) -> HttpResponse:
    """Where links lead that are wrong or revoked, and screens without a pass: to all alike."""
    return render(request, "improvements/wall_gone.html", status=404)


@login_not_required
@private_page
@require_safe
def wall_wait(request: HttpRequest) -> HttpResponse:
    """Where all words lead, right or wrong, of who has guessed too often."""
    return render(request, "improvements/wall_wait.html", status=429)


@login_not_required
@private_page
@require_safe
def wall_page(request: HttpRequest, display_id: int) -> HttpResponse:
    """All slides. Each full load renews the pass, so that a screen that is looked after by nobody stays let in."""
    display = _display_of(request, display_id)
    if display is None:
        return wall_gone(request)
    note_seen(display)
    response = show_wall(request, display, reverse("wall_content", args=[display.pk]))
    _hand_over(response, display)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@private_page
@require_safe
def wall_content(request: HttpRequest, display_id: int) -> HttpResponse:
    """The slides as they are now; 410, which no broken network says, where the link is revoked."""
    display = _display_of(request, display_id)
    if display is None:
        return HttpResponse(status=410)
    note_seen(display)
    return show_content(request, display)


def _display_of(request: HttpRequest, display_id: int) -> Display | None:
    with scopes_disabled():
        return find_by_pass(display_id, read_pass(request, COOKIE))


def _hand_over(response: HttpResponse, display: Display) -> None:
    path = reverse("wall_page", args=[display.pk])
    hand_pass(response, COOKIE, make_pass(display), path=path, seconds=PASS_SECONDS)
