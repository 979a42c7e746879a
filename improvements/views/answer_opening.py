"""Where the link of a weekly mail leads. Wrong words all end alike."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
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
from assessments.wrong_tries import count_wrong_try, has_guessed_too_often
from improvements.actions.answering import find_by_pass, find_by_token, make_pass, seconds_left
from improvements.models import OwnerMail

COOKIE = "do"


@csrf_exempt  # changes nothing, and a refusal would write the token into the log
@login_not_required
@private_page
@sensitive_variables("token")
def do_open(request: HttpRequest, token: str) -> HttpResponse:
    """Swap the token for a pass that no address, log or referrer shows. Consumes nothing: mail scanners open links."""
    address = get_adapter().get_client_ip(request)
    with scopes_disabled():
        mail = None if has_guessed_too_often(address) else find_by_token(token)
        if mail is None:
            count_wrong_try(address)
    response = go_without_words("do_page", mail.pk) if mail else go_without_words("do_gone")
    if mail:
        _hand_over(response, mail)
    return response


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


def _hand_over(response: HttpResponse, mail: OwnerMail) -> None:
    path = reverse("do_page", args=[mail.pk])
    hand_pass(response, COOKIE, make_pass(mail), path=path, seconds=seconds_left(mail))
