"""What who looks at stories does: the queue, publish, decline, feature; and a name that is taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from improvements.choices import StoryState
from improvements.limits import STORIES_A_PAGE
from improvements.models import Story
from improvements.stories.decline_forms import DeclineForm
from improvements.stories.feed import with_relations
from improvements.stories.links import working_link
from improvements.stories.naming import withdraw_name
from improvements.stories.reviewing import decline_story, delete_story, feature_story, publish_story, unfeature_story
from improvements.stories.telling import waiting_stories_count
from improvements.views.story_lookup import own_story_for, story_for


@require_safe
@member_required(Action.REVIEW_STORIES)
def story_review(request: OrgRequest) -> HttpResponse:
    """What waits, the oldest first; with ?show=declined what was not published, the newest first."""
    shows_declined = request.GET.get("show") == "declined"
    state = StoryState.DECLINED if shows_declined else StoryState.WAITING
    stories = with_relations(Story.objects.in_organisation(request.organisation).filter(state=state))
    ordered = stories.order_by("-reviewed_at", "-pk") if shows_declined else stories.order_by("told_at", "pk")
    context = {
        "section": "stories",
        "page": Paginator(ordered, STORIES_A_PAGE).get_page(request.GET.get("page")),
        "shows_declined": shows_declined,
        "query": "show=declined&" if shows_declined else "",
        "link": working_link(request.organisation),
        "waiting_count": waiting_stories_count(request.organisation),
    }
    return render(request, "improvements/review.html", context)


@require_POST
@member_required(Action.REVIEW_STORIES)
def story_publish(request: OrgRequest, story_id: int) -> HttpResponse:
    """From now on everybody reads it. Back to the queue, where the next one waits."""
    story = story_for(request, story_id)
    if publish_story(story, request.user):
        messages.success(request, _("Published. Everybody in %s can read it.") % request.organisation)
    return _back(request, story)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.REVIEW_STORIES)
def story_decline(request: OrgRequest, story_id: int) -> HttpResponse:
    """GET asks why, POST keeps it off every page."""
    story = story_for(request, story_id)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"section": "stories", "story": story, "form": form}
        return render(request, "improvements/story_decline.html", context, status=422 if form.errors else 200)
    decline_story(story, request.user, form.cleaned_data["reason"])
    messages.success(request, _("Not published. It stays under “Not published”, where you can publish it after all."))
    return redirect("story_review", request.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.REVIEW_STORIES)
def story_delete(request: OrgRequest, story_id: int) -> HttpResponse:
    """GET asks, POST forgets a story that is not published, with all that hangs on it. Published ones leave first."""
    story = story_for(request, story_id)
    if story.is_published:
        return redirect(story)
    if request.method != "POST":
        return render(request, "improvements/story_delete.html", {"section": "stories", "story": story})
    delete_story(story)
    messages.success(request, _("The story is deleted."))
    return redirect("story_review", request.organisation.slug)


def _back(request: OrgRequest, story: Story) -> HttpResponse:
    return (
        redirect("story_review", request.organisation.slug) if request.POST.get("from") == "review" else redirect(story)
    )


@require_POST
@member_required(Action.REVIEW_STORIES)
def story_feature(request: OrgRequest, story_id: int) -> HttpResponse:
    """Let it stand for its journey, or with featured=no no longer."""
    story = story_for(request, story_id)
    if request.POST.get("featured") == "no":
        unfeature_story(story)
        messages.success(request, _("No story stands for this journey now."))
    elif feature_story(story):
        messages.success(request, _("This story stands for “%s” now, instead of any before.") % story.journey)
    else:
        messages.error(request, _("Only a published story of a journey can be featured. Edit it and choose a journey."))
    return redirect(story)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.TELL_STORIES)
def story_unname(request: OrgRequest, story_id: int) -> HttpResponse:
    """GET asks, POST takes the name out; its teller, and who looks at stories."""
    story = own_story_for(request, story_id)
    if not story.who:
        return redirect(story)
    if request.method != "POST":
        return render(request, "improvements/story_unname.html", {"section": "stories", "story": story})
    if withdraw_name(story, drops_photo="drops_photo" in request.POST):
        messages.success(request, _("The name is taken out. The story stays."))
    return redirect(story)
