"""One moment: shown, added, changed, moved and taken off."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import whole_number
from journeys import sequence
from journeys.forms import MomentForm, TitleForm
from journeys.models import Event, Moment
from journeys.removals import remove_moment
from journeys.views.lookup import gone_is_404, moment_for, stage_for
from journeys.views.map_page import (
    answer_change,
    answer_panel,
    answer_saved,
    full_message,
    map_context,
    page_address,
    render_map,
)
from journeys.views.reader import filter_in_use
from journeys.views.stale import differences_between

FIRST_SECONDS = 60.0


@require_safe
@member_required(Action.SEE_JOURNEYS)
def moment_panel(request: OrgRequest, moment_id: int) -> HttpResponse:
    """The panel of one moment; without htmx the page with that moment chosen."""
    return answer_panel(request, moment_for(request, moment_id).stage.journey, moment_id)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def moment_add(request: OrgRequest, stage_id: int) -> HttpResponse:
    """A new moment behind the one named by `after`, or last in its stage; the form stays open for the next."""
    stage, form = stage_for(request, stage_id), TitleForm(request.POST)
    if not form.is_valid():
        return answer_change(request, stage.journey, adding=stage, adding_id=stage.pk, add_form=form, status=422)
    after = Moment.objects.filter(stage=stage, pk=_number_or_0(request.POST.get("after"))).first()
    try:
        with gone_is_404():
            moment = sequence.append_moment(
                stage, after, title=form.cleaned_data["title"], seconds=FIRST_SECONDS, contacts_per_customer=1
            )
    except sequence.SequenceFull:
        form.add_error("title", full_message())
        return answer_change(request, stage.journey, adding=stage, adding_id=stage.pk, add_form=form, status=422)
    return answer_change(request, stage.journey, moment.pk, placed_id=moment.pk, adding=stage, adding_id=stage.pk)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def moment_edit(request: OrgRequest, moment_id: int) -> HttpResponse:
    """Save the panel. A write over somebody else's newer one answers 409 with both texts and a choice."""
    moment = moment_for(request, moment_id)
    journey, form = moment.stage.journey, MomentForm(request.POST, instance=copy(moment))
    if not form.is_valid():
        return _answer_invalid(request, moment, form)
    if request.htmx and not form.has_changed():
        return HttpResponse(status=204)
    version = _number_or_0(request.POST.get("keep") or request.POST.get("version"))
    try:
        sequence.change_moment(moment, version, **form.cleaned_data)
    except sequence.StaleWrite:
        moment.refresh_from_db()
        return _answer_stale(request, moment, form)
    if not request.htmx:
        return redirect(page_address(journey, moment.pk, chosen=filter_in_use(request, journey)))
    return answer_saved(request, journey, moment, form)


def _answer_invalid(request: OrgRequest, moment: Moment, form: MomentForm) -> HttpResponse:
    if not request.htmx:
        return render_map(request, moment.stage.journey, moment.pk, form=form, status=422)
    response = render(request, "journeys/_not_saved.html", {"form": form}, status=422)
    response["HX-Reswap"] = "none"
    return response


def _answer_stale(request: OrgRequest, theirs: Moment, form: MomentForm) -> HttpResponse:
    stale: dict[str, Any] = {"version": theirs.version, "differences": differences_between(theirs, form)}
    journey = theirs.stage.journey
    if not request.htmx:
        return render_map(request, journey, theirs.pk, form=form, stale=stale, status=409)
    context = {**map_context(request, journey, theirs.pk, form=form), "stale": stale}
    response = render(request, "journeys/_stale.html", context, status=409)
    response["HX-Reswap"] = "none"
    return response


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def moment_move(request: OrgRequest, moment_id: int) -> HttpResponse:
    """Move a moment to a `stage` and `position` (counted from 0), or by a `direction`; `open`: the panel's moment."""
    moment = moment_for(request, moment_id)
    with gone_is_404():
        event = _move(request, moment)
    open_id, said = _number_or_0(request.POST.get("open")), _("“%s” moved.") % moment.title
    placed_id = moment.pk if event else None
    return answer_change(request, moment.stage.journey, open_id, placed_id=placed_id, said=said, event=event)


def _move(request: OrgRequest, moment: Moment) -> Event | None:
    direction = request.POST.get("direction", "")
    if direction in ("earlier", "later"):
        return sequence.step_moment(moment, 1 if direction == "later" else -1)
    if direction in ("stage_before", "stage_after"):
        return sequence.change_stage(moment, 1 if direction == "stage_after" else -1)
    stage = stage_for(request, request.POST.get("stage", ""))
    if stage.journey_id != moment.stage.journey_id:
        raise Http404
    return sequence.move_moment(moment, stage, _number_or_0(request.POST.get("position")))


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def moment_remove(request: OrgRequest, moment_id: int) -> HttpResponse:
    """Take a moment off the map; the answer offers to bring it back."""
    moment = moment_for(request, moment_id)
    journey = moment.stage.journey
    with gone_is_404():
        event = remove_moment(moment)
    return answer_change(request, journey, event=event, gone_id=moment_id)


def _number_or_0(text: str | None) -> int:
    return whole_number(text) or 0
