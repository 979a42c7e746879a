"""Answers from elsewhere in four steps: the file, its columns, its scale, a last look."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import whole_number
from assessments.choices import View
from assessments.handing_in import NotTaken
from assessments.import_forms import AnswersFileForm, ColumnsForm, ScaleForm, scale_choices
from assessments.import_tables import AnswersRead, AnswerTable
from assessments.importing import read_by_plan, settle_groups
from assessments.mapping import columns_of
from assessments.models import AnswerUpload
from assessments.uploads import (
    AT_ONCE_MAX,
    asked_of,
    confirm_upload,
    keep_upload,
    open_rounds_of,
    plan_of,
    propose_scale,
    scale_at,
    table_of,
    uses_of,
)
from assessments.wording import level_words
from journeys.formats.rows import TableError
from journeys.limits import TITLE_MAX
from journeys.models import Journey
from journeys.views.lookup import journey_for


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
@once_only
def answers_import(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The step that the address or the form names; `upload` is the file that it is about."""
    journey = journey_for(request, journey_id)
    said = request.POST if request.method == "POST" else request.GET
    if not said.get("upload"):
        return _file_step(request, journey)
    upload = _upload_for(request, journey, said["upload"])
    step = STEPS.get(said.get("step", ""), _columns_step)
    return step(request, upload, table_of(upload))


def _upload_for(request: OrgRequest, journey: Journey, asked: str) -> AnswerUpload:
    """A file that this person is at work with, or 404."""
    mine = AnswerUpload.objects.filter(journey=journey, made_by=request.user, is_confirmed=False)
    upload: AnswerUpload = get_object_or_404(mine.select_related("round"), pk=whole_number(asked) or 0)
    upload.journey = journey
    if upload.round:
        upload.round.organisation = request.organisation
    return upload


def _render(request: OrgRequest, journey: Journey, step: str, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"section": "rounds", "journey": journey, "step": step}
    return render(request, f"assessments/import_{step}.html", context, status=status)


def _go(upload: AnswerUpload, step: str) -> HttpResponse:
    address = reverse("answers_import", args=[upload.journey.organisation.slug, upload.journey.pk])
    return redirect(f"{address}?upload={upload.pk}&step={step}")


def _file_step(request: OrgRequest, journey: Journey) -> HttpResponse:
    rounds = list(open_rounds_of(journey))
    if request.method != "POST":
        asked = next((one for one in rounds if str(one.pk) == request.GET.get("round")), None)
        initial = {"round": asked.pk, "view": asked.views[0]} if asked else {}
        return _render(request, journey, "file", form=AnswersFileForm(rounds=rounds, initial=initial))
    form = AnswersFileForm(request.POST, request.FILES, rounds=rounds)
    if form.is_valid():
        file = form.cleaned_data["file"]
        target = form.rounds.get(form.cleaned_data.get("round", ""))
        try:
            name = file.name.replace("\0", "")[:TITLE_MAX]
            return _go(keep_upload(journey, target, request.user, name, file.read(), form.said()), "columns")
        except TableError as error:
            form.add_error("file", str(error))
    return _render(request, journey, "file", 422, form=form)


def _columns_step(request: OrgRequest, upload: AnswerUpload, table: AnswerTable) -> HttpResponse:
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        table=table,
        asked=asked_of(upload),
        uses=uses_of(upload),
        view=View(upload.said["view"]),
    )
    if form.is_valid():
        upload.said = {**upload.said, "uses": form.uses()}
        try:
            propose_scale(upload, table)
        except TableError as error:
            form.add_error(None, str(error))
        else:
            upload.save(update_fields=["said"])
            return _go(upload, "scale")
    context = {"upload": upload, "table": table, "form": form}
    return _render(request, upload.journey, "columns", 422 if form.errors else 200, **context)


def _scale_step(request: OrgRequest, upload: AnswerUpload, table: AnswerTable) -> HttpResponse:
    asked = request.GET.get("scale", "")
    scale = asked if asked in dict(scale_choices()) else ""
    proposals = propose_scale(upload, table, scale)
    words = level_words(request.organisation, upload.journey.language)
    form = ScaleForm(
        request.POST if request.method == "POST" else None,
        proposals=proposals,
        known={} if scale else dict(upload.said.get("levels", [])),
        levels=[(word.level, word.name) for word in reversed(words)],
    )
    if form.is_valid():
        upload.said = {**upload.said, "levels": form.levels()}
        upload.save(update_fields=["said"])
        return _go(upload, "check")
    guessed = dict(scale_choices())[_guessed(upload, table)]
    context = {"upload": upload, "form": form, "scale": scale, "scales": scale_choices(), "guessed": guessed}
    return _render(request, upload.journey, "scale", 422 if form.errors else 200, **context)


def _guessed(upload: AnswerUpload, table: AnswerTable) -> str:
    columns = columns_of(uses_of(upload), asked_of(upload))
    return scale_at(table, [place for place, (holds, _id) in columns.items() if holds == "level"])


def _check_step(request: OrgRequest, upload: AnswerUpload, table: AnswerTable) -> HttpResponse:
    if not upload.said.get("levels"):
        return _go(upload, "scale")
    problem = ""
    if request.method == "POST":
        try:
            return _confirm(request, upload, table)
        except NotTaken:
            problem = _("This round has been closed meanwhile. Open it again, or begin anew with a new round.")
        except ValidationError as refusal:
            problem = " ".join(refusal.messages)
    asked = asked_of(upload)
    read = read_by_plan(table, plan_of(upload), asked)
    groups = settle_groups(read, list(upload.round.groups.values_list("name", flat=True)) if upload.round else None)
    context = {
        "upload": upload,
        "columns": _counted(table, upload, read),
        "read": read,
        "rows": len(table.rows),
        "responses": len(read.sheets),
        "groups": groups,
        "ignored": [name for place, name in enumerate(table.headings) if not uses_of(upload).get(place)],
        "takes_a_while": len(table.rows) > AT_ONCE_MAX,
        "problem": problem,
    }
    return _render(request, upload.journey, "check", 422 if problem else 200, **context)


def _confirm(request: OrgRequest, upload: AnswerUpload, table: AnswerTable) -> HttpResponse:
    is_large = len(table.rows) > AT_ONCE_MAX
    round_ = confirm_upload(upload, table, request.user)
    said = (
        _("The answers are being taken over; look again in a minute.") if is_large else _("The answers are taken over.")
    )
    messages.success(request, said)
    return redirect(round_)


def _counted(table: AnswerTable, upload: AnswerUpload, read: AnswersRead) -> list[dict[str, Any]]:
    """Each column of levels with its moment and how often each level stands in it."""
    asked = asked_of(upload)
    titles = {moment.id: moment.title for moment in asked}
    return [
        {
            "heading": table.headings[place],
            "moment": titles[moment_id],
            "counts": [read.counts[place].get(level, 0) for level in range(1, 7)],
            "total": read.counts[place].total(),
        }
        for place, (holds, moment_id) in columns_of(uses_of(upload), asked).items()
        if holds == "level"
    ]


STEPS = {"columns": _columns_step, "scale": _scale_step, "check": _check_step}
