"""One moment's part of the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.choices import Question, View
from assessments.differences import Difference, blind_spot, change_since
from assessments.intervals import mean_interval, seed_of, wilson
from assessments.models import Round, RoundGroup, RoundMoment
from assessments.published import PublishedView, Shown, median_of
from assessments.scoring import Score, damage_per_year, is_elimination_candidate, score_counts
from assessments.tallies import DECISIONS
from journeys.choices import Decision


@dataclass(frozen=True)
class Asked:
    """A round with what may be shown of its answers. last: by a moment's source, its views in the round before."""

    round: Round
    moments: Sequence[RoundMoment]
    groups: Sequence[RoundGroup]
    published: Mapping[View, PublishedView]
    last: Mapping[int, Mapping[str, Any]]

    @cached_property
    def levels(self) -> dict[View, list[Shown]]:
        """What a view may show of each moment."""
        return {
            view: [said.counts(Question.LEVEL, moment.position) for moment in self.moments]
            for view, said in self.published.items()
        }

    @cached_property
    def scores(self) -> dict[View, list[Score | None]]:
        """By view, one a moment; None where there is none or it is hidden."""
        return {view: [score_counts(shown.whole) for shown in levels] for view, levels in self.levels.items()}

    def contacts_per_year(self, moment: RoundMoment) -> float:
        return self.round.customers_per_year * moment.contacts_per_customer

    def seed(self, *names: str | int) -> int:
        return seed_of(self.round.pk, *names)


def moment_figures(asked: Asked, moment: RoundMoment, judge: View | None) -> dict[str, Any]:
    """All of one moment. judge: the view by which damage is told, if any answered."""
    scores = {view: asked.scores[view][moment.position] for view in View}
    decisions = asked.published[View.STAFF].counts(Question.DECISION, moment.position).whole
    return {
        **_about(asked, moment),
        "views": {view.value: _score_figures(asked, view, moment.position, score) for view, score in scores.items()},
        "groups": {view.value: _group_figures(asked, view, moment.position) for view in View},
        "blind_spot": _blind_spot(asked, moment, scores),
        "damage": _damage(asked, moment, judge, scores),
        "decisions": dict(zip(DECISIONS, decisions, strict=True)) if decisions else None,
        "is_elimination_candidate": _may_go(scores[View.STAFF], decisions),
        "volumes": _volumes(asked.published[View.STAFF], moment.position),
        "change": {view.value: _change(asked, view, moment, score) for view, score in scores.items()},
    }


def _about(asked: Asked, moment: RoundMoment) -> dict[str, Any]:
    return {
        "position": moment.position,
        "title": moment.title,
        "stage": moment.stage_title,
        "channel": moment.channel,
        "icon": moment.icon,
        "contacts_per_customer": moment.contacts_per_customer,
        "contacts_per_year": asked.contacts_per_year(moment),
        "seconds": moment.seconds,
        "manager_level": moment.level,
        "is_make_or_break": moment.is_make_or_break,
        "is_for_customers": moment.is_for_customers,
    }


def _score_figures(asked: Asked, view: View, position: int, score: Score | None) -> dict[str, Any] | None:
    if score is None:
        return None
    mean = mean_interval(score.counts, asked.seed("mean", view.value, position))
    damaged = wilson(sum(score.counts[:2]), score.n)
    return {
        "n": score.n,
        "counts": list(score.counts),
        "median": score.median,
        "mean": score.mean,
        "low": mean.low,
        "high": mean.high,
        "damaged": score.damaged,
        "damaged_low": damaged.low,
        "damaged_high": damaged.high,
        "indifferent": score.indifferent,
        "created": score.created,
    }


def _group_figures(asked: Asked, view: View, position: int) -> dict[str, Any]:
    shown = asked.levels[view][position]
    scores = {str(group.pk): score_counts(shown.of_group(str(group.pk))) for group in asked.groups}
    return {key: {"n": score.n, "mean": score.mean} if score else None for key, score in scores.items()}


def _blind_spot(asked: Asked, moment: RoundMoment, scores: Mapping[View, Score | None]) -> dict[str, Any] | None:
    found = blind_spot(scores[View.STAFF], scores[View.CUSTOMERS], asked.seed("blind spot", moment.position))
    return {**_difference(found), "is_flagged": found.is_blind_spot} if found else None


def _change(asked: Asked, view: View, moment: RoundMoment, score: Score | None) -> dict[str, Any] | None:
    last = (asked.last.get(moment.source_id, {}) if moment.source_id is not None else {}).get(view.value)
    seed = asked.seed("change", view.value, moment.position)
    found = change_since(score_counts(tuple(last["counts"])) if last else None, score, seed)
    return {**_difference(found), "is_clear": found.is_clear} if found else None


def _difference(found: Difference) -> dict[str, float]:
    return {"levels": found.levels, "low": found.interval.low, "high": found.interval.high}


def _damage(
    asked: Asked, moment: RoundMoment, judge: View | None, scores: Mapping[View, Score | None]
) -> dict[str, Any] | None:
    score = scores[judge] if judge else None
    if judge is None or score is None:
        return None
    lost = damage_per_year(asked.contacts_per_year(moment), score.damaged)
    return {"contacts_per_year": lost, "view": judge.value}


def _may_go(score: Score | None, decisions: Sequence[int] | None) -> bool:
    if decisions is None:
        return False
    return is_elimination_candidate(score, decisions[DECISIONS.index(Decision.ELIMINATE)], sum(decisions))


def _volumes(staff: PublishedView, position: int) -> dict[str, Any]:
    amounts = {
        "times_per_week": staff.amounts(Question.TIMES, position),
        "seconds": staff.amounts(Question.SECONDS, position),
    }
    return {
        name: {"median": median_of(said), "n": sum(n for _, n in said)} if said else None
        for name, said in amounts.items()
    }
