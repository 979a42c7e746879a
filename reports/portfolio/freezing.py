"""The portfolio report: what is frozen of several journeys, so that they can be read side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from accounts.models import Organisation
from assessments.models import ResultSheet, Round
from assessments.result_state import has_too_few
from assessments.wording import level_words
from journeys.models import Journey
from journeys.snapshot import plan_of
from reports.look import with_look
from reports.models import ReportKind
from reports.portfolio.sides import side_of_plan, side_of_sheet
from reports.report_requests import file_name, request_report, retry_report

__all__ = ["file_name", "inputs_of", "request_report", "retry_report"]


def inputs_of(
    organisation: Organisation,
    journeys: Sequence[Journey],
    *,
    language: str,
    paper: str = "A4",
    is_archive: bool = False,
) -> dict[str, Any]:
    """All that a portfolio is made of, as it is now: each journey's newest sheet, or else the manager's estimate."""
    prefetch_related_objects(list(journeys), "stages__moments")
    figures = newest_figures(journeys)
    inputs = {
        "kind": ReportKind.PORTFOLIO.value,
        "language": language,
        "paper": paper,
        "is_archive": is_archive,
        "made_on": datetime.now(ZoneInfo(organisation.time_zone)).date().isoformat(),
        "organisation": organisation.name,
        "levels": {str(words.level): words.name for words in level_words(organisation, language)},
        "journeys": [
            side_of_sheet(journey.title, figures[journey.pk])
            if journey.pk in figures
            else side_of_plan(plan_of(journey))
            for journey in journeys
        ],
    }
    return with_look(inputs, organisation)


def newest_figures(journeys: Sequence[Journey]) -> dict[int, dict[str, Any]]:
    """By journey, what its last round shows that may show anything; two queries."""
    rounds = Round.objects.filter(journey__in=list(journeys), sheet__isnull=False).order_by("-opened_at", "-pk")
    newest: dict[int, list[int]] = {}
    for pk, journey_id in rounds.values_list("pk", "journey_id"):
        newest.setdefault(journey_id, []).append(pk)
    asked = [pk for pks in newest.values() for pk in pks[:2]]  # the last may have too few answers
    sheets = dict(ResultSheet.objects.filter(round__in=asked).values_list("round_id", "figures"))
    found = {}
    for journey_id, pks in newest.items():
        shown = [sheets[pk] for pk in pks[:2] if pk in sheets and not has_too_few(sheets[pk])]
        if shown:
            found[journey_id] = shown[0]
    return found
