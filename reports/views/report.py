"""Reports: asked for from a round or for several journeys, waited for, downloaded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from assessments.views.lookup import round_for
from jobs.problems import Refusal
from journeys.models import Journey
from reports.leader import freezing as leader
from reports.models import Report, ReportKind
from reports.portfolio import freezing as portfolio
from reports.previews import request_preview
from reports.report_forms import PortfolioForm, ReportForm
from reports.report_text import check_inputs
from reports.views.job_pages import Kind, answer_progress, send_file, state_of, stop
from reports.views.lookup import changeable_report_for, report_for, reports_of
from reports.views.previews import answer_preview

OTHERS_SHOWN = 20
REPORT = Kind(
    "report",
    Action.MAKE_REPORTS,
    ready=gettext_lazy("The report is ready"),
    failed=gettext_lazy("This report could not be made"),
    lost=gettext_lazy("The report was made, but its file is no longer on the server. It can be made again as it was."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MAKE_REPORTS)
@once_only
def report_make(request: OrgRequest, round_id: int) -> HttpResponse:
    """Ask for the leader report of a round; what exists already is shown at once."""
    round_ = round_for(request, round_id)
    obstacle = leader.why_not(round_)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if not obstacle and form.is_valid():
        inputs = leader.inputs_of(round_, **form.cleaned_data)
        if _can_be_set(inputs, form):
            if "preview" in request.POST:
                return _answer_preview(request, inputs)
            return redirect(leader.request_report(request.organisation, request.user, inputs, round_))
    context = {"section": "rounds", "round": round_, "form": form, "obstacle": obstacle}
    context["made"] = reports_of(request).filter(round=round_)[:OTHERS_SHOWN]
    status = 422 if form.errors or (obstacle and request.method == "POST") else 200
    return _render(request, "reports/report_make.html", context, status)


def _render(request: OrgRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The page; for htmx what is in the way of a preview, or nothing in its place once another choice is made."""
    if request.htmx:
        template = "reports/_preview_refused.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _answer_preview(request: OrgRequest, inputs: dict[str, Any]) -> HttpResponse:
    """The first page of this report: the same for the archive, so it is drawn without its data."""
    shown = {**inputs, "is_archive": False}
    return answer_preview(request, request_preview(request.organisation, request.user, Report.part, shown))


def _can_be_set(inputs: dict[str, Any], form: ReportForm) -> bool:
    """Whether the renderer can take these texts; puts what it can't take into the form's errors."""
    try:
        check_inputs(inputs)
    except Refusal as refusal:
        form.add_error(None, str(refusal).split("\n"))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MAKE_REPORTS)
@once_only
def portfolio_make(request: OrgRequest) -> HttpResponse:
    """Ask for one report of several journeys; `journey` in the address ticks some beforehand."""
    journeys = Journey.objects.in_organisation(request.organisation).filter(archived_at=None)
    initial = {"language": get_language(), "journeys": request.GET.getlist("journey")}
    form = PortfolioForm(request.POST if request.method == "POST" else None, journeys=journeys, initial=initial)
    if form.is_valid():
        inputs = portfolio.inputs_of(request.organisation, **form.cleaned_data)
        if _can_be_set(inputs, form):
            if "preview" in request.POST:
                return _answer_preview(request, inputs)
            return redirect(portfolio.request_report(request.organisation, request.user, inputs))
    context = {"section": "posters", "form": form, "count": journeys.count()}
    context["made"] = reports_of(request).filter(kind=ReportKind.PORTFOLIO)[:OTHERS_SHOWN]
    return _render(request, "reports/portfolio_make.html", context, 422 if form.errors else 200)


@require_safe
@member_required(Action.SEE_REPORTS)
def report_page(request: OrgRequest, report_id: int) -> HttpResponse:
    """One report: its place in the queue, its progress, its file, or what went wrong."""
    return render(request, "reports/report.html", _state(request, report_for(request, report_id)))


@require_safe
@member_required(Action.SEE_REPORTS)
def report_progress(request: OrgRequest, report_id: int) -> HttpResponse:
    """The part of the page that changes; 204 while it says what the browser has seen already."""
    report = report_for(request, report_id)
    return answer_progress(request, report, _state(request, report))


def _state(request: OrgRequest, report: Report) -> dict[str, Any]:
    section = "posters" if report.kind == ReportKind.PORTFOLIO else "rounds"
    return {"section": section, "report": report, "round": report.round, **state_of(request, report, REPORT)}


@require_safe
@member_required(Action.SEE_REPORTS)
def report_file(request: OrgRequest, report_id: int) -> HttpResponse:
    """The PDF, to keep. 404 until it is ready, and where the file itself is gone."""
    report = report_for(request, report_id)
    return send_file(request, report, leader.file_name(report))


@require_POST
@member_required(Action.MAKE_REPORTS)
def report_cancel(request: OrgRequest, report_id: int) -> HttpResponse:
    """Stop a report that waits or is being made."""
    return stop(request, changeable_report_for(request, report_id))


@require_POST
@member_required(Action.MAKE_REPORTS)
def report_retry(request: OrgRequest, report_id: int) -> HttpResponse:
    """Make a report that failed, was stopped or lost its file once more, from the same frozen inputs."""
    report = leader.retry_report(report_for(request, report_id), request.user)
    if not report.is_active:
        messages.info(request, _("It is there already."))
    return redirect(report)
