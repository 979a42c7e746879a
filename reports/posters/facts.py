"""Volume, time and decision of a moment in lines that look alike across a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.posters.content import PosterMoment
from reports.posters.page import Line, Run, width_of_line
from reports.posters.rows import Column
from reports.sizes import TypeScale
from reports.typesetting import BOLD

BADGE_PADDING = 0.5  # of the body, at either side of a decision
WidestFacts = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class FactForm:
    """How a row writes volumes and times: with their units or not, on one line or on two."""

    has_volume_unit: bool = False
    has_time_unit: bool = False
    shares_line: bool = False


def row_labels(facts: FactForm) -> tuple[str, ...]:
    """Names of the lines under a moment's title; they carry the unit where the columns have no room for it."""
    return _row_labels(facts, get_language())


@cache
def _row_labels(facts: FactForm, _language: str | None) -> tuple[str, ...]:
    volume = _("Volume") if facts.has_volume_unit else _("Volume a year")
    time = _("Time") if facts.has_time_unit else _("Time each")
    names = (_("Volume, time"),) if facts.shares_line else (volume, time)
    return (*names, _("Decision"), _("What more we will do"))


def facts_of(moment: PosterMoment, form: FactForm) -> tuple[Line, ...]:
    """Volume, time and decision."""
    decision = (Run(moment.decision_name or "\u00a0", moment.decision, BOLD),)
    if form.shares_line:
        return _shared(moment), decision
    volume, time = _measures(moment)
    return volume if form.has_volume_unit else volume[:1], time if form.has_time_unit else time[:1], decision


def _shared(moment: PosterMoment) -> Line:
    return (Run(f"{moment.volume} \u00b7 {moment.duration}", face=BOLD),)


def _measures(moment: PosterMoment) -> tuple[Line, Line]:
    """Volume and time with their units."""
    volume = (Run(moment.volume, face=BOLD), Run(f" {moment.volume_unit}"))
    return volume, (Run(moment.duration, face=BOLD), Run(f" {moment.duration_unit}"))


def widest_facts(row: Sequence[Column]) -> WidestFacts:
    """Widths of a row's widest volume, time, and both on one line, in parts of the body."""
    moments = [column.moment for column in row if column.moment]
    lines = [(*_measures(moment), _shared(moment)) for moment in moments] or [((), (), ())]
    volume, time, shared = (max(width_of_line(line, 1) for line in kind) for kind in zip(*lines, strict=True))
    return volume, time, shared


def fact_form(widest: WidestFacts, measure: float, type_: TypeScale) -> FactForm:
    """What all columns of a row have room for, so that they look alike."""
    volume, time, shared = (width * type_.far <= measure for width in widest)
    return FactForm(volume, time, type_.is_dense and shared)


def width_of_badge(decision: Line, type_: TypeScale) -> float:
    return width_of_line(decision, type_.body) + type_.body * BADGE_PADDING * 2
