"""Named versions: kept, looked at, laid side by side, restored."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.submissions import once_only
from journeys.board import board_of_rows
from journeys.history_forms import VersionForm
from journeys.models import Version
from journeys.side_by_side import Side
from journeys.snapshot import plan_of
from journeys.states import plan_of_state, rows_of_state
from journeys.versions import name_version, restore_version
from journeys.views.history import render_history
from journeys.views.lookup import gone_is_404, journey_for, version_beside, version_for
from journeys.views.variants import render_side_by_side


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def version_add(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Keep the journey as it is now under a name."""
    journey, form = journey_for(request, journey_id), VersionForm(request.POST)
    if not form.is_valid():
        return render_history(request, journey, version_form=form, status=422)
    with gone_is_404():
        version = name_version(journey, form.cleaned_data["name"])
    messages.success(request, _("“%s” is kept. You can look at it and restore it at any time.") % version.name)
    return redirect("journey_history", request.organisation.slug, journey.pk)


@require_safe
@member_required(Action.SEE_JOURNEYS)
def version_page(request: OrgRequest, version_id: int) -> HttpResponse:
    """The journey as it was: numbers, ladder and moments. Nothing here changes anything."""
    version = version_for(request, version_id)
    then, rows = rows_of_state(version.journey, version.state)
    context = {
        "section": "journeys",
        "journey": version.journey,
        "then": then,
        "version": version,
        "board": board_of_rows(then, rows),
        "others": _others(version),
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
    }
    return render(request, "journeys/history_version.html", context)


@require_safe
@member_required(Action.SEE_JOURNEYS)
def version_compare(request: OrgRequest, version_id: int) -> HttpResponse:
    """A version beside the one that `with` names, the older one left; without, beside the journey as it is today."""
    version, asked = version_for(request, version_id), request.GET.get("with", "")
    other = version_beside(version, asked) if asked else None
    if other:
        left, right = (_side(request, one) for one in sorted((version, other), key=lambda one: one.pk))
    else:
        today = Side(_("Today"), plan_of(version.journey), version.journey.get_absolute_url())
        left, right = _side(request, version), today
    more = {"journey": version.journey, "version": version, "others": _others(version), "other": other}
    return render_side_by_side(request, left, right, **more)


def _side(request: OrgRequest, version: Version) -> Side:
    address = reverse("version_page", args=[request.organisation.slug, version.pk])
    return Side(version.name, plan_of_state(version.journey, version.state), address)


def _others(version: Version) -> list[Version]:
    """The journey's other versions, the newest first, without what they hold."""
    return list(Version.objects.filter(journey=version.journey).exclude(pk=version.pk).defer("state"))


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def version_restore(request: OrgRequest, version_id: int) -> HttpResponse:
    """Make the journey what it was then: one step, that can be undone."""
    version = version_for(request, version_id)
    with gone_is_404():
        restore_version(version)
    messages.success(request, _("The journey is as in “%s” again. Undo this step to go back.") % version.name)
    return redirect("journey_history", request.organisation.slug, version.journey.pk)
