"""The links by which staff and customers rate what is sent: made, shown, printed, renewed, revoked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Action, OrgRequest, member_required
from accounts.security import private_page
from assessments.choices import View
from improvements.communications.forms import SurveyForm
from improvements.communications.opinions import participation
from improvements.communications.surveys import (
    make_survey,
    renew_survey,
    revoke_survey,
    survey_words,
    surveys_of,
    usual_minimum,
)
from improvements.models import Communication, CommunicationSurvey


def survey_for(request: OrgRequest, survey_id: int) -> CommunicationSurvey:
    """A link of the request's organisation, revoked ones among them."""
    rows = CommunicationSurvey.objects.in_organisation(request.organisation)
    survey: CommunicationSurvey = get_object_or_404(rows, pk=survey_id)
    return survey


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def communication_asking(request: OrgRequest) -> HttpResponse:
    """GET shows both links, POST makes that of one view where there is none."""
    usual = {"minimum_group": usual_minimum(request.organisation)}
    form = SurveyForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_valid():
        make_survey(request.organisation, form.cleaned_data["view"], form.cleaned_data["minimum_group"], request.user)
        return redirect("communication_asking", request.organisation.slug)
    surveys = surveys_of(request.organisation)
    rows = Communication.objects.in_organisation(request.organisation).filter(removed_at=None)
    context = {
        "section": "journeys",
        "asked": [_panel(view, surveys.get(view), form, usual) for view in (View.CUSTOMERS, View.STAFF)],
        "sent_count": rows.count(),
    }
    return render(request, "improvements/communication_asking.html", context, status=422 if form.is_bound else 200)


def _panel(view: View, survey: CommunicationSurvey | None, form: SurveyForm, usual: dict[str, int]) -> dict[str, Any]:
    """What the page says of one view. A form that was refused stands where it was sent from."""
    is_refused = form.is_bound and form.data.get("view") == view
    known = {"view": view, "minimum_group": survey.minimum_group if survey else usual["minimum_group"]}
    return {
        "view": view,
        "label": view.label,
        "survey": survey,
        "words": survey_words(survey) if survey and not survey.revoked_at else None,
        "participation": participation(survey) if survey else None,
        "form": form if is_refused else SurveyForm(initial=known, prefix_id=view.value),
    }


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Action.RUN_ROUNDS)
def communication_asking_end(request: OrgRequest, survey_id: int) -> HttpResponse:
    """GET asks, POST ends the link; with renew=yes another takes its place."""
    survey, is_renewed = survey_for(request, survey_id), "renew" in request.GET or "renew" in request.POST
    if survey.revoked_at:
        return redirect("communication_asking", request.organisation.slug)
    if request.method != "POST":
        context = {"section": "journeys", "survey": survey, "is_renewed": is_renewed}
        return render(request, "improvements/communication_asking_end.html", context)
    if is_renewed:
        renew_survey(survey)
        messages.success(request, _("Here is the new link. The old one opens nothing any more."))
    else:
        revoke_survey(survey)
        messages.success(request, _("The link is revoked. What was said by it stays."))
    return redirect("communication_asking", request.organisation.slug)


@private_page
@require_safe
@member_required(Action.RUN_ROUNDS)
def communication_asking_screen(request: OrgRequest, survey_id: int) -> HttpResponse:
    """The code over the whole screen of a meeting room, or on a sheet of paper."""
    survey = survey_for(request, survey_id)
    if survey.revoked_at:
        return redirect("communication_asking", request.organisation.slug)
    context = {"survey": survey, "words": survey_words(survey)}
    return render(request, "improvements/communication_asking_screen.html", context)
