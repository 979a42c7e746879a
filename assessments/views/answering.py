"""The pages of somebody who answers: where it begins, a moment a screen, and handing in. All work without a script."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.answer_forms import AnswerForm, questions_of, typed
from assessments.answer_pages import page_of
from assessments.asking import AskedMoment, Asking
from assessments.choices import ANSWER_LANGUAGES
from assessments.handing_in import NotTaken, hand_in
from assessments.models import Draft
from assessments.saving import Said, choose_language, save_said, save_ticks
from assessments.views.ways import go_to, refuse, respondent, under_way
from assessments.wording import level_words
from journeys.choices import Decision

THANKS_SECONDS = 8


@respondent
@require_safe
def answer_start(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Who asks about what, how long it takes, what becomes of it; begin, or go on where one stopped."""
    if asking.is_handed_in:
        return go_to(asking, "answer_anew") if asking.way.is_kiosk else _show(request, "answered", asking)
    languages = [(code, ANSWER_LANGUAGES[code]) for code in asking.way.round.languages if code in ANSWER_LANGUAGES]
    return _show(request, "start", asking, languages=languages if len(languages) > 1 else [])


@respondent
@under_way
@require_POST
def answer_language(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Go on in another of the round's languages."""
    if (language := request.POST.get("language", "")) in asking.way.round.languages:
        choose_language(asking.way, language)
    return go_to(asking, "answer_start")


@respondent
@under_way
@require_http_methods(["GET", "HEAD", "POST"])
def answer_tick(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Customers tick what they were part of, and are asked about that alone."""
    if asking.is_for_staff:
        return go_to(asking, "answer_start")
    ticked = {moment.position for moment in asking.steps}
    if request.method == "POST":
        said = request.POST.getlist("moment")
        ticked = {moment.position for moment in asking.moments if str(moment.position) in said}
        save_ticks(asking.way, asking.language, [moment.position for moment in asking.moments], ticked)
        if ticked:
            first = next(moment for moment in asking.moments if moment.position in ticked)
            return go_to(asking, "answer_moment", first.number)
    stages = [(stage, list(moments)) for stage, moments in groupby(asking.moments, lambda moment: moment.stage)]
    is_empty = request.method == "POST"
    return _show(request, "tick", asking, status=422 if is_empty else 200, stages=stages, is_empty=is_empty)


@respondent
@under_way
@require_http_methods(["GET", "HEAD", "POST"])
def answer_moment(request: HttpRequest, asking: Asking, number: int) -> HttpResponse:
    """One moment. What is right is kept even where something beside it is not."""
    moment = next((moment for moment in asking.moments if moment.number == number), None)
    if moment is None:
        return go_to(asking, "answer_check")
    if request.method != "POST":
        return _show_moment(request, asking, moment, typed(moment.answer), {})
    form = AnswerForm(request.POST, round_=asking.way.round, is_for_staff=asking.is_for_staff)
    is_right = form.is_valid()
    save_said(asking.way, asking.language, {moment.position: Said(form.answer())})
    if not is_right:
        return _show_moment(request, asking, moment, request.POST, form.errors, status=422)
    return _go_on(asking, moment, is_back=request.POST.get("go") == "back")


def _go_on(asking: Asking, moment: AskedMoment, *, is_back: bool) -> HttpResponse:
    beside = asking.before(moment.number) if is_back else asking.after(moment.number)
    if beside:
        return go_to(asking, "answer_moment", beside.number)
    if is_back:
        return go_to(asking, "answer_start" if asking.is_for_staff else "answer_tick")
    return go_to(asking, "answer_check")


def _show_moment(
    request: HttpRequest, asking: Asking, moment: AskedMoment, said: Any, errors: Any, status: int = 200
) -> HttpResponse:
    return _show(
        request,
        "moment",
        asking,
        status=status,
        moment=moment,
        last=asking.after(moment.number) is None,
        said=said,
        errors=errors,
        words=level_words(asking.way.round.organisation, asking.language),
        questions=questions_of(asking.way.round, is_for_staff=asking.is_for_staff),
        decisions=Decision.choices,
    )


@respondent
@under_way
@require_http_methods(["GET", "HEAD", "POST"])
def answer_check(request: HttpRequest, asking: Asking) -> HttpResponse:
    """What was answered and what is empty; handing in."""
    problem = ""
    if request.method == "POST":
        if asking.draft and asking.has_given_any:
            return _hand_in(request, asking, asking.draft)
        problem = _("Nothing is answered yet. Choose a level for one moment at least, then hand in.")
    words = level_words(asking.way.round.organisation, asking.language)
    return _show(request, "check", asking, status=422 if problem else 200, words=words, problem=problem)


def _hand_in(request: HttpRequest, asking: Asking, draft: Draft) -> HttpResponse:
    try:
        hand_in(asking.way, draft)
    except NotTaken as refused:
        return refuse(request, asking, refused.refusal)
    return go_to(asking, "answer_done")


@respondent
@require_safe
def answer_done(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Thanks, and what becomes of it."""
    if not asking.is_handed_in:
        return go_to(asking, "answer_start")
    response = _show(request, "done", asking)
    if asking.way.is_kiosk:
        response.headers["Refresh"] = f"{THANKS_SECONDS};url={reverse('answer_anew', args=[asking.way.name])}"
    return response


def _show(request: HttpRequest, page: str, asking: Asking, status: int = 200, **context: Any) -> HttpResponse:
    context |= page_of(asking, is_phone="Mobi" in request.headers.get("User-Agent", ""))
    return render(request, f"assessments/answer_{page}.html", context, status=status)
