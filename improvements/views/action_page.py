"""One action: where it stands, whether it worked, what happened to it; done, dropped, deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action as May
from accounts.access import OrgRequest, is_allowed, member_required
from accounts.typed_numbers import version_in
from improvements.actions.changing import StaleAction, change_action
from improvements.actions.effect_words import effect_rows, say_effect, whose
from improvements.actions.effects import effect_of
from improvements.actions.figures import figures_of
from improvements.actions.forms import DoneForm, DropForm
from improvements.actions.history_lines import lines_of
from improvements.actions.idea_words import words_of_idea
from improvements.choices import ActionState
from improvements.fields import PlainForm
from improvements.models import Action, ActionEvent
from improvements.views.action_board import event_to_undo
from improvements.views.action_head import private
from improvements.views.action_lookup import action_for, action_to_answer_for, may_answer
from journeys.models import Moment


@require_safe
@member_required(May.SEE_ACTIONS)
def action_page(request: OrgRequest, action_id: int) -> HttpResponse:
    """All of one action. Figures of rounds stand there for those alone who may see results."""
    action = action_for(request, action_id)
    events = ActionEvent.objects.filter(action=action)
    context = {
        "section": "actions",
        "action": action,
        "is_overdue": action.is_overdue(timezone.localdate()),
        "states": [state for state in ActionState if state not in (ActionState.DONE, ActionState.DROPPED)],
        "can_edit": is_allowed(request.role, May.EDIT_ACTIONS),
        "can_answer": may_answer(request, action),
        "is_on_map": action.moment_id and Moment.objects.filter(pk=action.moment_id).exists(),
        "event": event_to_undo(request),
        "lines": lines_of(action, events),
        **_figures(request, action),
    }
    return private(render(request, "improvements/action_page.html", context))


def _figures(request: OrgRequest, action: Action) -> dict[str, Any]:
    if not is_allowed(request.role, May.SEE_RESULTS):
        return {}
    effect = effect_of(action)
    told = {"sentence": say_effect(effect), "rows": effect_rows(effect), "whose": whose(effect)} if effect else None
    return {
        "figures": figures_of([action]).get(action.pk),
        "effect": told,
        "idea_words": words_of_idea(action.idea) if action.idea else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(May.SEE_ACTIONS)
def action_drop(request: OrgRequest, action_id: int) -> HttpResponse:
    """GET asks why, POST drops it."""
    action = action_to_answer_for(request, action_id)
    form = DropForm(request.POST if request.method == "POST" else None)
    return _answer(request, action, form, "drop", {"state": ActionState.DROPPED})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(May.SEE_ACTIONS)
def action_done(request: OrgRequest, action_id: int) -> HttpResponse:
    """GET asks when it was done and what to tell of it, POST writes that down; also of what is done already."""
    action = action_to_answer_for(request, action_id)
    first = {
        "done_on": action.done_on or timezone.localdate(),
        "did": action.did,
        "said": action.said,
        "is_told": action.is_told or (action.state != ActionState.DONE and bool(action.idea_id or action.said)),
    }
    form = DoneForm(request.POST) if request.method == "POST" else DoneForm(initial=first)
    return _answer(request, action, form, "done", {"state": ActionState.DONE})


def _answer(request: OrgRequest, action: Action, form: PlainForm, name: str, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            event = change_action(action, version_in(request.POST, action.version), {**values, **form.cleaned_data})
            return redirect(f"{action.get_absolute_url()}?did={event.pk}" if event else action.get_absolute_url())
        except ValidationError as refusal:
            form.add_error(None, refusal)
            status = 422
        except StaleAction as stale:
            problem = _("Somebody else changed this action meanwhile. It is now: %s. Look, then press again.")
            form.add_error(None, problem % stale.theirs.get_state_display())
            action, status = stale.theirs, 409
    context = {"section": "actions", "action": action, "form": form,
               "idea_words": words_of_idea(action.idea) if name == "done" and action.idea else None}  # fmt: skip
    return private(render(request, f"improvements/action_{name}.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(May.EDIT_ACTIONS)
def action_delete(request: OrgRequest, action_id: int) -> HttpResponse:
    """GET asks, POST deletes it with its history: for what was made by mistake."""
    action = action_for(request, action_id)
    if request.method != "POST":
        return private(render(request, "improvements/action_delete.html", {"section": "actions", "action": action}))
    what = action.what
    action.delete()
    messages.success(request, _("“%s” is deleted.") % what)
    return redirect("action_board", request.organisation.slug)
