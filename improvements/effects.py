"""Did it work? The level of a done action's moment in the round before and in the round after, with the interval.

Read from result sheets alone; the difference is computed as rounds compare themselves. METHOD, "Levels of a round".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.dateparse import parse_date

from assessments.differences import change_since
from assessments.intervals import seed_of
from assessments.models import ResultSheet, Round, RoundMoment
from assessments.result_words import Figures
from assessments.scoring import score_counts
from improvements.choices import ActionState
from improvements.models import Action


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
    day: date
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


@dataclass(frozen=True, slots=True)
class Told:
    """What one round says: its sheet's part on the moment, if it asked about it."""

    round_id: int
    opened_on: date
    closed_on: date | None
    title: str
    moment: Figures | None


def effect_of(action: Action) -> Effect | None:
    """None of an action that is not done or is about no moment."""
    return effects_of([action]).get(action.pk)


def effects_of(actions: Sequence[Action]) -> dict[int, Effect]:
    """By action, of those that are done and about a moment; three queries however many there are."""
    done = [it for it in actions if it.state == ActionState.DONE and it.done_on and it.moment_id]
    told = read_rounds({it.journey_id for it in done}, {it.moment_id for it in done if it.moment_id}) if done else {}
    return {it.pk: compare(told.get((it.journey_id, it.moment_id), []), it.done_on) for it in done if it.done_on}


def read_rounds(journeys: Collection[int], moments: Collection[int]) -> dict[tuple[int, int | None], list[Told]]:
    """What each published round says, by journey and moment, the oldest round first."""
    rounds = Round.objects.filter(journey__in=journeys, sheet__isnull=False).order_by("opened_at", "pk")
    pairs = list(rounds.values_list("pk", "journey_id"))
    ids = [pk for pk, _journey in pairs]
    asked = RoundMoment.objects.filter(round__in=ids, source_id__in=moments)
    places = {(pk, source): place for pk, source, place in asked.values_list("round_id", "source_id", "position")}
    sheets = dict(ResultSheet.objects.filter(round__in=ids).values_list("round_id", "figures"))
    found: dict[tuple[int, int | None], list[Told]] = {}
    for pk, journey in pairs:
        for moment in moments:
            if told := _told(pk, sheets[pk], places.get((pk, moment))):
                found.setdefault((journey, moment), []).append(told)
    return found


def _told(round_id: int, figures: Figures, position: int | None) -> Told | None:
    about = figures["round"]
    opened_on, closed_on = (parse_date(about[name] or "") for name in ("opened_on", "closed_on"))
    if opened_on is None:
        return None
    moment = next((m for m in figures["moments"] if m["position"] == position), None)
    return Told(round_id, opened_on, closed_on, about["title"], moment)


def compare(rounds: Sequence[Told], done_on: date) -> Effect:
    """The last round that was over when it was done, against the first that opened later and has answers to show.

    A round that was open on that day mixes both and counts as neither. Customers are compared where both rounds show
    them, else staff: never one with the other.
    """
    before = [told for told in rounds if told.closed_on and told.closed_on <= done_on and told.moment]
    after = [told for told in rounds if told.opened_on > done_on]
    for view in ("customers", "staff"):
        first = next((told for told in reversed(before) if _score(told, view)), None)
        second = next((told for told in after if _score(told, view)), None)
        if first and second:
            return _effect(first, second, view)
    return _why_not(before, after)


def _why_not(before: Sequence[Told], after: Sequence[Told]) -> Effect:
    view = next((view for view in ("customers", "staff") if any(_score(told, view) for told in before)), "")
    first = next((told for told in reversed(before) if view and _score(told, view)), None)
    if not first:
        return Effect(Verdict.NOTHING_BEFORE)
    known = _side(first, view)
    if not after:
        return Effect(Verdict.WAITING, view, known)
    is_asked = any(told.moment for told in after)
    return Effect(Verdict.HIDDEN if is_asked else Verdict.GONE, view, known)


def _effect(first: Told, second: Told, view: str) -> Effect:
    """The seed is that of the later round's own comparison, so that both pages show one interval."""
    said: Any = second.moment
    seed = seed_of(second.round_id, "change", view, said["position"])
    before, after = _score(first, view), _score(second, view)
    found = change_since(score_counts(tuple(before["counts"])), score_counts(tuple(after["counts"])), seed)
    assert found is not None  # noqa: S101  # both have answers
    verdict = Verdict.NO_CHANGE
    if found.is_clear:
        verdict = Verdict.BETTER if found.levels > 0 else Verdict.WORSE
    interval = found.interval
    return Effect(verdict, view, _side(first, view), _side(second, view), found.levels, interval.low, interval.high)


def _score(told: Told, view: str) -> Any:
    return told.moment["views"].get(view) if told.moment else None


def _side(told: Told, view: str) -> Side:
    score = _score(told, view)
    return Side(told.title, told.closed_on or told.opened_on, score["mean"], score["low"], score["high"], score["n"])
