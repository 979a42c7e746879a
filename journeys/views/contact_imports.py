"""Imports of contact logs: the list of files, one of them from waiting to counted, taken out again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, is_allowed, member_required
from accounts.submissions import once_only
from jobs import artifacts
from jobs.models import State
from jobs.requests import cancel
from jobs.waiting import fingerprint, waiting_of
from journeys.contact_removing import remove_import, retry_import
from journeys.contact_rows import reason_groups
from journeys.contacts.carrying import carried_rows
from journeys.models import ContactImport, ContactName, ContactUpload, NameRule
from journeys.views.lookup import contact_import_for, journey_for

SHOWN = 200


@require_safe
@member_required(Action.SEE_JOURNEYS)
def contact_log_list(request: OrgRequest, journey_id: int) -> HttpResponse:
    """The files that are counted, being counted or waiting for their columns to be confirmed."""
    journey = journey_for(request, journey_id)
    imports = ContactImport.objects.filter(journey=journey).select_related("requested_by", "organisation")[:SHOWN]
    context = {
        "section": "journeys",
        "journey": journey,
        "imports": imports,
        "is_empty": not imports,
        "uploads": ContactUpload.objects.filter(journey=journey)[:SHOWN],
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
    }
    return render(request, "journeys/contact_list.html", context)


@require_safe
@member_required(Action.SEE_JOURNEYS)
def contact_log_page(request: OrgRequest, import_id: int) -> HttpResponse:
    """One file: its progress, then what was counted and what was not."""
    return render(request, "journeys/contact_import.html", _context(request, contact_import_for(request, import_id)))


@require_safe
@member_required(Action.SEE_JOURNEYS)
def contact_log_progress(request: OrgRequest, import_id: int) -> HttpResponse:
    """The part of the page that changes; 204 while it says what the browser has seen already."""
    job = contact_import_for(request, import_id)
    if not request.htmx:
        return redirect(job)
    context = _context(request, job)
    if context["seen"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "journeys/_contact_state.html", context)


def _context(request: OrgRequest, job: ContactImport) -> dict[str, Any]:
    waiting, is_ready = waiting_of(job), job.state == State.READY
    if waiting and job.is_query:
        waiting = replace(waiting, seconds_left=None)  # nobody knows what a server has to do
    return {
        "section": "journeys",
        "journey": job.journey,
        "job": job,
        "waiting": waiting,
        "seen": fingerprint(job, waiting),
        "read_bytes": job.size_bytes * min(job.progress_percent, 80) // 80,
        "groups": reason_groups(job.rows) if is_ready else [],
        "undecided": _undecided(job) if is_ready else 0,
        "can_edit": is_allowed(request.role, Action.EDIT_JOURNEYS),
    }


def _undecided(job: ContactImport) -> int:
    """How many names of the file stand for nothing yet."""
    ruled = NameRule.objects.filter(journey=job.journey_id).values("name")
    return int(ContactName.objects.filter(contact_import=job).exclude(name__in=ruled).count())


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def contact_log_cancel(request: OrgRequest, import_id: int) -> HttpResponse:
    """Stop an import that waits or runs. Nothing of it is counted."""
    job = contact_import_for(request, import_id)
    if not cancel(job):
        messages.info(request, _("It had ended already."))
    return redirect(job)


@require_POST
@member_required(Action.EDIT_JOURNEYS)
def contact_log_retry(request: OrgRequest, import_id: int) -> HttpResponse:
    """Count a file once more that could not be counted, or was stopped."""
    job = contact_import_for(request, import_id)
    again = retry_import(job, request.user)
    if again is None:
        messages.info(request, _("The file is no longer on the server: upload it again."))
        return redirect("contact_log_upload", request.organisation.slug, job.journey_id)
    return redirect(again)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.EDIT_JOURNEYS)
@once_only
def contact_log_remove(request: OrgRequest, import_id: int) -> HttpResponse:
    """Take an import and all its figures out again, after a question."""
    job = contact_import_for(request, import_id)
    if request.method != "POST":
        return render(request, "journeys/contact_remove.html", _context(request, job))
    with transaction.atomic():
        remove_import(job)
    messages.success(request, _("“%s” and its figures are removed.") % job.file_name)
    return redirect("contact_log_list", request.organisation.slug, job.journey_id)


@require_safe
@member_required(Action.EDIT_JOURNEYS)
def contact_log_rows(request: OrgRequest, import_id: int) -> HttpResponse:
    """The rows that were not in order, as a CSV; without customers' ids."""
    job = contact_import_for(request, import_id)
    if not job.has_file:
        raise Http404
    rows = carried_rows(artifacts.path_of(job.artifact_name))
    response: Any = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
