"""Comments and ideas of a round: read, searched, and names taken out of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.submissions import once_only
from assessments.idea_forms import RedactForm
from assessments.idea_reading import SEARCH_MAX, as_read, ideas_by_moment, readable_ideas, readable_views, search_ideas
from assessments.models import Round
from assessments.privacy import COMMENTS_MINIMUM
from assessments.redacting import redact_idea, redact_text
from assessments.result_state import shown_figures
from assessments.views.lookup import idea_for, round_for

PAGE = 50


@require_safe
@member_required(Action.SEE_RESULTS)
def round_ideas(request: OrgRequest, round_id: int) -> HttpResponse:
    """What people wrote, by moment, shuffled. `q` finds words; htmx gets the list alone."""
    round_ = round_for(request, round_id)
    context = {"section": "rounds", "round": round_, **_found(request, round_)}
    page = "assessments/_ideas.html" if request.htmx else "assessments/ideas.html"
    response = render(request, page, context)
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _found(request: OrgRequest, round_: Round) -> dict[str, Any]:
    figures, words = shown_figures(round_), request.GET.get("q", "").strip()[:SEARCH_MAX]
    if figures is None or not readable_views(figures):
        return {"may_be_read": False, "comments_minimum": max(COMMENTS_MINIMUM, round_.minimum_group)}
    page = Paginator(search_ideas(readable_ideas(round_, figures), words), PAGE).get_page(request.GET.get("page"))
    return {
        "may_be_read": True,
        "about": figures["round"],
        "hidden_views": [view for view in figures["views"] if view not in readable_views(figures)],
        "comments_minimum": max(COMMENTS_MINIMUM, round_.minimum_group),
        "words": words,
        "page": page,
        "moments": ideas_by_moment(page.object_list, figures),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
@once_only
def idea_redact(request: OrgRequest, idea_id: UUID) -> HttpResponse:
    """Take words out of one idea: first a look at what would be left, then for good."""
    idea, figures = idea_for(request, idea_id)
    form, left = RedactForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        words = form.cleaned_data["words"]
        if request.POST.get("sure") == "yes" and redact_idea(idea, words):
            messages.success(request, _("Taken out. The words are gone for good."))
            return redirect("round_ideas", request.organisation.slug, idea.round_id)
        left = redact_text(idea.text, words)
        if left == redact_text(idea.text, []):
            form.add_error("words", _("This is not in the text. Type it as it stands there."))
    context = {
        "section": "rounds",
        "round": idea.round,
        "read": as_read(idea, figures),
        "about": figures["round"],
        "form": form,
        "left": "" if form.errors else left,
        "confirmed_words": ", ".join(form.cleaned_data.get("words", [])) if left else "",
    }
    response = render(request, "assessments/idea_redact.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response
