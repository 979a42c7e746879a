"""What the script of the answering pages asks for: keeping answers at once, and the worker that keeps pages offline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from assessments.answer_forms import AnswerForm
from assessments.asking import AskedMoment, Asking
from assessments.saving import TURN_MAX, Said, save_said
from assessments.views.ways import respondent, under_way


@respondent
@under_way
@require_POST
def answer_save(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Keep {"answers": {position: {"turn", "asked", "level", "times", "seconds", "decision", "idea"}}}, as typed.

    Answers {"errors": {position: {field: message}}}: the rest of such a moment is kept.
    """
    sent = _sent(request)
    if sent is None:
        return JsonResponse({"problem": "unreadable"}, status=400)
    said: dict[int, Said] = {}
    errors: dict[int, dict[str, str]] = {}
    for moment in asking.moments:
        if (one := sent.get(str(moment.position))) is not None:
            said[moment.position] = _said(asking, moment, one, errors)
    if not save_said(asking.way, asking.language, said):
        return JsonResponse({"problem": "handed in"}, status=409)
    return JsonResponse({"errors": errors})


def _said(asking: Asking, moment: AskedMoment, one: dict[str, Any], errors: dict[int, dict[str, str]]) -> Said:
    is_asked = asking.is_for_staff or bool(one.get("asked"))
    if not is_asked or "level" not in one:
        return Said(None, is_asked=is_asked, turn=one["turn"])
    form = AnswerForm(one, round_=asking.way.round, is_for_staff=asking.is_for_staff)
    if not form.is_valid():
        errors[moment.position] = {name: str(messages[0]) for name, messages in form.errors.items()}
    return Said(form.answer(), turn=one["turn"])


def _sent(request: HttpRequest) -> dict[str, dict[str, Any]] | None:
    """By position; None where it is not what our script sends."""
    try:
        answers = json.loads(request.body)["answers"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return None
    is_readable = isinstance(answers, dict) and all(_is_answer(one) for one in answers.values())
    return answers if is_readable else None


def _is_answer(one: Any) -> bool:
    if not isinstance(one, dict) or type(one.get("turn")) is not int or not 0 < one["turn"] <= TURN_MAX:
        return False
    return all(isinstance(value, str) for name, value in one.items() if name not in ("turn", "asked"))


@login_not_required
@require_safe
def answer_worker(request: HttpRequest) -> HttpResponse:
    """The service worker: its address says for which pages it works. Looked for anew each time."""
    source = find("js/answer_worker.js")
    response = HttpResponse(Path(str(source)).read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = "/answer/"
    response.headers["Cache-Control"] = "no-cache"
    return response
