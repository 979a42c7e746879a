"""Where the link of a weekly mail leads. Wrong words all end alike."""

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
from improvements.actions.answering import find_by_pass, find_by_token, make_pass, seconds_left
from improvements.models import OwnerMail

COOKIE = "do"


@csrf_exempt  # changes nothing, and a refusal would write the token into the log
@login_not_required
@private_page
@sensitive_variables("token")
def do_open(request: HttpRequest, token: str) -> HttpResponse:
    """Swap the token for a pass that no address, log or referrer shows. Consumes nothing: mail scanners open links."""
    return swap_words(request, token, find_by_token, _let_in, lost="do_gone", wait="do_gone")


@login_not_required
@private_page
@require_safe
def do_gone(request: HttpRequest) -> HttpResponse:
    """Where links lead that are wrong or expired: to all alike."""
    return render(request, "improvements/do_gone.html", status=404)


def mail_of(request: HttpRequest, mail_id: int) -> OwnerMail | None:
    """The mail whose pass the browser carries, while its link works."""
    with scopes_disabled():
        return find_by_pass(mail_id, read_pass(request, COOKIE))


def _let_in(mail: OwnerMail) -> HttpResponse:
    response, path = go_without_words("do_page", mail.pk), reverse("do_page", args=[mail.pk])
    hand_pass(response, COOKIE, make_pass(mail), path=path, seconds=seconds_left(mail))
    return response
