"""How respondents come in: by a link, by a typed code, or on a shared tablet. Wrong words of any kind end alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scopes_disabled

from accounts.passes import go_without_words
from accounts.security import private_page
from assessments.answer_forms import CodeForm
from assessments.asking import guess_language
from assessments.choices import ANSWER_LANGUAGES
from assessments.links import find_link, name_of
from assessments.models import OpenLink, Recipient
from assessments.views.ways import offer_pass
from assessments.wrong_tries import count_wrong_try, has_guessed_too_often

BEHIND_A_LINK = ".,;:)>]\u201d\"'"


@csrf_exempt  # changes nothing, and a refusal would write the token into the log
@login_not_required
@private_page
@sensitive_variables("token")
def answer_open(request: HttpRequest, token: str) -> HttpResponse:
    """Swap the token for a pass that no address, log or referrer shows. Consumes nothing: mail scanners open links."""
    return _let_in(request, token)


@csrf_exempt
@login_not_required
@private_page
@sensitive_variables("code")
def answer_code(request: HttpRequest, code: str) -> HttpResponse:
    """The same for the short address that people type, and the end of every address that is neither."""
    return _let_in(request, code)


@csrf_exempt
@login_not_required
@private_page
@sensitive_variables("token")
def answer_kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """The same on a tablet that many share."""
    return _let_in(request, token, is_kiosk=True)


@csrf_exempt
@login_not_required
@private_page
@sensitive_variables("words")
def answer_mistyped(request: HttpRequest) -> HttpResponse:
    """Whatever else begins like a link: copied with the point behind it, or without its last letters."""
    words, _, mode = request.path.partition("/a/")[2].partition("/")
    return _let_in(request, words, is_kiosk=mode.startswith("kiosk"))


@sensitive_post_parameters("code")
@login_not_required
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_type(request: HttpRequest) -> HttpResponse:
    """Where one types the code of a poster."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _let_in(request, form.cleaned_data["code"])
    return _render(request, "answer_type.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@private_page
@require_safe
def answer_lost(request: HttpRequest) -> HttpResponse:
    """Where all words lead that open nothing, and devices without a pass."""
    return _render(request, "answer_lost.html", {}, status=404)


@login_not_required
@private_page
@require_safe
def answer_wait(request: HttpRequest) -> HttpResponse:
    """Where all words lead, right or wrong, of who has guessed too often."""
    return _render(request, "answer_wait.html", {}, status=429)


@sensitive_variables("words")
def _let_in(request: HttpRequest, words: str, *, is_kiosk: bool = False) -> HttpResponse:
    def find(words: str) -> OpenLink | Recipient | None:
        found = find_link(words)
        return None if is_kiosk and not isinstance(found, OpenLink) else found

    def let_in(found: OpenLink | Recipient) -> HttpResponse:
        response = go_without_words("answer_start", name_of(found, is_kiosk=is_kiosk))
        offer_pass(response, found, is_kiosk=is_kiosk)
        return response

    return swap_words(request, words, find, let_in, lost="answer_lost")


@sensitive_variables("words")
def swap_words(
    request: HttpRequest,
    words: str,
    find: Callable[[str], Any],
    let_in: Callable[[Any], HttpResponse],
    *,
    lost: str,
    wait: str = "answer_wait",
) -> HttpResponse:
    """Let in whoever has words that lead somewhere, whatever was copied behind them; who guesses too often waits.

    A redirect in every case, since Django writes the address of a refused request into the log. find: by the words,
    None where they open nothing; lost, wait: names of the pages for the others.
    """
    address = get_adapter().get_client_ip(request)
    with scopes_disabled():
        if has_guessed_too_often(address):
            return go_without_words(wait)
        found = find(words.rstrip(BEHIND_A_LINK))
        if found is None:
            count_wrong_try(address)
            return go_without_words(lost)
    return let_in(found)


def _render(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """In the language of the browser; it is not known yet who asks."""
    language = guess_language(request.headers.get("Accept-Language", ""), list(ANSWER_LANGUAGES))
    with translation.override(language):
        response = render(request, f"assessments/{template}", context, status=status)
        response.headers["Content-Language"] = language
    return response
