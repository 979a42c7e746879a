"""A schedule being planned: its form, and in plain words what the form says so far."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from accounts.languages import LANGUAGES
from accounts.submissions import once_only
from journeys.models import Journey
from journeys.views.lookup import journey_by_text_for
from reports import schedules
from reports.forms import PosterForm, first_choices
from reports.models import Schedule, ScheduleKind
from reports.posters.choices import choices_of
from reports.schedulable import poster_form
from reports.schedule_forms import MEMBERS_LISTED, PREFIX, ScheduleForm, initial_of
from reports.schedule_times import Rhythm, next_time
from reports.schedule_words import say_day, say_timing
from reports.views.lookup import schedule_for, schedules_of

SCHEDULES_MAX = 200


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MAKE_REPORTS)
@once_only
def schedule_create(request: OrgRequest) -> HttpResponse:
    """`journey` names the journey; without it one is chosen first."""
    asked = request.GET.get("journey", "")
    if not asked:
        rows = Journey.objects.in_organisation(request.organisation).filter(archived_at=None)
        context = {"section": "posters", "journeys": rows.order_by("title", "pk")}
        return render(request, "reports/schedule_journey.html", context)
    journey = journey_by_text_for(request, asked)
    language = journey.language if journey.language in LANGUAGES else "en"
    schedule = Schedule(
        organisation=request.organisation,
        journey=journey,
        kind=ScheduleKind.POSTER,
        rhythm=Rhythm.MONTHLY,
        week=1,
        language=language,
        made_by=request.user,
    )
    return _plan(request, schedule)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MAKE_REPORTS)
def schedule_edit(request: OrgRequest, schedule_id: int) -> HttpResponse:
    """What of a schedule can be changed: all but its journey."""
    return _plan(request, schedule_for(request, schedule_id))


def _plan(request: OrgRequest, schedule: Schedule) -> HttpResponse:
    """The form; with htmx only what it says in plain words."""
    data = request.POST if request.method == "POST" else request.GET if f"{PREFIX}-rhythm" in request.GET else None
    form, poster = _forms(request, schedule, data)
    is_preview = bool(request.method != "POST" and data is not None)
    is_valid = data is not None and form.is_valid() and _fits(form, poster)
    if is_valid and not is_preview and _has_room(request, schedule, form):
        _save(schedule, form, poster)
        messages.success(request, _("Saved: %s.") % say_timing(schedule.timing))
        return redirect("schedule_list", request.organisation.slug)
    context: dict[str, Any] = {
        "section": "posters",
        "schedule": schedule,
        "journey": schedule.journey,
        "form": form,
        "poster_form": poster,
        "preview": _preview(form, schedule),
        "has_errors": request.method == "POST",
    }
    template = "reports/_schedule_preview.html" if request.htmx and is_preview else "reports/schedule_form.html"
    response = render(request, template, context, status=422 if request.method == "POST" else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _forms(request: OrgRequest, schedule: Schedule, data: Any) -> tuple[ScheduleForm, PosterForm]:
    listed = list(schedules.members_who_may(request.organisation, (Action.SEE_REPORTS,))[:MEMBERS_LISTED])
    initial = None if data is not None else initial_of(schedule, listed)
    if initial is not None and not schedule.pk:
        initial["members"] = [request.user.pk]
    form = ScheduleForm(data, organisation=request.organisation, listed=listed, initial=initial)
    if data is not None:
        return form, poster_form(schedule.journey, data)
    return form, poster_form(schedule.journey, first_choices(choices_of(schedule.journey), _chosen(schedule)))


def _chosen(schedule: Schedule) -> dict[str, str]:
    """What a poster's form chose, as that form takes it."""
    return (
        {name: str(value) for name, value in schedule.options.items()} if schedule.kind == ScheduleKind.POSTER else {}
    )


def _fits(form: ScheduleForm, chosen: PosterForm) -> bool:
    """Only the choices of what is made count."""
    return form.cleaned_data["kind"] != ScheduleKind.POSTER or chosen.is_valid()


def _has_room(request: OrgRequest, schedule: Schedule, form: ScheduleForm) -> bool:
    if schedule.pk is None and schedules_of(request).count() >= SCHEDULES_MAX:
        form.add_error(None, _("There are %d schedules, the most that an organisation can have.") % SCHEDULES_MAX)
        return False
    return True


@transaction.atomic
def _save(schedule: Schedule, form: ScheduleForm, chosen: PosterForm) -> None:
    """What changes when it is due plans it anew; other changes leave that alone."""
    said, before = form.cleaned_data, schedule.timing
    for name in ("kind", "rhythm", "weekday", "week", "day", "hour", "language"):
        setattr(schedule, name, said[name])
    schedule.is_attached = said.get("is_attached", schedule.is_attached)
    is_poster = schedule.kind == ScheduleKind.POSTER
    schedule.options = (
        {name: value for name in chosen.fields if (value := chosen.cleaned_data.get(name, ""))}
        if is_poster
        else {"paper": said["paper"] or "A4", "is_archive": said["is_archive"]}
    )
    if schedule.pk is None or schedule.timing != before:
        schedules.plan(schedule, timezone.now())
    schedule.save()
    schedule.recipients.set(said["recipients"])


def _preview(form: ScheduleForm, schedule: Schedule) -> dict[str, Any]:
    """When, next when, and for how many, as far as that is chosen."""
    if form.is_bound:
        form.is_valid()
        timing, people = form.timing, form.cleaned_data.get("recipients", [])
    else:
        timing, people = schedule.timing, []
    if timing is None:
        return {}
    zone = schedules.zone_of(schedule.organisation)
    coming = next_time(timing, timezone.now(), zone)
    return {"words": say_timing(timing), "next": say_day(coming, zone) if coming else "", "people": len(people)}
