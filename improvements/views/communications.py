"""The letters, mails and messages that an organisation sends: what they do, and what stopping some would save."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from accounts.typed_numbers import version_in, whole_number
from improvements.communications.asking import forget_answers
from improvements.communications.forms import CommunicationForm, PasteForm, communication_values
from improvements.communications.keeping import (
    StaleCommunication,
    add_communications,
    change_communication,
    communications_of,
    remove_communication,
    restore_communication,
)
from improvements.communications.lines import ASKED_FIRST, Whose, lines_of, saving
from improvements.communications.opinions import opinions_of
from improvements.communications.paste import read_table
from improvements.communications.picture import draw_picture
from improvements.communications.rules import Verdict
from improvements.communications.surveys import surveys_of
from improvements.models import Communication, CommunicationTally

IDS_MAX = 500


def communication_for(request: OrgRequest, communication_id: int) -> Communication:
    """A communication of the request's organisation, removed ones among them."""
    rows = Communication.objects.in_organisation(request.organisation).select_related("journey")
    row: Communication = get_object_or_404(rows, pk=communication_id)
    row.organisation = request.organisation
    return row


@require_safe
@member_required(Action.SEE_RESULTS)
def communication_list(request: OrgRequest) -> HttpResponse:
    """The table, the picture, and the what-if: `stop` names what is ticked, once `tried` is there."""
    asked = request.GET.getlist("stop")[:IDS_MAX]
    ticked = {number for text in asked if (number := whole_number(text)) is not None}
    is_tried = "tried" in request.GET
    surveys = surveys_of(request.organisation)
    opinions = opinions_of(request.organisation, surveys)
    lines = lines_of(communications_of(request.organisation), opinions, ticked if is_tried else None)
    context = {
        "section": "journeys",
        "lines": lines,
        "asked": [whose for whose in ASKED_FIRST if whose == Whose.OURS or whose in surveys],
        "minimum": max((survey.minimum_group for survey in surveys.values()), default=0),
        "saving": saving(lines),
        "is_tried": is_tried,
        "picture": draw_picture(lines),
        "counts": [(verdict.label, sum(line.verdict == verdict for line in lines)) for verdict in Verdict],
        "removed": _removed(request),
    }
    return render(request, "improvements/communication_list.html", context)


def _removed(request: OrgRequest) -> Communication | None:
    """The one that was just removed, to be brought back."""
    pk = whole_number(request.GET.get("removed"))
    rows = Communication.objects.in_organisation(request.organisation)
    found: Communication | None = rows.filter(pk=pk, removed_at__isnull=False).first() if pk else None
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def communication_create(request: OrgRequest) -> HttpResponse:
    """One more."""
    form = CommunicationForm(request.POST if request.method == "POST" else None, organisation=request.organisation)
    if form.is_valid():
        try:
            add_communications(request.organisation, [form.cleaned_data], request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%s” is on the list.") % form.cleaned_data["name"])
            return redirect("communication_list", request.organisation.slug)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
def communication_edit(request: OrgRequest, communication_id: int) -> HttpResponse:
    """Its fields; 409 with what was typed where somebody else was quicker."""
    row = communication_for(request, communication_id)
    known: dict[str, Any] = {"organisation": request.organisation}
    if request.method != "POST":
        return _form_page(request, CommunicationForm(initial=communication_values(row), **known), row, row.version)
    form = CommunicationForm(request.POST, **known)
    version = version_in(request.POST, row.version)
    if not form.is_valid():
        return _form_page(request, form, row, version)
    try:
        change_communication(row, version, form.cleaned_data, request.user)
    except StaleCommunication as stale:
        return _form_page(request, form, row, stale.theirs.version, status=409)
    messages.success(request, _("“%s” is saved.") % form.cleaned_data["name"])
    return redirect("communication_list", request.organisation.slug)


def _form_page(
    request: OrgRequest, form: CommunicationForm, row: Communication | None = None, version: int = 0, status: int = 0
) -> HttpResponse:
    status = status or (422 if form.is_bound and form.errors else 200)
    context = {
        "section": "journeys",
        "form": form,
        "row": row,
        "version": version,
        "is_stale": status == 409,
        "was_judged": row is not None and CommunicationTally.objects.filter(communication=row).exists(),
    }
    return render(request, "improvements/communication_form.html", context, status=status)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def communication_remove(request: OrgRequest, communication_id: int) -> HttpResponse:
    """Off the list; the page then offers to bring it back."""
    row = communication_for(request, communication_id)
    remove_communication(row)
    response = redirect("communication_list", request.organisation.slug)
    response["Location"] += f"?removed={row.pk}"
    return response


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def communication_restore(request: OrgRequest, communication_id: int) -> HttpResponse:
    """Back on the list."""
    row = communication_for(request, communication_id)
    restore_communication(row)
    messages.success(request, _("“%s” is back on the list.") % row.name)
    return redirect("communication_list", request.organisation.slug)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def communication_forget(request: OrgRequest, communication_id: int) -> HttpResponse:
    """What customers and staff said of it goes, as it is another one now."""
    row = communication_for(request, communication_id)
    forget_answers(row)
    messages.success(request, _("What was said of “%s” is gone. New answers count from now on.") % row.name)
    return redirect("communication_list", request.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def communication_paste(request: OrgRequest) -> HttpResponse:
    """Many at once from a table: all of them, or none and what is wrong line by line."""
    form = PasteForm(request.POST if request.method == "POST" else None)
    wrong: list[str] = []
    if form.is_valid():
        values, wrong = read_table(form.cleaned_data["table"])
        try:
            count = 0 if wrong else add_communications(request.organisation, values, request.user)
        except ValidationError as refusal:
            wrong = refusal.messages
        else:
            if count:
                messages.success(request, _("%(n)d are on the list.") % {"n": count})
                return redirect("communication_list", request.organisation.slug)
    context = {"section": "journeys", "form": form, "wrong": wrong}
    return render(request, "improvements/communication_paste.html", context, status=422 if form.is_bound else 200)
