"""An action made from a moment, an idea, a comment, a story or a journey, and changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Action as May
from accounts.access import OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import version_in
from improvements.actions.changing import Origin, StaleAction, change_action, make_action
from improvements.actions.figures import figures_of_moment
from improvements.actions.forms import ActionForm, values_of
from improvements.actions.history_lines import Shown
from improvements.actions.rows import people_of
from improvements.models import Action
from improvements.views.action_head import private
from improvements.views.action_lookup import action_for, origin_for
from journeys.choices import Decision
from journeys.limits import TITLE_MAX
from journeys.models import Journey, Moment

SOURCES = ("moment", "idea", "comment", "story", "journey")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(May.EDIT_ACTIONS)
@once_only
def action_create(request: OrgRequest) -> HttpResponse:
    """`moment`, `idea`, `comment`, `story` or `journey` name what it is about; without any, a journey is chosen."""
    named = request.POST if request.method == "POST" else request.GET
    origin = origin_for(request, named)
    if origin is None:
        return _choose(request)
    if request.method == "POST":
        form = ActionForm(request.POST, organisation=request.organisation)
        if form.is_valid():
            action = make_action(request.organisation, origin, form.values())
            messages.success(request, _("“%s” stands on the board.") % action.what)
            return redirect(action)
    else:
        form = ActionForm(organisation=request.organisation, initial=_prefilled(request, origin))
    return _page(request, form, origin=origin, sources=[(name, named[name]) for name in SOURCES if named.get(name)])


def _choose(request: OrgRequest) -> HttpResponse:
    journeys = Journey.objects.in_organisation(request.organisation).filter(archived_at=None)
    context = {"section": "actions", "journeys": list(journeys.only("pk", "title", "language"))}
    return private(render(request, "improvements/action_choose.html", context))


def _prefilled(request: OrgRequest, origin: Origin) -> dict[str, Any]:
    """The idea's own words, the moment's decision, and the level that it has by the newest figures."""
    initial: dict[str, Any] = {"owner": request.user.pk}
    if origin.idea:
        initial["what"] = Truncator(" ".join(origin.idea.text.split())).chars(TITLE_MAX)
    if origin.moment_id is None:
        return initial
    figures = figures_of_moment(origin.journey.pk, origin.moment_id)
    decision = Moment.objects.filter(pk=origin.moment_id).values_list("decision", flat=True).first()
    if decision == Decision.ELIMINATE:
        initial["decision"] = Decision.ELIMINATE
    if figures and figures.nearest_level:
        initial["level_from"] = figures.nearest_level
        initial["level_to"] = min(6, figures.nearest_level + 1)
    return initial


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(May.EDIT_ACTIONS)
def action_edit(request: OrgRequest, action_id: int) -> HttpResponse:
    """Its words, owner, date, levels and effort; 409 with both texts where somebody else was quicker."""
    action = action_for(request, action_id)
    if request.method != "POST":
        form = ActionForm(organisation=request.organisation, action=action, initial=values_of(action))
        return _page(request, form, action=action, version=action.version)
    form = ActionForm(request.POST, organisation=request.organisation, action=action)
    version = version_in(request.POST, action.version)
    if not form.is_valid():
        return _page(request, form, action=action, version=version)
    try:
        event = change_action(action, version, form.values())
    except StaleAction as stale:
        differences = _differences(stale.theirs, form)
        return _page(request, form, action=action, version=stale.theirs.version, differences=differences, status=409)
    return redirect(f"{action.get_absolute_url()}?did={event.pk}" if event else action.get_absolute_url())


def _differences(theirs: Action, form: ActionForm) -> list[tuple[str, str, str]]:
    """Label, mine and theirs of each field that differs."""
    mine, names = form.values(), dict(people_of(theirs.organisation))
    differing = [Shown(name, names) for name in mine if mine[name] != getattr(theirs, name)]
    return [(it.label, it.say(mine[it.column]), it.say(getattr(theirs, it.column))) for it in differing]


def _page(request: OrgRequest, form: ActionForm, status: int = 0, **context: Any) -> HttpResponse:
    status = status or (422 if form.is_bound and form.errors else 200)
    context = {"section": "actions", "form": form, **context}
    return private(render(request, "improvements/action_form.html", context, status=status))
