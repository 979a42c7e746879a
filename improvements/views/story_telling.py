"""Telling a story with an account, and telling it otherwise."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import version_in
from improvements.models import Story
from improvements.stories.forms import StoryForm
from improvements.stories.kinds import FORMS, typed_of
from improvements.stories.places import places_of
from improvements.stories.prompts import story_prompts
from improvements.stories.telling import Stale, Told, change_story, tell_story
from improvements.views.story_asking import asked_form, is_only_asking
from improvements.views.story_lookup import own_story_for
from journeys.teams import list_teams

TEAMS_OFFERED = 100


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.TELL_STORIES)
def story_tell(request: OrgRequest) -> HttpResponse:
    """The form; what a member tells is shown at once."""
    form = asked_form(request, request.organisation)
    if request.method != "POST" or is_only_asking(request):
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    return _store(request, form.told())


@once_only
def _store(request: OrgRequest, told: Told) -> HttpResponse:
    """Apart from reading the form, whose photo takes a while to open: no transaction waits for it."""
    language = request.user.language or get_language() or "en"
    story = tell_story(request.organisation, told, request.user, language)
    messages.success(request, _("Thank you for telling it. Your colleagues can read it now."))
    return redirect(f"{story.get_absolute_url()}?told")


def _show(request: OrgRequest, form: StoryForm, status: int = 200) -> HttpResponse:
    context = {"section": "stories", "form": form, "prompts": story_prompts(), "teams": _offer_teams(request, form)}
    return render(request, "improvements/tell.html", context, status=status)


def _offer_teams(request: OrgRequest, form: StoryForm) -> list[str]:
    """The teams of the maps, to pick from while one types, so that a team finds its own stories."""
    names = [team.name for team in list_teams(request.organisation)[:TEAMS_OFFERED]]
    if names:
        form.fields["team"].widget.attrs["list"] = "team-names"
    return names


@require_safe
@member_required(Action.TELL_STORIES)
def story_moments(request: OrgRequest) -> HttpResponse:
    """The moments of the journey that was just chosen, as a field of the form."""
    form = asked_form(request, request.organisation)
    return render(request, "improvements/_moment_field.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.TELL_STORIES)
def story_edit(request: OrgRequest, story_id: int) -> HttpResponse:
    """Tell it otherwise: its teller, and lightly who looks at stories. A stale one gets 409 with both texts."""
    story = own_story_for(request, story_id)
    form = _edit_form(request, story)
    if request.method != "POST" or is_only_asking(request):
        return _show_edit(request, story, form)
    if not form.is_valid():
        return _show_edit(request, story, form, status=422)
    try:
        change_story(story, form.told(), version_in(request.POST))
    except Stale:
        return _show_edit(request, story, form, status=409, is_stale=True)
    messages.success(request, _("Saved."))
    return redirect(story)


def _edit_form(request: OrgRequest, story: Story) -> StoryForm:
    has_photo = getattr(story, "photo", None) is not None
    if request.method == "POST":
        return asked_form(request, request.organisation, kind=story.kind, has_photo=has_photo)
    typed = typed_of(story)
    places = places_of(request.organisation, typed["journey"])
    return FORMS[story.kind](places=places, has_photo=has_photo, initial=typed)


def _show_edit(request: OrgRequest, story: Story, form: StoryForm, status: int = 200, **more: Any) -> HttpResponse:
    """A form that was refused for being stale carries the new version, so that sending it again is a choice."""
    version = story.version if request.method != "POST" or more.get("is_stale") else version_in(request.POST)
    teams = _offer_teams(request, form)
    context = {"section": "stories", "story": story, "form": form, "version": version, "teams": teams, **more}
    return render(request, "improvements/story_edit.html", context, status=status)
