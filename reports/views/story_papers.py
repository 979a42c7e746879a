"""A wall of stories and a certificate that thanks for one: chosen, waited for, downloaded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Action, OrgRequest, member_required
from improvements.stories.feed import published_stories
from journeys.models import Journey
from reports.models import StoryPaper
from reports.previews import request_preview
from reports.story_papers import asking as story_papers
from reports.story_papers.certificate import fits_certificate
from reports.story_papers.forms import CertificateForm, WallFilter, WallForm, first_wall
from reports.story_papers.wall_fit import fit_of_wall
from reports.views.job_pages import Kind, answer_progress, send_file, state_of, stop
from reports.views.lookup import changeable_story_paper_for, story_paper_for
from reports.views.previews import answer_preview

PAPER = Kind(
    "story_paper",
    Action.MAKE_REPORTS,
    ready=gettext_lazy("The file is ready"),
    failed=gettext_lazy("This file could not be made"),
    lost=gettext_lazy("The file was made, but it is no longer on the server. It can be made again."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MAKE_REPORTS)
def story_wall_make(request: OrgRequest) -> HttpResponse:
    """Choose stories and a sheet, see whether they fit, and ask for the wall; for htmx only what fits."""
    said = request.POST if request.method == "POST" else request.GET
    journeys = Journey.objects.in_organisation(request.organisation).filter(stories__state="published").distinct()
    filters = WallFilter(said, journeys=list(journeys))
    stories = filters.stories(request.organisation)
    form = WallForm(said if "size" in said else first_wall(stories), stories=stories)
    fit = None
    if form.is_valid():
        wanted = (request.organisation, form.chosen_stories(), form.chosen(), filters.journey_chosen)
        fit = fit_of_wall(story_papers.sketch_of_wall(*wanted))
    if fit and fit.words and request.method == "POST":
        inputs = story_papers.inputs_of_wall(*wanted)
        if "preview" in request.POST:
            return answer_preview(request, request_preview(request.organisation, request.user, "story", inputs))
        return redirect(story_papers.request_story_paper(request.organisation, request.user, inputs))
    if fit and not fit.words and request.method == "POST":
        form.add_error("size", [problem.text for problem in fit.problems])
    context = {"section": "posters", "form": form, "filters": filters, "fit": fit, "stories": stories}
    return _answer(request, "reports/_poster_fit.html", "reports/story_wall.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.MAKE_REPORTS)
def certificate_make(request: OrgRequest, story_id: int) -> HttpResponse:
    """Thank for one published story on paper."""
    story = get_object_or_404(published_stories(request.organisation), pk=story_id)
    if story.is_recovery:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = CertificateForm(data, story=story, signed_by=str(request.user))
    if form.is_valid():
        inputs = story_papers.inputs_of_certificate(story, form.chosen())
        if not fits_certificate(inputs):
            form.add_error("words", _("All of this does not fit on one certificate at a readable size. Shorten it."))
        elif "preview" in request.POST:
            return answer_preview(request, request_preview(request.organisation, request.user, "story", inputs))
        else:
            return redirect(story_papers.request_story_paper(request.organisation, request.user, inputs))
    context = {"section": "posters", "form": form, "story": story}
    return _answer(request, "reports/_preview_refused.html", "reports/certificate.html", context)


def _answer(request: OrgRequest, part: str, page: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or for htmx the part of it; a submission that is refused answers 422."""
    is_refused = request.method == "POST"
    if request.htmx:
        page = "reports/_preview_refused.html" if is_refused else part
    response = render(request, page, context, status=422 if is_refused else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@member_required(Action.SEE_REPORTS)
def story_paper_page(request: OrgRequest, paper_id: int) -> HttpResponse:
    """One paper: its place in the queue, its progress, its file, or what went wrong."""
    return render(request, "reports/story_paper.html", _state(request, story_paper_for(request, paper_id)))


@require_safe
@member_required(Action.SEE_REPORTS)
def story_paper_progress(request: OrgRequest, paper_id: int) -> HttpResponse:
    """The part of the page that changes; 204 while it says what the browser has seen already."""
    made = story_paper_for(request, paper_id)
    return answer_progress(request, made, _state(request, made))


def _state(request: OrgRequest, made: StoryPaper) -> dict[str, Any]:
    return {"section": "posters", "paper": made, **state_of(request, made, PAPER)}


@require_safe
@member_required(Action.SEE_REPORTS)
def story_paper_file(request: OrgRequest, paper_id: int) -> HttpResponse:
    """The PDF, to keep."""
    made = story_paper_for(request, paper_id)
    return send_file(request, made, story_papers.file_name(made))


@require_POST
@member_required(Action.MAKE_REPORTS)
def story_paper_cancel(request: OrgRequest, paper_id: int) -> HttpResponse:
    """Stop one that waits or is being made."""
    return stop(request, changeable_story_paper_for(request, paper_id))


@require_POST
@member_required(Action.MAKE_REPORTS)
def story_paper_retry(request: OrgRequest, paper_id: int) -> HttpResponse:
    """Make it once more, with each story as it may be told now."""
    made = story_paper_for(request, paper_id)
    try:
        return redirect(story_papers.retry_story_paper(made, request.user))
    except story_papers.NothingToPrint:
        messages.error(request, _("None of its stories is published any more, so there is nothing to print."))
        return redirect(made)
