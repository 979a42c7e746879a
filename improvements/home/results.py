"""The newest results on the first page: three sentences, and how the loyalty balance went from round to round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Organisation
from assessments.result_words import interval, with_sign
from assessments.sentences import three_sentences
from improvements.home.trend import Trend, TrendPoint, draw_trend
from improvements.newest_results import Told, figures_of, told_rounds
from journeys.models import Journey

NEWEST_TRIED, TREND_ROUNDS = 3, 8


@dataclass(frozen=True, slots=True)
class NewestResults:
    """Of the round that was opened last and shows something. trend: None for the first round."""

    told: Told
    journey: str
    language: str
    sentences: Sequence[str]
    trend: Trend | None


def newest_results(organisation: Organisation) -> NewestResults | None:
    """None before anything was released; six queries or fewer."""
    journeys = Journey.objects.in_organisation(organisation).filter(archived_at=None)
    told = told_rounds(journeys.values_list("pk", flat=True), each=1, most=NEWEST_TRIED)
    if not told:
        return None
    newest = told[0]
    figures = figures_of([newest])[newest.round_id]
    about = figures["round"]
    return NewestResults(newest, about["journey"], about["language"], three_sentences(figures), _trend_to(newest))


def _trend_to(newest: Told) -> Trend | None:
    rounds = told_rounds([newest.journey_id], each=TREND_ROUNDS)
    points = [point for round_ in reversed(rounds) if (point := _point(round_, newest.view))]
    return draw_trend(points) if len(points) > 1 else None


def _point(round_: Told, view: str) -> TrendPoint | None:
    balance = round_.balance(view)
    if not balance:
        return None
    said, around = with_sign(balance["value"], 0), interval(balance, lambda number: with_sign(number, 0))
    return TrendPoint(round_.title, round_.closed_on, said, around, balance["value"], balance["low"], balance["high"])
