"""What if this moment were better: the page to try it on, and the scenarios that are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import version_in
from journeys import scenarios
from journeys.scenario_forms import ScenarioForm
from journeys.views.lookup import journey_for, scenario_for
from journeys.views.what_if_page import (
    Play,
    answer_play,
    page_address,
    play_asked,
    play_posted,
    play_saved,
    render_play,
)


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_what_if(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The ladder to play on, as asked for by the address; for htmx the figures alone."""
    return answer_play(request, play_asked(request, journey_for(request, journey_id)))


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def scenario_add(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Keep what is shown under a name."""
    play = play_posted(request, journey_for(request, journey_id))
    form = play.form
    if not form.is_valid():
        return render_play(request, play, status=422)
    try:
        saved = scenarios.create_scenario(
            play.journey, request.user, form.cleaned_data["name"], play.targets, form.percent
        )
    except scenarios.NameTaken:
        return _refuse_name(request, play, form)
    except scenarios.TooManyScenarios:
        words = _("A journey keeps at most %d scenarios. Delete one first.") % scenarios.SCENARIOS_MAX
        form.add_error("name", words)
        return render_play(request, play, status=422)
    messages.success(request, _("Kept as “%s”.") % saved.name)
    return redirect(page_address(play.journey, scenario=saved))


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def scenario_edit(request: OrgRequest, scenario_id: int) -> HttpResponse:
    """Save what is shown, and the name, into a scenario; over somebody else's newer one it answers 409."""
    scenario = scenario_for(request, scenario_id)
    play = play_posted(request, scenario.journey, scenario)
    form = play.form
    if not form.is_valid():
        return render_play(request, play, status=422)
    try:
        scenarios.change_scenario(
            scenario,
            version_in(request.POST),
            form.cleaned_data["name"],
            play.targets,
            form.percent,
        )
    except scenarios.NameTaken:
        return _refuse_name(request, play, form)
    except scenarios.ScenarioStale:
        words = _("Somebody else changed this scenario meanwhile. Keep yours as a new one, under another name.")
        form.add_error("name", words)
        return render_play(request, play, status=409)
    messages.success(request, _("Saved."))
    return redirect(page_address(play.journey, scenario=scenario))


def _refuse_name(request: OrgRequest, play: Play, form: ScenarioForm) -> HttpResponse:
    form.add_error("name", _("There is a scenario of this name already. Choose another one."))
    return render_play(request, play, status=422)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def scenario_remove(request: OrgRequest, scenario_id: int) -> HttpResponse:
    """Delete a scenario; what it said stays on the page under its name, ready to be kept again."""
    scenario = scenario_for(request, scenario_id)
    play = play_saved(request, scenario.journey, scenario)
    scenario.delete()
    messages.success(
        request, _("“%s” is deleted. It is still shown here: keep it again if that was a mistake.") % scenario.name
    )
    return redirect(page_address(play.journey, play.targets, play.form.percent, name=scenario.name))
