"""Did it work? The level of a done action's moment in the round before and in the round after, with the interval.

Read from result sheets alone; the difference is computed as rounds compare themselves. METHOD, "Levels of a round".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from assessments.differences import change_since
from assessments.intervals import seed_of
from assessments.scoring import score_counts
from improvements.choices import ActionState
from improvements.models import Action
from improvements.sheet_extracts import Extract, extracts_of


class Verdict(StrEnum):
    """What the figures let one say."""

    BETTER = "better"
    WORSE = "worse"
    NO_CHANGE = "no change"
    NOTHING_BEFORE = "nothing before"
    WAITING = "waiting"
    HIDDEN = "hidden"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Side:
    """One round's figures of the moment, by one view. low, high: the 95 % interval of its mean."""

    title: str
    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Effect:
    """view: staff or customers, whose levels are compared; levels: after less before, with its interval."""

    verdict: Verdict
    view: str = ""
    before: Side | None = None
    after: Side | None = None
    levels: float = 0.0
    low: float = 0.0
    high: float = 0.0


def effect_of(action: Action) -> Effect | None:
    """None of an action that is not done or is about no moment."""
    return effects_of([action]).get(action.pk)


def effects_of(actions: Sequence[Action]) -> dict[int, Effect]:
    """By action, of those that are done and about a moment; three queries however many there are."""
    done = [it for it in actions if it.state == ActionState.DONE and it.done_on and it.moment_id]
    told = extracts_of({it.journey_id for it in done}) if done else {}
    return {
        it.pk: compare(told.get(it.journey_id, ())[::-1], it.moment_id, it.done_on)
        for it in done
        if it.done_on and it.moment_id
    }


def compare(rounds: Sequence[Extract], moment_id: int, done_on: date) -> Effect:
    """The last round that was over when it was done, against the first that opened later and has answers to show.

    rounds: the oldest first. One that was open on that day mixes both and counts as neither. Customers are compared
    where both rounds show them, else staff: never one with the other.
    """
    before = [it for it in rounds if it.closed_on and it.closed_on <= done_on and moment_id in it.moments]
    after = [it for it in rounds if it.opened_on and it.opened_on > done_on]
    for view in ("customers", "staff"):
        first = next((it for it in reversed(before) if _score(it, moment_id, view)), None)
        second = next((it for it in after if _score(it, moment_id, view)), None)
        if first and second:
            return _effect(first, second, moment_id, view)
    return _why_not(before, after, moment_id)


def _why_not(before: Sequence[Extract], after: Sequence[Extract], moment_id: int) -> Effect:
    view = next((view for view in ("customers", "staff") if any(_score(it, moment_id, view) for it in before)), "")
    first = next((it for it in reversed(before) if view and _score(it, moment_id, view)), None)
    if not first:
        return Effect(Verdict.NOTHING_BEFORE)
    known = _side(first, moment_id, view)
    if not after:
        return Effect(Verdict.WAITING, view, known)
    is_asked = any(moment_id in it.moments for it in after)
    return Effect(Verdict.HIDDEN if is_asked else Verdict.GONE, view, known)


def _effect(first: Extract, second: Extract, moment_id: int, view: str) -> Effect:
    """The seed is that of the later round's own comparison, so that both pages show one interval."""
    seed = seed_of(second.round_id, "change", view, second.moments[moment_id].position)
    before, after = _score(first, moment_id, view), _score(second, moment_id, view)
    found = change_since(score_counts(tuple(before["counts"])), score_counts(tuple(after["counts"])), seed)
    assert found is not None  # noqa: S101  # both have answers
    verdict = Verdict.NO_CHANGE
    if found.is_clear:
        verdict = Verdict.BETTER if found.levels > 0 else Verdict.WORSE
    sides = _side(first, moment_id, view), _side(second, moment_id, view)
    return Effect(verdict, view, *sides, found.levels, found.interval.low, found.interval.high)


def _score(told: Extract, moment_id: int, view: str) -> Any:
    said = told.moments.get(moment_id)
    return said.views.get(view) if said else None


def _side(told: Extract, moment_id: int, view: str) -> Side:
    score = _score(told, moment_id, view)
    return Side(told.title, score["mean"], score["low"], score["high"], score["n"])
