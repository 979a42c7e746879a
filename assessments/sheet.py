"""All that a round may show, as plain values: page, files and commands read nothing else.

Numbers are raw. What is hidden or missing is None, and nothing tells which of the two it is. Keys of groups are ids as
texts. A moment below the minimum group counts nowhere.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from assessments.choices import View
from assessments.models import Batch, ResultSheet, Round, RoundGroup, RoundMoment
from assessments.published import PublishedView
from assessments.sheet_moments import Asked, moment_figures
from assessments.sheet_whole import enhance_figures, judging_view, weakest_figures, whole_figures

FORMAT = 1


def figures_of(round_: Round) -> dict[str, Any]:
    """The figures of a round from its batches, and of the round before from that one's sheet."""
    return figures_of_asked(read_asked(round_))


def figures_of_asked(asked: Asked) -> dict[str, Any]:
    """The same from what was read; nothing is read here."""
    round_, judge = asked.round, judging_view(asked)
    return {
        "format": FORMAT,
        "round": _about(round_),
        "views": [view.value for view in round_.views],
        "groups": [{"id": group.pk, "name": group.name} for group in asked.groups],
        "responses": {view.value: _responses(asked, view) for view in View},
        "moments": [moment_figures(asked, moment, judge) for moment in asked.moments],
        "whole": {view.value: whole_figures(asked, view) for view in View},
        "weakest": weakest_figures(asked),
        "enhance": enhance_figures(asked, judge),
        "ideas": {view.value: _ideas(asked, view) for view in View},
    }


def read_asked(round_: Round) -> Asked:
    """What was asked and answered, and what the round before shows."""
    batches: dict[str, list[Batch]] = {view.value: [] for view in View}
    for batch in Batch.objects.filter(round=round_):
        batches[batch.view].append(batch)
    return Asked(
        round=round_,
        moments=list(RoundMoment.objects.filter(round=round_)),
        groups=list(RoundGroup.objects.filter(round=round_)),
        published={view: PublishedView(view, batches[view.value], round_.minimum_group) for view in View},
        last=_last_counts(round_),
    )


def _last_counts(round_: Round) -> dict[int, dict[str, Any]]:
    """What the round before shows of each moment, by the id that both copied it from."""
    sheet = ResultSheet.objects.filter(round_id=round_.previous_id).first() if round_.previous_id else None
    if sheet is None:
        return {}
    sources = dict(RoundMoment.objects.filter(round_id=round_.previous_id).values_list("position", "source_id"))
    found = {sources.get(moment["position"]): moment["views"] for moment in sheet.figures["moments"]}
    return {source: views for source, views in found.items() if source is not None}


def _about(round_: Round) -> dict[str, Any]:
    previous = round_.previous
    return {
        "title": round_.title,
        "journey": round_.journey_title,
        "language": round_.journey_language,
        "opened_on": _day(round_.opened_at),
        "closed_on": _day(round_.closed_at) if round_.has_ended else None,
        "minimum_group": round_.minimum_group,
        "privacy": round_.privacy,
        "audience": round_.audience,
        "release": round_.release,
        "customers_per_year": round_.customers_per_year,
        "leave_rate_percent": round_.leave_rate_percent,
        "is_complete": round_.has_ended,
        "previous": {"id": previous.pk, "title": previous.title} if previous else None,
    }


def _day(at: datetime | None) -> str | None:
    return timezone.localdate(at).isoformat() if at else None


def _responses(asked: Asked, view: View) -> dict[str, Any]:
    shown = asked.published[view].responses()
    groups = {str(group.pk): shown.of_group(str(group.pk)) for group in asked.groups}
    return {
        "n": shown.whole[0] if shown.whole else None,
        "groups": {key: counts[0] if counts else None for key, counts in groups.items()},
    }


def _ideas(asked: Asked, view: View) -> dict[str, Any]:
    """Ideas are shown batch by batch: one of a batch that is not named here is shown to nobody."""
    readable = asked.published[view].readable_ideas()
    return {
        "may_be_read": bool(readable),
        "groups": sorted({group for groups in readable.values() for group in groups}),
        "batches": [{"id": batch, "groups": groups} for batch, groups in readable.items()],
    }
