"""The leader report of a round: what is frozen of it. Reports are asked for as `reports.report_requests` says."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from assessments.idea_reading import as_read, readable_ideas
from assessments.models import Idea, Round, RoundMoment
from assessments.result_state import Standing, has_too_few, shown_figures, standing_of
from assessments.result_words import Figures
from assessments.wording import level_words
from reports.leader.choice import choose_ideas
from reports.look import with_look
from reports.models import ReportKind
from reports.report_requests import file_name, request_report, retry_report

__all__ = ["file_name", "inputs_of", "request_report", "retry_report", "why_not"]


def why_not(round_: Round) -> str:
    """Why there is no report of a round yet; empty where there can be one."""
    figures = shown_figures(round_)
    if figures is not None:
        return _("Too few people have answered for anything to be shown.") if has_too_few(figures) else ""
    if standing_of(round_) == Standing.COUNTING:
        return _("The results are being counted. Try again in a minute.")
    return _("A report tells what a round showed. This one has no results yet: they appear when it closes.")


def inputs_of(round_: Round, *, language: str, paper: str = "A4", is_archive: bool = False) -> dict[str, Any]:
    """All that a report is made of, as it is now: the round's sheet, the map's decisions, ideas that may be read.

    Raises ResultSheet.DoesNotExist where nothing was released. Titles are in the report's language where the map has
    them in it. The date is the organisation's today.
    """
    figures = deepcopy(round_.sheet.figures)
    moments = list(RoundMoment.objects.filter(round=round_).select_related("moment"))
    inputs = {
        "kind": ReportKind.LEADER.value,
        "language": language,
        "paper": paper,
        "is_archive": is_archive,
        "made_on": today_of(round_).isoformat(),
        "organisation": round_.organisation.name,
        "figures": _in_language(figures, moments, language),
        "levels": {str(words.level): words.name for words in level_words(round_.organisation, language)},
        "plans": [_plan(moment) for moment in moments if moment.moment],
        "ideas": _ideas(round_, figures),
    }
    return with_look(inputs, round_.organisation)


def today_of(round_: Round) -> Any:
    """The organisation's date."""
    return datetime.now(ZoneInfo(round_.organisation.time_zone)).date()


def _in_language(figures: dict[str, Any], moments: Sequence[RoundMoment], language: str) -> dict[str, Any]:
    told = {moment.position: moment.translations.get(language, {}) for moment in moments}
    for moment in figures["moments"]:
        words = told.get(moment["position"], {})
        moment["language"] = language if words.get("title") else figures["round"]["language"]
        moment["title"] = words.get("title") or moment["title"]
        moment["stage"] = words.get("stage") or moment["stage"]
    return figures


def _plan(moment: RoundMoment) -> dict[str, Any]:
    """What the map says will be done about a moment, today."""
    return {
        "position": moment.position,
        "title": moment.title,
        "decision": moment.moment.decision if moment.moment else "",
        "what_more": moment.moment.what_more if moment.moment else "",
    }


def _ideas(round_: Round, figures: Figures) -> dict[str, Any]:
    """Those that the ideas page shows; as many as a report has room for, and how many there are."""
    places = {row["position"]: place for place, row in enumerate(figures["enhance"])}
    readable = [(idea.moment.position, idea) for idea in readable_ideas(round_, figures)]
    chosen = choose_ideas([(position, idea.text) for position, idea in readable], places)
    return {"count": len(readable), "shown": [_idea(*readable[index], figures) for index in chosen]}


def _idea(position: int, idea: Idea, figures: Figures) -> dict[str, Any]:
    return {
        "position": position,
        "title": idea.moment.title,
        "view": idea.view,
        "group": as_read(idea, figures).group,
        "language": idea.language,
        "text": idea.text,
    }
