"""One poster, from waiting to file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from jobs.artifacts import path_of
from jobs.models import State
from jobs.requests import cancel
from jobs.waiting import Waiting, waiting_of
from reports import posters
from reports.models import Poster
from reports.preflight import check_poster
from reports.views.lookup import changeable_poster_for, may_change, poster_for

FILE_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_page(request: OrgRequest, poster_id: int) -> HttpResponse:
    """One poster: its place in the queue, its progress, its file, or what went wrong."""
    poster = poster_for(request, poster_id)
    context = _state(request, poster)
    context["findings"] = [] if poster.state == State.FAILED else check_poster(poster.inputs)
    return render(request, "reports/poster.html", context)


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_progress(request: OrgRequest, poster_id: int) -> HttpResponse:
    """The part of the page that changes; 204 while it says what the browser has seen already."""
    poster = poster_for(request, poster_id)
    if not request.htmx:
        return redirect(poster)
    context = _state(request, poster)
    if context["seen"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "reports/_poster_state.html", context)


def _state(request: OrgRequest, poster: Poster) -> dict[str, Any]:
    waiting = waiting_of(poster)
    return {
        "section": "posters",
        "poster": poster,
        "waiting": waiting,
        "seen": _fingerprint(poster, waiting),
        "has_file": poster.state == State.READY and path_of(poster.artifact_name).is_file(),
        "can_change": may_change(request, poster),
    }


def _fingerprint(poster: Poster, waiting: Waiting | None) -> str:
    told = (waiting.place, waiting.time_left, waiting.is_stuck) if waiting else ()
    return "-".join(str(part) for part in (poster.state, poster.progress_percent, poster.progress_step, *told))


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_file(request: OrgRequest, poster_id: int) -> HttpResponse:
    """The PDF, to keep. 404 until it is ready, and where the file itself is gone."""
    poster = poster_for(request, poster_id)
    path = path_of(poster.artifact_name)
    if poster.state != State.READY or not path.is_file():
        raise Http404
    etag = f'"{poster.artifact_hash}"'
    unchanged = get_conditional_response(request, etag=etag)
    response: Any = unchanged or FileResponse(path.open("rb"), as_attachment=True, filename=posters.file_name(poster))
    for name, value in {"ETag": etag, **FILE_HEADERS}.items():
        response[name] = value
    return response


@require_POST
@member_required(Action.MAKE_REPORTS)
def poster_cancel(request: OrgRequest, poster_id: int) -> HttpResponse:
    """Stop a poster that waits or is being made."""
    poster = changeable_poster_for(request, poster_id)
    if not cancel(poster):
        messages.info(request, _("It had ended already."))
    return redirect(poster)


@require_POST
@member_required(Action.MAKE_REPORTS)
def poster_retry(request: OrgRequest, poster_id: int) -> HttpResponse:
    """Make a poster that failed, was stopped or lost its file once more, from the same frozen inputs."""
    return redirect(posters.retry_poster(poster_for(request, poster_id), request.user))


@require_POST
@member_required(Action.MAKE_REPORTS)
def poster_delete(request: OrgRequest, poster_id: int) -> HttpResponse:
    """Delete a poster and its file."""
    poster = changeable_poster_for(request, poster_id)
    posters.delete_poster(poster)
    messages.success(request, _("The poster “%s” is deleted.") % poster.title)
    return redirect("poster_gallery", request.organisation.slug)
