"""What the pages of every kind of job have in common: how far it is, its file, stopping it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from accounts.access import Action, OrgRequest, is_allowed
from jobs.artifacts import path_of
from jobs.byte_ranges import NoSuchBytes, Part, bytes_asked
from jobs.models import Job
from jobs.requests import cancel
from jobs.waiting import fingerprint, waiting_of
from reports.views.lookup import may_change

FILE_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What the shared pages call one kind of job. name: its addresses are name_progress, name_file and so on."""

    name: str
    action: Action
    ready: Any
    failed: Any
    lost: Any


def state_of(request: OrgRequest, job: Job, kind: Kind) -> dict[str, Any]:
    """The context of the part that changes."""
    waiting = waiting_of(job)
    can_make = is_allowed(request.role, kind.action)
    return {
        "job": job,
        "kind": kind,
        "waiting": waiting,
        "seen": fingerprint(job, waiting),
        "has_file": job.has_file,
        "can_change": may_change(request, job),
        "can_make": can_make,
        "addresses": {
            step: reverse(f"{kind.name}_{step}", args=[request.organisation.slug, job.pk])
            for step in ("page", "progress", "file", "cancel", "retry")
        },
    }


def answer_progress(request: OrgRequest, job: Any, context: dict[str, Any]) -> HttpResponse:
    """The part of the page that changes; 204 while it says what the browser has seen already."""
    if not request.htmx:
        return redirect(job)
    if context["seen"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "reports/_job_state.html", context)


def send_picture(request: OrgRequest, path: Path, etag: str) -> HttpResponse:
    """A PNG, which the browser may have already. 404 where it is gone."""
    if not path.is_file():
        raise Http404
    response: HttpResponse = get_conditional_response(request, etag=etag) or HttpResponse(
        path.read_bytes(), "image/png"
    )
    return _with_headers(response, etag)


def send_file(request: OrgRequest, job: Job, file_name: str) -> HttpResponse:
    """The PDF, to keep, or the part of it that was asked for. 404 until it is ready, and where the file is gone."""
    if not job.has_file:
        raise Http404
    path, etag = path_of(job.artifact_name), f'"{job.artifact_hash}"'
    response: Any = get_conditional_response(request, etag=etag) or _whole_or_part(request, path, etag, file_name)
    response["Accept-Ranges"] = "bytes"
    return _with_headers(response, etag)


def _with_headers(response: Any, etag: str) -> Any:
    for name, value in {"ETag": etag, **FILE_HEADERS}.items():
        response[name] = value
    return response


def _whole_or_part(request: OrgRequest, path: Path, etag: str, file_name: str) -> Any:
    """A part only of the very file that the browser has begun to load, where it says which."""
    size, is_same = path.stat().st_size, request.headers.get("If-Range", etag) == etag
    try:
        part = bytes_asked(request.headers.get("Range", ""), size) if is_same and request.method == "GET" else None
    except NoSuchBytes:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        return FileResponse(path.open("rb"), as_attachment=True, filename=file_name)
    response = FileResponse(Part(path, part), as_attachment=True, filename=file_name, status=206)
    response["Content-Length"] = len(part)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def stop(request: OrgRequest, job: Any) -> HttpResponse:
    """Stop what waits or is being made."""
    if not cancel(job):
        messages.info(request, _("It had ended already."))
    return redirect(job)
