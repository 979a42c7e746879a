"""The board of actions, the list by owner, and a step from one state to the next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import Action as May
from accounts.access import OrgRequest, is_allowed, member_required
from accounts.typed_numbers import whole_number
from improvements.actions import rows as action_rows
from improvements.actions.changing import CannotUndo, StaleAction, change_action, undo_event
from improvements.actions.effect_words import with_verdicts
from improvements.actions.filter import read_filter
from improvements.choices import ActionState
from improvements.models import Action, ActionEvent, OwnerMailRefusal
from improvements.views.action_head import head_of, private
from improvements.views.action_lookup import action_event_for, action_to_answer_for

ROWS_A_PAGE = 100


@require_safe
@member_required(May.SEE_ACTIONS)
def action_board(request: OrgRequest) -> HttpResponse:
    """Actions by state. `journey`, `owner` and `overdue` choose; `did` names a step that can be taken back."""
    return show_board(request, event=event_to_undo(request))


def show_board(request: OrgRequest, status: int = 200, **more: Any) -> HttpResponse:
    """The page, or its columns and the word at the edge for htmx."""
    chosen, day = read_filter(request.GET), timezone.localdate()
    rows = action_rows.actions_of(request.organisation, chosen, day)
    context = {
        **head_of(request, chosen, "board"),
        "columns": action_rows.board_of(rows, day, with_figures=is_allowed(request.role, May.SEE_RESULTS)),
        "states": ActionState,
        **more,
    }
    page = "improvements/_action_board_changed.html" if request.htmx else "improvements/action_board.html"
    return private(render(request, page, context, status=status))


@require_safe
@member_required(May.SEE_ACTIONS)
def action_list(request: OrgRequest) -> HttpResponse:
    """Open actions by owner; `ended` shows those that are done or dropped, the newest first."""
    chosen, day = read_filter(request.GET), timezone.localdate()
    rows, shows_ended = action_rows.actions_of(request.organisation, chosen, day), request.GET.get("ended") == "yes"
    found = action_rows.ended_in_order(rows) if shows_ended else action_rows.open_in_order_of_owner(rows)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    cards = action_rows.cards_of(list(page.object_list), day, with_figures=is_allowed(request.role, May.SEE_RESULTS))
    if shows_ended and is_allowed(request.role, May.SEE_RESULTS):
        cards = with_verdicts(cards)
    context = {
        **head_of(request, chosen, "list"),
        "page": page,
        "shows_ended": shows_ended,
        "owned": [] if shows_ended else action_rows.parted_by_owner(cards),
        "cards": cards,
        "gets_mail": not OwnerMailRefusal.objects.filter(user=request.user).exists(),
    }
    return private(render(request, "improvements/action_list.html", context))


@require_POST
@member_required(May.SEE_ACTIONS)
def action_move(request: OrgRequest, action_id: int) -> HttpResponse:
    """Another state, for `version` of the action. Done and dropped first ask for their words where they need some."""
    action, state = action_to_answer_for(request, action_id), request.POST.get("state", "")
    if state == ActionState.DROPPED:
        return _go(request, reverse("action_drop", args=[request.organisation.slug, action.pk]))
    if state not in ActionState.values:
        return show_board(request, status=422, problem=_("Choose a state from the list."))
    try:
        event = change_action(action, whole_number(request.POST.get("version")), {"state": state})
    except StaleAction as stale:
        if stale.theirs.state != state:
            return _stale(request, stale.theirs)
        event = None  # sent twice, or two had the same thought
    return _moved(request, action, event)


def _moved(request: OrgRequest, action: Action, event: ActionEvent | None) -> HttpResponse:
    if request.htmx:
        return show_board(request, event=event, moved=action.pk)
    step = f"did={event.pk}" if event else ""
    if request.POST.get("from") == "page":
        return redirect(f"{action.get_absolute_url()}?{step}")
    kept = [part for part in (read_filter(request.GET).query, step) if part]
    return redirect(f"{reverse('action_board', args=[request.organisation.slug])}?{'&'.join(kept)}")


def _stale(request: OrgRequest, theirs: Action) -> HttpResponse:
    words = {"what": theirs.what, "state": theirs.get_state_display()}
    problem = _("“%(what)s” was changed by somebody else meanwhile and is now: %(state)s. Look, then move it again.")
    return show_board(request, status=409, problem=problem % words, moved=theirs.pk)


@require_POST
@member_required(May.SEE_ACTIONS)
def action_undo(request: OrgRequest, action_event_id: int) -> HttpResponse:
    """Take one change of an action back, while nobody has changed the same since."""
    event = action_event_for(request, action_event_id)
    action = action_to_answer_for(request, event.action_id)
    try:
        undone = undo_event(event)
    except CannotUndo:
        return _not_undone(request, action)
    if request.htmx:
        return show_board(request, event=undone, moved=action.pk)
    return redirect(f"{action.get_absolute_url()}?did={undone.pk}")


def _not_undone(request: OrgRequest, action: Action) -> HttpResponse:
    problem = _("Not undone: “%s” was changed again since.") % action.what
    if request.htmx:
        return show_board(request, status=409, problem=problem, moved=action.pk)
    messages.error(request, problem)
    return redirect(action)


def event_to_undo(request: OrgRequest) -> ActionEvent | None:
    """The step that an address names as just done, while it can be taken back by who did it."""
    pk = whole_number(request.GET.get("did"))
    events = ActionEvent.objects.filter(pk=pk, actor=request.user, undone_by=None).exclude(before={})
    found: ActionEvent | None = events.select_related("action").first() if pk else None
    return found


def _go(request: OrgRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
