"""The link by which anybody tells a story: made, shown, printed, changed, renewed, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.security import private_page
from improvements.models import StoryLink
from improvements.stories.links import make_link, renew_link, revoke_link, story_link_words, working_link
from improvements.stories.telling import waiting_stories_count


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.REVIEW_STORIES)
def story_link(request: OrgRequest) -> HttpResponse:
    """GET shows the link, POST makes it where there is none."""
    if request.method == "POST":
        make_link(request.organisation, request.user)
        return redirect("story_link", request.organisation.slug)
    link = working_link(request.organisation)
    context = {
        "section": "stories",
        "link": link,
        "words": story_link_words(link) if link else None,
        "waiting_count": waiting_stories_count(request.organisation),
    }
    return render(request, "improvements/link.html", context)


@private_page
@require_POST
@member_required(Action.REVIEW_STORIES)
def story_link_offer(request: OrgRequest) -> HttpResponse:
    """Whether the page of the link lists journeys and moments."""
    offers = request.POST.get("offers_journeys") == "on"
    StoryLink.objects.in_organisation(request.organisation).filter(revoked_at=None).update(offers_journeys=offers)
    said = _("The page lists journeys and moments.") if offers else _("The page lists no journey and no moment.")
    messages.success(request, said)
    return redirect("story_link", request.organisation.slug)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.REVIEW_STORIES)
def story_link_end(request: OrgRequest) -> HttpResponse:
    """GET asks, POST ends the link; with renew=yes another takes its place."""
    link, is_renewed = working_link(request.organisation), "renew" in request.GET or "renew" in request.POST
    if link is None:
        return redirect("story_link", request.organisation.slug)
    if request.method != "POST":
        return render(request, "improvements/link_end.html", {"section": "stories", "is_renewed": is_renewed})
    if is_renewed:
        link.organisation = request.organisation
        renew_link(link, request.user)
        messages.success(request, _("Here is the new link. The old one takes no story any more."))
    else:
        revoke_link(link)
        messages.success(request, _("The link is revoked. The stories told by it stay."))
    return redirect("story_link", request.organisation.slug)


@private_page
@require_safe
@member_required(Action.REVIEW_STORIES)
def story_link_screen(request: OrgRequest) -> HttpResponse:
    """The code over the whole screen of a meeting room, or on a sheet of paper."""
    link = working_link(request.organisation)
    if link is None:
        return redirect("story_link", request.organisation.slug)
    return render(request, "improvements/link_screen.html", {"words": story_link_words(link)})
