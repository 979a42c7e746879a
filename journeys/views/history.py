"""What happened to a journey, and each step of it taken back."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import whole_number
from journeys.conflicts import Since
from journeys.details import DetailLoop
from journeys.event_words import sentence_of, since_label, since_words, words_of
from journeys.history_forms import VersionForm
from journeys.history_lines import events_of, lines_of
from journeys.models import Event, Journey, Moment, Version
from journeys.sequence import SequenceFull
from journeys.undoing import AlreadyUndone, ChangedSince, PartGone, last_step, run_of, undo_run
from journeys.views.lookup import event_for, gone_is_404, journey_for
from journeys.views.map_page import answer_change, full_message

PAGE = 50


@require_safe
@member_required(Action.SEE_JOURNEYS)
def journey_history(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The steps, newest first, of everybody or one `person`, of all or one `moment`; and the named versions."""
    return render_history(request, journey_for(request, journey_id))


def render_history(request: OrgRequest, journey: Journey, status: int = 200, **more: Any) -> HttpResponse:
    """The history page; a constant number of queries. `more` may carry the form for a version's name."""
    person, moment = whole_number(request.GET.get("person")), whole_number(request.GET.get("moment"))
    page = Paginator(events_of(journey, person, moment), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "journeys",
        "journey": journey,
        "page": page,
        "lines": lines_of(page.object_list, journey.language),
        "people": _people(journey),
        "moments": _moments(journey, moment),
        "person_id": person,
        "moment_id": moment,
        "versions": _versions(journey),
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
        "version_form": VersionForm(),
        **more,
    }
    return render(request, "journeys/history.html", context, status=status)


def _versions(journey: Journey) -> list[tuple[Version, Version | None]]:
    """Each named version, the newest first, with the one before it."""
    versions = list(Version.objects.filter(journey=journey).defer("state"))
    return list(zip_longest(versions, versions[1:]))


def _people(journey: Journey) -> list[tuple[int, str]]:
    rows = Event.objects.filter(journey=journey, actor__isnull=False)
    names = dict(rows.values_list("actor").annotate(Max("actor_name")).order_by())
    return sorted(names.items(), key=lambda row: row[1])


def _moments(journey: Journey, chosen: int | None) -> list[tuple[int, str]]:
    """Those on the map, in order, and the chosen one even if it is gone."""
    rows = list(
        Moment.objects.filter(stage__journey=journey).order_by("stage__position", "position").values_list("pk", "title")
    )
    if chosen is not None and chosen not in dict(rows):
        gone = Event.objects.filter(journey=journey, moment_id=chosen).values_list("moment_id", "title").first()
        rows += [gone] if gone else []
    return rows


@require_POST
@member_required(Action.EDIT_JOURNEYS)
@once_only
def event_undo(request: OrgRequest, event_id: int) -> HttpResponse:
    """Take a step back, with the saves that ran before it, down to `oldest`; `force` overwrites what changed since."""
    event = event_for(request, event_id)
    return _answer_undo(request, event.journey, run_of(event, whole_number(request.POST.get("oldest"))))


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def journey_undo(request: OrgRequest, journey_id: int) -> HttpResponse:
    """Take one's own last step back; with `redo`, do the last one again that was taken back."""
    journey, is_redo = journey_for(request, journey_id), request.POST.get("redo") == "yes"
    run = last_step(journey, request.user, is_redo=is_redo)
    if not run:
        said = _("There is nothing of yours to do again.") if is_redo else _("There is no step of yours to undo.")
        return _answer_problem(request, journey, said, status=200)
    return _answer_undo(request, journey, run)


def _answer_undo(request: OrgRequest, journey: Journey, run: list[Event]) -> HttpResponse:
    try:
        with gone_is_404():
            done = undo_run(run, is_forced=request.POST.get("force") == "yes")
    except ChangedSince as conflict:
        return _answer_conflict(request, journey, run, conflict.changes)
    except AlreadyUndone:
        return _answer_problem(request, journey, _("That step was undone already."), status=409)
    except PartGone:
        said = _("What this step was about is no longer on the map. Bring that back first.")
        return _answer_problem(request, journey, said, status=409)
    except DetailLoop as loop:
        said = _("That link would lead round in a circle now: %s.") % loop
        return _answer_problem(request, journey, said, status=409)
    except SequenceFull:
        return _answer_problem(request, journey, full_message(), status=422, event=run[0])
    said = (_("Undone: %s.") if done.is_undo else _("Done again: %s.")) % words_of(run[0])
    if _is_from_history(request):
        messages.success(request, said)
        return redirect("journey_history", request.organisation.slug, journey.pk)
    open_id = whole_number(request.POST.get("open")) or done.moment_id
    return answer_change(request, journey, open_id, said=said, event=done)


def _answer_problem(request: OrgRequest, journey: Journey, said: str, status: int, **more: Any) -> HttpResponse:
    if _is_from_history(request):
        messages.error(request, said)
        return redirect("journey_history", request.organisation.slug, journey.pk)
    return answer_change(request, journey, said=said, is_problem=True, status=status, **more)


def _answer_conflict(request: OrgRequest, journey: Journey, run: list[Event], changes: list[Since]) -> HttpResponse:
    event = run[0]
    conflict = {
        "event": event,
        "oldest": run[-1],
        "sentence": sentence_of(event, journey.language),
        "rows": [
            {
                "label": since_label(event, change.field),
                "now": since_words(event, change.field, change.now),
                "undone": since_words(event, change.field, change.undone),
            }
            for change in changes
        ],
    }
    if request.htmx:
        return answer_change(request, journey, conflict=conflict, status=409)
    context = {
        "section": "journeys",
        "journey": journey,
        "conflict": conflict,
        "is_from_history": _is_from_history(request),
    }
    return render(request, "journeys/history_conflict.html", context, status=409)


def _is_from_history(request: OrgRequest) -> bool:
    return request.POST.get("from") == "history"
