"""How people come in who tell a story without an account, or are named in one. Wrong words of any kind end alike."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from accounts.passes import go_without_words
from accounts.security import private_page
from assessments.asking import Asking
from assessments.views.opening import swap_words
from assessments.views.ways import respondent
from improvements.models import Story, StoryLink
from improvements.stories.links import find_by_words, name_of, working_link
from improvements.views.story_passes import in_language, let_in


@csrf_exempt  # changes nothing, and a refusal would write the words into the log
@login_not_required
@private_page
@sensitive_variables("words")
def story_open(request: HttpRequest, words: str) -> HttpResponse:
    """Swap a token or a typed code for a pass that no address, log or referrer shows. A redirect in every case."""
    return swap_words(request, words, find_by_words, _let_in, lost="story_lost")


def _let_in(found: StoryLink | Story) -> HttpResponse:
    response = go_without_words("story_name" if isinstance(found, Story) else "story_tell_open", name_of(found))
    let_in(response, found)
    return response


@respondent
@require_safe
def story_after(request: HttpRequest, asking: Asking) -> HttpResponse:
    """From a round's page of thanks: on to the organisation's link. Nothing of the round comes along."""
    link = working_link(asking.way.round.organisation)
    return _let_in(link) if link else redirect("story_lost")


@login_not_required
@private_page
@require_safe
def story_lost(request: HttpRequest) -> HttpResponse:
    """Where all words lead that open nothing, revoked links, and devices without a pass."""
    return in_language(request, lambda: render(request, "improvements/tell_lost.html", status=404))
