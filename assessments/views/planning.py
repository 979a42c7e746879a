"""A round planned, changed, or given up while it is a draft."""

from __future__ import annotations

from copy import copy
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from assessments.choices import ANSWER_LANGUAGES
from assessments.freezing import moments_of_map
from assessments.group_lines import write_groups
from assessments.models import Round
from assessments.planning import change_draft, change_opened, delete_draft, plan_round, suggest_title
from assessments.round_forms import OpenedForm, RoundForm
from assessments.views.lookup import journey_of_round_for, round_for
from journeys.models import Journey

OPEN_DAYS, CLOSING_HOUR = 14, time(18)
TAKEN_OVER = (
    "audience",
    "languages",
    "privacy",
    "minimum_group",
    "asks_times",
    "asks_seconds",
    "asks_decision",
    "asks_idea",
    "release",
    "not_for_customers",
)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
@once_only
def round_create(request: OrgRequest, journey_id: int) -> HttpResponse:
    """A draft for a journey; what the journey's last round had is suggested."""
    journey = journey_of_round_for(request, journey_id)
    new = Round(organisation=request.organisation, journey=journey, journey_language=journey.language)
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        instance=copy(new),
        initial=_suggested(journey),
        moments=moments_of_map(new),
    )
    if form.is_valid():
        try:
            round_ = plan_round(journey, request.user, form.round_fields(), form.cleaned_data["groups"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%s” is a draft. Look at its links, then open it.") % round_.title)
            return redirect(round_)
    return _form_page(request, form, round=new, journey=journey)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def round_edit(request: OrgRequest, round_id: int) -> HttpResponse:
    """All of a draft; once opened only what changes no answer's meaning, the rest shown with the reason."""
    round_ = round_for(request, round_id)
    return _edit_draft(request, round_) if round_.is_draft else _edit_opened(request, round_)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def round_delete(request: OrgRequest, round_id: int) -> HttpResponse:
    """GET asks, POST does; drafts alone."""
    round_ = round_for(request, round_id)
    if request.method != "POST" and round_.is_draft:
        return render(request, "assessments/round_delete.html", {"section": "rounds", "round": round_})
    try:
        delete_draft(round_)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(round_)
    messages.success(request, _("The draft “%s” is deleted.") % round_.title)
    return redirect("round_list", request.organisation.slug)


def _suggested(journey: Journey) -> dict[str, Any]:
    """Title of the month, two weeks, and else what the last round of the journey had."""
    day = timezone.localdate() + timedelta(days=OPEN_DAYS)
    ends = datetime.combine(day, CLOSING_HOUR, tzinfo=timezone.get_current_timezone())
    usual = [journey.language] if journey.language in ANSWER_LANGUAGES else ["en"]
    values: dict[str, Any] = {"title": suggest_title(journey), "closes_at": ends, "languages": usual}
    last = Round.objects.filter(journey=journey).first()
    if last:
        values |= {name: getattr(last, name) for name in TAKEN_OVER}
        values["groups"] = write_groups(last.groups.all())
    return values


def _edit_draft(request: OrgRequest, round_: Round) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = RoundForm(posted, instance=copy(round_), moments=moments_of_map(round_))
    if form.is_valid():
        try:
            change_draft(round_, form.round_fields(), form.cleaned_data["groups"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(round_)
    return _form_page(request, form, round=round_, journey=round_.journey)


def _edit_opened(request: OrgRequest, round_: Round) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = OpenedForm(posted, instance=copy(round_), groups=list(round_.groups.all()))
    if form.is_valid():
        change_opened(round_, form.round_fields(), form.people())
        messages.success(request, _("The changes are saved."))
        return redirect(round_)
    return _form_page(request, form, round=round_, journey=round_.journey)


def _form_page(request: OrgRequest, form: RoundForm | OpenedForm, **context: Any) -> HttpResponse:
    page = "assessments/round_form.html" if isinstance(form, RoundForm) else "assessments/round_change.html"
    status = 422 if form.errors else 200
    return render(request, page, {"section": "rounds", "form": form, **context}, status=status)
