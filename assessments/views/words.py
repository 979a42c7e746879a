"""Words in the respondents' languages, as owners and managers write them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Action, OrgRequest, member_required
from assessments.choices import ANSWER_LANGUAGES
from assessments.word_forms import LevelWordsForm, MomentWordsForm
from assessments.wording import (
    moment_words,
    own_level_words,
    save_level_words,
    save_moment_words,
    usual_level_words,
)
from journeys.models import Journey, Moment
from journeys.views.lookup import journey_for


@require_http_methods(["GET", "POST"])
@member_required(Action.EDIT_ORGANISATION)
def level_words_edit(request: OrgRequest) -> HttpResponse:
    """What the organisation calls the six levels, in the language that `language` names."""
    language = _language(request, "en")
    known: dict[str, str] = {}
    for words in own_level_words(request.organisation, language):
        known |= {f"name_{words.level}": words.name, f"meaning_{words.level}": words.meaning}
    usual = usual_level_words(language)
    form = LevelWordsForm(request.POST if request.method == "POST" else None, usual=usual, initial=known)
    if form.is_valid():
        save_level_words(request.organisation, language, form.words())
        messages.success(request, _("Saved. Whoever answers from now on reads these words."))
        return redirect(f"{reverse('level_words_edit', args=[request.organisation.slug])}?language={language}")
    context = {"form": form, "chosen": language, "languages": ANSWER_LANGUAGES}
    return render(request, "assessments/level_words.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@member_required(Action.RUN_ROUNDS)
def moment_words_edit(request: OrgRequest, journey_id: int) -> HttpResponse:
    """What a map's moments are called in the language that `language` names."""
    journey = journey_for(request, journey_id)
    languages = {code: name for code, name in ANSWER_LANGUAGES.items() if code != journey.language}
    language = _language(request, next(iter(languages)))
    if language not in languages:
        raise Http404
    moments = _moments(journey)
    form = MomentWordsForm(
        request.POST if request.method == "POST" else None, moments=moments, initial=_known(journey, language)
    )
    if form.is_valid():
        save_moment_words(journey, language, form.words())
        messages.success(request, _("Saved. Rounds that open from now on ask with these words."))
        return redirect(
            f"{reverse('moment_words_edit', args=[request.organisation.slug, journey.pk])}?language={language}"
        )
    context = {
        "section": "journeys",
        "journey": journey,
        "form": form,
        "chosen": language,
        "languages": languages,
        "done": sum(bool(title.value()) for _moment, title, _experience in form.rows),
    }
    return render(request, "assessments/moment_words.html", context, status=422 if form.errors else 200)


def _language(request: OrgRequest, usual: str) -> str:
    language = request.GET.get("language", usual)
    if language not in ANSWER_LANGUAGES:
        raise Http404
    return language


def _moments(journey: Journey) -> list[Moment]:
    moments = Moment.objects.filter(stage__journey=journey).select_related("stage")
    return list(moments.order_by("stage__position", "position"))


def _known(journey: Journey, language: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for moment_id, row in moment_words(journey, language).items():
        known |= {f"title_{moment_id}": row.title, f"experience_{moment_id}": row.experience}
    return known
