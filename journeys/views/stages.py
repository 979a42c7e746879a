"""Adding, renaming, moving and taking off stages."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from journeys.forms import TitleForm
from journeys.removals import remove_stage
from journeys.sequence import SequenceFull, append_stage, move_stage, rename_stage
from journeys.views.lookup import gone_is_404, journey_for, stage_for
from journeys.views.map_page import answer_change, full_message


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def stage_add(request: OrgRequest, journey_id: int) -> HttpResponse:
    """A new last stage, open for its first moment."""
    journey, form = journey_for(request, journey_id), TitleForm(request.POST)
    if not form.is_valid():
        return answer_change(request, journey, stage_form=form, status=422)
    try:
        with gone_is_404():
            stage = append_stage(journey, form.cleaned_data["title"])
    except SequenceFull:
        form.add_error("title", full_message())
        return answer_change(request, journey, stage_form=form, status=422)
    return answer_change(request, journey, adding=stage, adding_id=stage.pk)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def stage_rename(request: OrgRequest, stage_id: int) -> HttpResponse:
    """Another title for a stage."""
    stage, form = stage_for(request, stage_id), TitleForm(request.POST)
    if not form.is_valid():
        return answer_change(request, stage.journey, renaming_id=stage.pk, rename_form=form, status=422)
    with gone_is_404():
        event = rename_stage(stage, form.cleaned_data["title"])
    return answer_change(request, stage.journey, said=_("Renamed."), event=event)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def stage_move(request: OrgRequest, stage_id: int) -> HttpResponse:
    """One place earlier or later, with all its moments."""
    stage = stage_for(request, stage_id)
    step = 1 if request.POST.get("direction") == "later" else -1
    with gone_is_404():
        event = move_stage(stage, stage.position + step)
    return answer_change(request, stage.journey, said=_("“%s” moved.") % stage.title, event=event)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def stage_remove(request: OrgRequest, stage_id: int) -> HttpResponse:
    """Take a stage and its moments off the map; the answer offers to bring them back."""
    stage = stage_for(request, stage_id)
    with gone_is_404():
        event = remove_stage(stage)
    return answer_change(request, stage.journey, event=event)
