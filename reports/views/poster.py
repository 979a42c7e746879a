"""One poster, from waiting to file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from jobs.models import State
from reports.models import Poster
from reports.posters import asking as posters
from reports.preflight import check_poster
from reports.views.job_pages import Kind, answer_progress, send_file, state_of, stop
from reports.views.lookup import changeable_poster_for, poster_for

POSTER = Kind(
    "poster",
    Action.MAKE_REPORTS,
    ready=gettext_lazy("The poster is ready"),
    failed=gettext_lazy("This poster could not be made"),
    lost=gettext_lazy("The poster was made, but its file is no longer on the server. It can be made again as it was."),
)


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
    return answer_progress(request, poster, _state(request, poster))


def _state(request: OrgRequest, poster: Poster) -> dict[str, Any]:
    return {"section": "posters", "poster": poster, **state_of(request, poster, POSTER)}


@require_safe
@member_required(Action.SEE_REPORTS)
def poster_file(request: OrgRequest, poster_id: int) -> HttpResponse:
    """The PDF, to keep. 404 until it is ready, and where the file itself is gone."""
    poster = poster_for(request, poster_id)
    return send_file(request, poster, posters.file_name(poster))


@require_POST
@member_required(Action.MAKE_REPORTS)
def poster_cancel(request: OrgRequest, poster_id: int) -> HttpResponse:
    """Stop a poster that waits or is being made."""
    return stop(request, changeable_poster_for(request, poster_id))


@require_POST
@member_required(Action.MAKE_REPORTS)
def poster_retry(request: OrgRequest, poster_id: int) -> HttpResponse:
    """Make a poster that failed, was stopped or lost its file once more, from the same frozen inputs."""
    return redirect(posters.retry_poster(poster_for(request, poster_id), request.user))
