"""Schedules: what is made again and again, its plan, its log."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from reports import schedules
from reports.models import RunState, ScheduledFile, ScheduleRun
from reports.schedule_runs import begin_now
from reports.views.lookup import schedule_for, schedules_of

SCHEDULES_A_PAGE = 24
RUNS_SHOWN = 20


@require_safe
@member_required(Action.MAKE_REPORTS)
def schedule_list(request: OrgRequest) -> HttpResponse:
    """All schedules, and what became of the last runs."""
    rows = schedules_of(request).prefetch_related("recipients")
    page = Paginator(rows, SCHEDULES_A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "posters", "page": page, "runs": _last_runs(request)}
    return render(request, "reports/schedule_list.html", context)


def _last_runs(request: OrgRequest) -> list[ScheduleRun]:
    files = Prefetch("files", ScheduledFile.objects.select_related("poster", "report"))
    runs = ScheduleRun.objects.in_organisation(request.organisation).order_by("-created_at", "-pk")
    return list(runs.select_related("schedule__journey", "round", "asked_by").prefetch_related(files)[:RUNS_SHOWN])


@require_POST
@member_required(Action.MAKE_REPORTS)
def schedule_pause(request: OrgRequest, schedule_id: int) -> HttpResponse:
    """Pause, or with `resume` go on."""
    schedule = schedule_for(request, schedule_id)
    if request.POST.get("resume"):
        schedules.resume(schedule)
        messages.success(request, _("“%s” goes on.") % schedule)
    else:
        schedules.pause(schedule)
        messages.success(request, _("“%s” is paused: nothing is made until you resume it.") % schedule)
    return redirect("schedule_list", request.organisation.slug)


@require_POST
@member_required(Action.MAKE_REPORTS)
@once_only
def schedule_run(request: OrgRequest, schedule_id: int) -> HttpResponse:
    """Make and send it now, beside its plan."""
    schedule = schedule_for(request, schedule_id)
    run = begin_now(schedule, request.user)
    if run.state == RunState.FAILED:
        messages.error(request, _("“%(schedule)s” could not be made: %(problem)s") % {
            "schedule": schedule, "problem": run.problem})  # fmt: skip
    else:
        messages.success(request, _("“%s” is being made. Its mails leave as soon as it is ready.") % schedule)
    return redirect("schedule_list", request.organisation.slug)


@require_POST
@member_required(Action.MAKE_REPORTS)
def schedule_delete(request: OrgRequest, schedule_id: int) -> HttpResponse:
    """Delete a schedule with its log. What it made stays."""
    schedule = schedule_for(request, schedule_id)
    name = str(schedule)
    schedule.delete()
    messages.success(request, _("The schedule “%s” is deleted. What it made stays.") % name)
    return redirect("schedule_list", request.organisation.slug)
