"""The first page of a paper as a picture, before it is made."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from jobs.artifacts import path_of
from jobs.models import State
from jobs.waiting import Waiting, fingerprint, waiting_of
from reports.models import Preview
from reports.views.job_pages import send_picture
from reports.views.lookup import parts_for


def preview_for(request: OrgRequest, preview_id: int) -> Preview:
    """A preview of the request's organisation; of what this member may not make answers 403."""
    rows = Preview.objects.in_organisation(request.organisation).select_related("organisation").defer("inputs")
    preview: Preview = get_object_or_404(rows, pk=preview_id)
    if preview.part not in parts_for(request):
        raise PermissionDenied
    return preview


def answer_preview(request: OrgRequest, preview: Preview) -> HttpResponse:
    """How far it is, for htmx; else the way to its own page."""
    if not request.htmx:
        return redirect(preview)
    return _render(request, preview, waiting_of(preview), "reports/_preview_state.html")


def _render(request: OrgRequest, preview: Preview, waiting: Waiting | None, template: str) -> HttpResponse:
    context = {"preview": preview, "job": preview, "waiting": waiting, "has_picture": preview.has_file}
    return render(request, template, {"section": "posters", "seen": fingerprint(preview, waiting), **context})


@require_safe
@member_required(Action.MAKE_REPORTS)
def preview_page(request: OrgRequest, preview_id: int) -> HttpResponse:
    """One preview, for browsers without scripts."""
    preview = preview_for(request, preview_id)
    return _render(request, preview, waiting_of(preview), "reports/preview.html")


@require_safe
@member_required(Action.MAKE_REPORTS)
def preview_progress(request: OrgRequest, preview_id: int) -> HttpResponse:
    """The part that changes; 204 while it says what the browser has seen already."""
    preview = preview_for(request, preview_id)
    if not request.htmx:
        return redirect(preview)
    waiting = waiting_of(preview)
    if request.GET.get("seen") == fingerprint(preview, waiting):
        return HttpResponse(status=204)
    return _render(request, preview, waiting, "reports/_preview_state.html")


@require_safe
@member_required(Action.MAKE_REPORTS)
def preview_picture(request: OrgRequest, preview_id: int) -> HttpResponse:
    """The PNG. 404 until it is there."""
    preview = preview_for(request, preview_id)
    if preview.state != State.READY:
        raise Http404
    return send_picture(request, path_of(preview.artifact_name), f'"{preview.artifact_hash}"')
