"""All comments of a journey, who may comment on it, and whom one can mention."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from journeys.comment_forms import CommenterForm
from journeys.comments import invite_to_comment, may_comment, people_of
from journeys.mentions import typed_for
from journeys.models import Comment, Journey, Moment
from journeys.threads import Thread, read_threads
from journeys.views.lookup import comment_invitation_for, journey_for

SUGGESTIONS_MAX = 8


@require_safe
@member_required(Action.SEE_JOURNEYS)
def comment_list(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Every comment: open ones by moment, those of moments that were taken off behind them, resolved ones last."""
    return _list_page(request, journey_for(request, journey_id))


def _list_page(request: OrgRequest, journey: Journey, status: int = 200, **more: Any) -> HttpResponse:
    threads = read_threads(Comment.objects.filter(journey=journey), request.user, request.role)
    open_threads = [thread for thread in threads if thread.comment.resolved_at is None]
    may_manage = is_allowed(request.role, Action.EDIT_JOURNEYS)
    context = {
        "section": "journeys",
        "journey": journey,
        "by_moment": _by_moment(journey, open_threads),
        "resolved": [thread for thread in threads if thread.comment.resolved_at is not None],
        "may_comment": may_comment(journey, request.user, request.role),
        "may_manage": may_manage,
        "invitations": journey.comment_invitations.select_related("user") if may_manage else (),
        "commenter_form": _commenter_form(request, journey) if may_manage else None,
        **more,
    }
    return render(request, "journeys/comment_list.html", context, status=status)


def _by_moment(journey: Journey, threads: list[Thread]) -> list[tuple[Moment | None, str, list[Thread]]]:
    """Threads by moment in the map's order; at the end, without a moment, those of each that was taken off."""
    moments = {moment.pk: moment for moment in Moment.objects.filter(stage__journey=journey).order_by(
        "stage__position", "position"
    )}  # fmt: skip
    groups: dict[int, list[Thread]] = {pk: [] for pk in moments}
    for thread in threads:
        groups.setdefault(thread.comment.moment_id, []).append(thread)
    return [
        (moments.get(pk), moments[pk].title if pk in moments else group[-1].comment.moment_title, group)
        for pk, group in groups.items()
        if group
    ]


def _commenter_form(request: OrgRequest, journey: Journey, data: Any = None) -> CommenterForm:
    return CommenterForm(data, journey=journey, organisation=request.organisation)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def commenter_add(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Let a member of the staff comment on this journey. Twice is once."""
    journey = journey_for(request, journey_id)
    form = _commenter_form(request, journey, request.POST)
    if not form.is_valid():
        return _list_page(request, journey, 422, commenter_form=form)
    person = form.cleaned_data["person"]
    invite_to_comment(journey, person, request.user)
    messages.success(request, _("%s may comment on this journey from now on.") % person)
    return redirect("comment_list", request.organisation.slug, journey.pk)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def commenter_remove(request: OrgRequest, comment_invitation_id: int) -> HttpResponse:
    """Somebody may no longer comment; what was said stays."""
    invitation = comment_invitation_for(request, comment_invitation_id)
    invitation.delete()
    messages.success(request, _("%s may no longer comment on this journey.") % invitation.user)
    return redirect("comment_list", request.organisation.slug, invitation.journey_id)


@require_safe
@member_required(Action.SEE_JOURNEYS)
def mention_suggest(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Members whose name or address has a word that starts with `q`: what to show, and what to type behind the @."""
    journey = journey_for(request, journey_id)
    if not may_comment(journey, request.user, request.role):
        raise PermissionDenied
    asked = request.GET.get("q", "").casefold()
    people = people_of(journey)
    fitting = [
        person
        for person in sorted(people, key=lambda person: (person.name.casefold(), person.email))
        if any(words.startswith(asked) for words in _beginnings(person.name, person.email))
    ]
    return JsonResponse(
        {
            "people": [
                {"name": person.name or person.email, "typed": typed_for(person, people)}
                for person in fitting[:SUGGESTIONS_MAX]
            ]
        }
    )


def _beginnings(name: str, email: str) -> list[str]:
    words = name.casefold().split()
    return [email.casefold(), *(" ".join(words[place:]) for place in range(len(words)))]
