"""The first page of a paper as a picture, before it is made."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.access import Action, OrgRequest, member_required
from jobs.artifacts import path_of
from jobs.models import State
from jobs.waiting import waiting_of
from reports.models import Preview
from reports.views.job_pages import FILE_HEADERS, fingerprint
from reports.views.lookup import parts_for


def preview_for(request: OrgRequest, preview_id: int) -> Preview:
    """A preview of the request's organisation; of what this member may not make answers 403."""
    rows = Preview.objects.in_organisation(request.organisation).select_related("organisation").defer("inputs")
    preview: Preview = get_object_or_404(rows, pk=preview_id)
    if preview.part not in parts_for(request):
        raise PermissionDenied
    return preview


def answer_preview(
    request: OrgRequest, preview: Preview, template: str = "reports/_preview_state.html"
) -> HttpResponse:
    """How far it is, for htmx; else the way to its own page."""
    if not request.htmx and template.startswith("reports/_"):
        return redirect(preview)
    waiting = waiting_of(preview)
    has_picture = preview.state == State.READY and path_of(preview.artifact_name).is_file()
    context = {"preview": preview, "job": preview, "waiting": waiting, "has_picture": has_picture}
    return render(request, template, {"section": "posters", "seen": fingerprint(preview, waiting), **context})


@require_safe
@member_required(Action.MAKE_REPORTS)
def preview_page(request: OrgRequest, preview_id: int) -> HttpResponse:
    """One preview, for browsers without scripts."""
    return answer_preview(request, preview_for(request, preview_id), "reports/preview.html")


@require_safe
@member_required(Action.MAKE_REPORTS)
def preview_progress(request: OrgRequest, preview_id: int) -> HttpResponse:
    """The part that changes; 204 while it says what the browser has seen already."""
    preview = preview_for(request, preview_id)
    if request.GET.get("seen") == fingerprint(preview, waiting_of(preview)):
        return HttpResponse(status=204)
    return answer_preview(request, preview)


@require_safe
@member_required(Action.MAKE_REPORTS)
def preview_picture(request: OrgRequest, preview_id: int) -> HttpResponse:
    """The PNG. 404 until it is there."""
    preview = preview_for(request, preview_id)
    path = path_of(preview.artifact_name)
    if preview.state != State.READY or not path.is_file():
        raise Http404
    etag = f'"{preview.artifact_hash}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(path.read_bytes(), "image/png")
    for name, value in {"ETag": etag, **FILE_HEADERS}.items():
        response[name] = value
    return response
