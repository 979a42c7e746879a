"""“You said, we did” as anybody with the link reads it, in the reader's language. Nothing here shows an account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from accounts.inside import inside
from accounts.passes import go_without_words, hand_pass, read_pass
from accounts.security import private_page
from accounts.signed import read_signed
from assessments.asking import guess_language
from assessments.choices import ANSWER_LANGUAGES
from improvements.actions.said_done import count_reading, find_by_token, find_working, you_said_we_did
from improvements.models import SaidLink

PASS_SECONDS = 30 * 24 * 3600
COOKIE, SALT = "said", "improvements.said.pass"


@csrf_exempt  # changes nothing, and a refusal would write the token into the log
@login_not_required
@private_page
@sensitive_variables("token")
def said_open(request: HttpRequest, token: str) -> HttpResponse:
    """Swap the token for a pass that no address, log or referrer shows."""
    with scopes_disabled():
        link = find_by_token(token)
    response = go_without_words("said_public", link.pk) if link else go_without_words("said_gone")
    if link:
        _hand_over(response, link)
    return response


@login_not_required
@private_page
@require_safe
def said_gone(request: HttpRequest) -> HttpResponse:
    """Where links lead that are wrong or revoked: to all alike."""
    with translation.override(_language(request)):
        return render(request, "improvements/said_gone.html", status=404)


@login_not_required
@private_page
@require_safe
def said_public(request: HttpRequest, said_link_id: int) -> HttpResponse:
    """What is told. The link is looked up anew each time."""
    with scopes_disabled():
        link = find_working(said_link_id) if _has_pass(request, said_link_id) else None
    if link is None:
        return said_gone(request)
    language, organisation = _language(request), link.organisation
    with inside(organisation), translation.override(language):
        rows = you_said_we_did(organisation, link.journey)
        context = {"owner": organisation.name, "rows": rows, "journey": link.journey, "languages": ANSWER_LANGUAGES,
                   "chosen_language": language}  # fmt: skip
        response = render(request, "improvements/said_public.html", context)
    if request.method == "GET":
        count_reading(link)
    response.headers["Content-Language"] = language
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _language(request: HttpRequest) -> str:
    """The one that is asked for, else the browser's, else English."""
    asked = request.GET.get("language", "")
    if asked in ANSWER_LANGUAGES:
        return asked
    return guess_language(request.headers.get("Accept-Language", ""), list(ANSWER_LANGUAGES))


def _has_pass(request: HttpRequest, link_id: int) -> bool:
    return bool(read_signed(read_pass(request, COOKIE), SALT, PASS_SECONDS).get("link") == link_id)


def _hand_over(response: HttpResponse, link: SaidLink) -> None:
    signed, path = signing.dumps({"link": link.pk}, salt=SALT), reverse("said_public", args=[link.pk])
    hand_pass(response, COOKIE, signed, path=path, seconds=PASS_SECONDS)
