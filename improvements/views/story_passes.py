"""Who tells without an account, and who is named: found by the pass that a device carries, never by the address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django_scopes import scopes_disabled

from accounts.inside import inside
from accounts.languages import LANGUAGES
from accounts.passes import hand_pass, read_pass
from accounts.security import private_page
from assessments.asking import guess_language
from improvements.models import Story, StoryLink
from improvements.stories.links import PASS_SECONDS, Telling, find_named, find_telling, make_pass, name_of

P = ParamSpec("P")
PASS, LANGUAGE = "telling", "telling-language"


def teller(view: Callable[Concatenate[HttpRequest, Telling, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages of somebody who tells by the link: in their language, in the organisation's scope, kept by no cache.

    Exempt from the check of forms' tokens: the pass is SameSite=Lax, so no other site's form carries it.
    """

    @wraps(view)
    def for_teller(request: HttpRequest, telling: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with scopes_disabled():
            found = find_telling(read_pass(request, PASS), telling)
        if found is None:
            return redirect("story_lost")
        with inside(found.link.organisation):
            return in_language(request, lambda: view(request, found, *args, **kwargs), path=_path(found.name))

    return login_not_required(csrf_exempt(private_page(for_teller)))


def named(view: Callable[Concatenate[HttpRequest, Story, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Likewise for pages of whoever is named in a story."""

    @wraps(view)
    def for_named(request: HttpRequest, naming: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with scopes_disabled():
            story = find_named(read_pass(request, PASS), naming)
        if story is None:
            return redirect("story_lost")
        with inside(story.organisation):
            return in_language(request, lambda: view(request, story, *args, **kwargs), path=_path(naming))

    return login_not_required(csrf_exempt(private_page(for_named)))


def in_language(request: HttpRequest, answer: Callable[[], HttpResponse], *, path: str = "") -> HttpResponse:
    """Answer in the language just chosen, chosen before, or the browser's. path: where a choice is remembered."""
    chosen = request.GET.get("language", "")
    kept = read_pass(request, LANGUAGE)
    wished = guess_language(request.headers.get("Accept-Language", ""), list(LANGUAGES))
    language = next(code for code in (chosen, kept, wished) if code in LANGUAGES)
    with translation.override(language):
        response = answer()
    response.headers["Content-Language"] = language
    if path and chosen in LANGUAGES:
        hand_pass(response, LANGUAGE, chosen, path=path, seconds=PASS_SECONDS)
    return response


def let_in(response: HttpResponse, found: StoryLink | Story) -> None:
    """From now on the device carries a pass for this."""
    hand_pass(response, PASS, make_pass(found), path=_path(name_of(found)), seconds=PASS_SECONDS)


def _path(name: str) -> str:
    return f"/tell/{name}/"
