"""Forms, QR posters and cards of a round: asked for, waited for, downloaded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from assessments.models import OpenLink, Round
from assessments.views.lookup import round_for
from reports import prints
from reports.models import RoundPrint
from reports.previews import request_preview
from reports.print_forms import PrintForm, obstacle_of
from reports.views.job_pages import Kind, answer_progress, send_file, state_of, stop
from reports.views.lookup import print_for, prints_of
from reports.views.previews import answer_preview

OTHERS_SHOWN = 20
PRINT = Kind(
    "round_print",
    Action.RUN_ROUNDS,
    ready=gettext_lazy("The file is ready"),
    failed=gettext_lazy("This file could not be made"),
    lost=gettext_lazy("The file was made, but it is no longer on the server. It can be made again as it was."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def paper_make(request: OrgRequest, round_id: int) -> HttpResponse:
    """Ask for a print of a round; what exists already is shown at once."""
    round_ = round_for(request, round_id)
    links = list(OpenLink.objects.filter(round=round_, revoked_at=None).select_related("group"))
    initial = {name: request.GET.get(name) for name in ("link", "kind", "paper", "language")}
    form = PrintForm(request.POST if request.method == "POST" else None, round_=round_, links=links, initial=initial)
    if form.is_valid():
        values, (view, link) = form.cleaned_data, form.chosen()
        inputs = prints.inputs_of(round_, values["kind"], values["paper"], values["language"], view, link)
        if "preview" in request.POST:
            return answer_preview(request, request_preview(request.organisation, request.user, "print", inputs))
        return redirect(prints.request_print(round_, request.user, inputs))
    context = {"section": "rounds", "round": round_, "form": form, "made": _made(request, round_)}
    context["obstacle"] = "" if request.htmx else obstacle_of(round_)
    part = "reports/_preview_refused.html" if form.is_bound else "reports/_print_changed.html"
    page = part if request.htmx else "reports/print_make.html"
    response = render(request, page, context, status=422 if form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _made(request: OrgRequest, round_: Round) -> list[RoundPrint]:
    """The newest prints of a round."""
    return list(prints_of(request).filter(round=round_)[:OTHERS_SHOWN])


@require_safe
@member_required(Action.RUN_ROUNDS)
def round_print_page(request: OrgRequest, print_id: int) -> HttpResponse:
    """One print: its place in the queue, its progress, its file, or what went wrong."""
    made = print_for(request, print_id)
    others = [other for other in _made(request, made.round) if other.pk != made.pk]
    context = {**_state(request, made), "made": others, "is_loopback": settings.IS_LOOPBACK and made.inputs["nonce"]}
    return render(request, "reports/round_print.html", context)


@require_safe
@member_required(Action.RUN_ROUNDS)
def round_print_progress(request: OrgRequest, print_id: int) -> HttpResponse:
    """The part of the page that changes; 204 while it says what the browser has seen already."""
    made = print_for(request, print_id)
    return answer_progress(request, made, _state(request, made))


def _state(request: OrgRequest, made: RoundPrint) -> dict[str, Any]:
    return {"section": "rounds", "print": made, "round": made.round, **state_of(request, made, PRINT)}


@require_safe
@member_required(Action.RUN_ROUNDS)
def round_print_file(request: OrgRequest, print_id: int) -> HttpResponse:
    """The PDF, to keep."""
    made = print_for(request, print_id)
    return send_file(request, made, prints.file_name(made))


@require_POST
@member_required(Action.RUN_ROUNDS)
def round_print_cancel(request: OrgRequest, print_id: int) -> HttpResponse:
    """Stop one that waits or is being made."""
    return stop(request, print_for(request, print_id))


@require_POST
@member_required(Action.RUN_ROUNDS)
def round_print_retry(request: OrgRequest, print_id: int) -> HttpResponse:
    """Make it once more, from the same frozen inputs."""
    return redirect(prints.retry_print(print_for(request, print_id), request.user))
