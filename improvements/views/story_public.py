"""Telling a story without an account, and taking one's name out of one."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import OrgRequest
from accounts.languages import LANGUAGES
from accounts.submissions import once_only
from assessments.wrong_tries import count_wrong_try, has_guessed_too_often
from improvements.models import Story
from improvements.stories.forms import StoryForm
from improvements.stories.links import Telling, find_told, name_address, name_of, sign_told
from improvements.stories.naming import withdraw_name
from improvements.stories.prompts import story_prompts
from improvements.stories.telling import Told, TooManyWaiting, tell_story
from improvements.views.story_asking import asked_form, is_only_asking
from improvements.views.story_passes import named, teller


@teller
@require_http_methods(["GET", "HEAD", "POST"])
def story_tell_open(request: HttpRequest, telling: Telling) -> HttpResponse:
    """The form. What is told here waits until somebody has looked at it."""
    form = _form(request, telling)
    if request.method != "POST" or is_only_asking(request):
        return _show(request, telling, form)
    if _tells_too_often(request):
        form.files = MultiValueDict()  # no photo is opened any more
        return _show(request, telling, form, status=429, is_full=True)
    if not form.is_valid():
        if request.FILES:
            count_wrong_try(_address(request))  # opening it took as much as a story
        return _show(request, telling, form, status=422)
    return _store(request, telling, form)


def _form(request: HttpRequest, telling: Telling) -> StoryForm:
    offers = telling.link.offers_journeys
    return asked_form(request, telling.link.organisation, language=get_language() or "", offers_places=offers)


def _store(request: HttpRequest, telling: Telling, form: StoryForm) -> HttpResponse:
    """Apart from reading the form, whose photo takes a while to open: no transaction waits for it."""
    try:
        return _store_once(cast("OrgRequest", request), telling, form.told())
    except TooManyWaiting:
        return _show(request, telling, form, status=429, is_full=True)


@once_only
def _store_once(request: OrgRequest, telling: Telling, told: Told) -> HttpResponse:
    story = tell_story(telling.link.organisation, told, None, get_language() or "en")
    count_wrong_try(_address(request))
    return redirect("story_told", telling.name, sign_told(telling, story))


def _tells_too_often(request: HttpRequest) -> bool:
    """More stories from one network in a quarter of an hour than a team tells."""
    return has_guessed_too_often(_address(request))


def _address(request: HttpRequest) -> str:
    return f"story {get_adapter().get_client_ip(request)}"


def _show(request: HttpRequest, telling: Telling, form: StoryForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {**_frame(telling), "form": form, "prompts": story_prompts(), **more}
    return render(request, "improvements/tell_open.html", context, status=status)


def _frame(telling: Telling) -> dict[str, Any]:
    organisation = telling.link.organisation
    return {"telling": telling.name, "teller_of": organisation, "languages": LANGUAGES, "chosen": get_language()}


@teller
@require_safe
def story_open_moments(request: HttpRequest, telling: Telling) -> HttpResponse:
    """The moments of the journey that was just chosen, as a field of the form."""
    return render(request, "improvements/_moment_field.html", {**_frame(telling), "form": _form(request, telling)})


@teller
@require_safe
def story_told(request: HttpRequest, telling: Telling, told: str) -> HttpResponse:
    """Thanks, what becomes of it, and for whoever is named the private link."""
    story = find_told(telling, told)
    if story is None:
        return redirect("story_tell_open", telling.name)
    context = {**_frame(telling), "story": story, "name_address": name_address(story) if story.who else ""}
    return render(request, "improvements/tell_thanks.html", context)


@named
@require_http_methods(["GET", "HEAD", "POST"])
def story_name(request: HttpRequest, story: Story) -> HttpResponse:
    """GET shows the story to whoever is named in it, POST takes the name out. Opening it changes nothing."""
    if request.method == "POST":
        withdraw_name(story, drops_photo="drops_photo" in request.POST)
        return redirect("story_name", name_of(story))
    context = {
        "story": story,
        "naming": name_of(story),
        "teller_of": story.organisation,
        "has_photo": _has_photo(story),
    }
    return render(request, "improvements/tell_name.html", {**context, "languages": LANGUAGES, "chosen": get_language()})


def _has_photo(story: Story) -> bool:
    return Story.objects.filter(pk=story.pk, photo__isnull=False).exists()
