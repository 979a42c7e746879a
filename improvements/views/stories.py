"""Stories as everybody in the organisation reads them: the feed, a moment's, one, its photo, thanks, the file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from assessments.export_files import write_csv
from improvements.choices import StoryKind
from improvements.limits import STORIES_A_PAGE
from improvements.models import StoryPhoto, StoryThanks
from improvements.stories.export import stories_table
from improvements.stories.feed import SEARCH_MAX, published_stories, search_stories, with_thanks
from improvements.stories.links import name_address
from improvements.stories.reviewing import take_thanks_back, thank_for
from improvements.stories.telling import waiting_stories_count
from improvements.views.story_lookup import may_change, story_for
from journeys.models import Journey
from journeys.views.lookup import moment_for

THANKERS_SHOWN = 30
PHOTO_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
@member_required(Action.TELL_STORIES)
def story_feed(request: OrgRequest) -> HttpResponse:
    """The newest first; found by words, journey and kind."""
    journeys = list(Journey.objects.in_organisation(request.organisation).order_by("title", "pk"))
    words, kind = request.GET.get("q", "")[:SEARCH_MAX], request.GET.get("kind", "")
    journey = next((one for one in journeys if str(one.pk) == request.GET.get("journey")), None)
    stories = search_stories(published_stories(request.organisation), words, journey=journey, kind=kind)
    page = Paginator(with_thanks(stories, request.user), STORIES_A_PAGE).get_page(request.GET.get("page"))
    asked = {"q": words, "journey": str(journey.pk) if journey else "", "kind": kind if kind in StoryKind else ""}
    asked = {name: value for name, value in asked.items() if value}
    context = {
        "section": "stories",
        "page": page,
        "journeys": journeys,
        "journey": journey,
        "words": words,
        "kind": kind,
        "kinds": StoryKind.choices,
        "query": urlencode(asked) + "&" if asked else "",
        "is_searched": bool(asked),
        "waiting_count": waiting_count(request),
    }
    response = render(request, "improvements/_feed.html" if request.htmx else "improvements/feed.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def waiting_count(request: OrgRequest) -> int:
    """For the tabs; who may not look at stories is told 0, which asks nothing."""
    return waiting_stories_count(request.organisation) if is_allowed(request.role, Action.REVIEW_STORIES) else 0


@require_safe
@member_required(Action.TELL_STORIES)
def moment_stories(request: OrgRequest, moment_id: int) -> HttpResponse:
    """What happened at one moment of a map."""
    moment = moment_for(request, moment_id)
    stories = with_thanks(published_stories(request.organisation).filter(moment=moment), request.user)
    page = Paginator(stories, STORIES_A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "stories", "moment": moment, "journey": moment.stage.journey, "page": page, "query": ""}
    return render(request, "improvements/moment_stories.html", context)


@require_safe
@member_required(Action.TELL_STORIES)
def story_page(request: OrgRequest, story_id: int) -> HttpResponse:
    """The whole story, who said thank you, and what its teller and reviewers may do with it."""
    story = story_for(request, story_id)
    thanks = StoryThanks.objects.filter(story=story).select_related("user")[:THANKERS_SHOWN]
    can_change = may_change(request, story)
    context = {
        "section": "stories",
        "story": story,
        "thankers": [str(one.user) for one in thanks],
        "can_change": can_change,
        "name_address": name_address(story) if can_change and story.who else "",
        "has_just_told": "told" in request.GET,
    }
    return render(request, "improvements/story.html", context)


@require_safe
@member_required(Action.TELL_STORIES)
def story_photo(request: OrgRequest, story_id: int) -> HttpResponse:
    """The pixels that were kept."""
    story = story_for(request, story_id)
    photo = StoryPhoto.objects.filter(story=story).first()
    if photo is None:
        raise Http404
    return HttpResponse(bytes(photo.content), "image/jpeg", headers=PHOTO_HEADERS)


@require_POST
@member_required(Action.TELL_STORIES)
def story_thank(request: OrgRequest, story_id: int) -> HttpResponse:
    """Say thank you, or with thanks=no take it back. Sent twice, it is said once."""
    story = story_for(request, story_id)
    is_thanked = request.POST.get("thanks") != "no"
    (thank_for if is_thanked else take_thanks_back)(story, request.user)
    if request.htmx:
        shown: Any = story
        shown.is_thanked, shown.thanks_count = is_thanked, StoryThanks.objects.filter(story=story).count()
        context = {"story": shown, "from_page": request.POST.get("from", "")}
        return render(request, "improvements/_thanks.html", context)
    return redirect(f"{_came_from(request, story.get_absolute_url())}#story-{story.pk}")


def _came_from(request: OrgRequest, otherwise: str) -> str:
    back = request.POST.get("from", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else otherwise


@require_safe
@member_required(Action.SEE_REPORTS)
def story_export(request: OrgRequest) -> HttpResponse:
    """All published stories as a table; names only of who still agrees."""
    content = write_csv(stories_table(published_stories(request.organisation)))
    name = _("stories")
    headers = {"Content-Disposition": f'attachment; filename="{name}-{request.organisation.slug}.csv"'}
    return HttpResponse(content, "text/csv; charset=utf-8", headers={**headers, "Cache-Control": "private, no-store"})
