"""What the responses of a batch say, counted in the database: no rating is ever loaded as an object.

The counts of all questions come from one pass over the ratings. What medians and resampling need besides is counted
apart, as it is not needed before a first sheet can be shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Count

from assessments.choices import Question
from assessments.models import Batch, Rating, Response, RoundMoment
from assessments.profiles import profiles_of
from assessments.scoring import LEVELS
from journeys.choices import Decision

MINUTES_MOST = 10
DECISIONS = tuple(decision.value for decision in Decision if decision.value)
WIDTHS = {Question.LEVEL: len(LEVELS), Question.DECISION: len(DECISIONS), Question.TIMES: 1, Question.SECONDS: 1}
AMOUNTS = {Question.TIMES: "times_per_week", Question.SECONDS: "seconds"}

Tallies = dict[str, dict[str, dict[str, list[int]]]]
"""By question, moment position and group id ("" for none): counts by value."""


def count_responses(batch: Batch, whose: dict[str, Any]) -> None:
    """Put what responses say into their batch; not saved. whose: which responses, as a filter takes them."""
    groups = Response.objects.filter(**whose).order_by().values_list("group_id").annotate(n=Count("*"))
    batch.response_counts = {_key(group): n for group, n in groups}
    batch.tallies = _tallies(batch, {f"response__{name}": value for name, value in whose.items()})


def _tallies(batch: Batch, whose: dict[str, Any]) -> Tallies:
    """All questions in one pass over the ratings. Not as a stream: PostgreSQL plans those for the first rows."""
    tallies: dict[str, Any] = {question.value: defaultdict(_cells_of(width)) for question, width in WIDTHS.items()}
    positions = _positions(batch)
    by = ("moment_id", "response__group_id", "level", "decision")
    said = {"n": Count("*"), "times": Count("times_per_week"), "seconds": Count("seconds")}
    rows = Rating.objects.filter(**whose).order_by().values_list(*by).annotate(**said)
    for moment_id, group, level, decision, n, times, seconds in rows:
        place, key = str(positions[moment_id]), _key(group)
        if level is not None:
            tallies[Question.LEVEL][place][key][level - 1] += n
        if decision in DECISIONS:
            tallies[Question.DECISION][place][key][DECISIONS.index(decision)] += n
        for question, answers in ((Question.TIMES, times), (Question.SECONDS, seconds)):
            if answers:
                tallies[question][place][key][0] += answers
    return {question: {place: dict(cells) for place, cells in found.items()} for question, found in tallies.items()}


def detail_batch(batch: Batch) -> None:
    """Put what medians and intervals need of a batch's responses into it; not saved."""
    batch.amounts, batch.profiles = _amounts(batch), profiles_of(batch)


def _amounts(batch: Batch) -> dict[str, dict[str, list[list[float]]]]:
    """By question and moment position: each amount that was said, in order, and how many said it."""
    positions, amounts = _positions(batch), {}
    for question, column in AMOUNTS.items():
        said = Rating.objects.filter(**{"response__batch": batch, f"{column}__isnull": False})
        rows = said.order_by("moment_id", column).values_list("moment_id", column).annotate(n=Count("*"))
        found: dict[str, list[list[float]]] = defaultdict(list)
        for moment_id, value, n in rows:
            found[str(positions[moment_id])].append([value, n])
        amounts[question.value] = dict(found)
    return amounts


def take_your_time() -> None:
    """Counting may take longer than a page may; for the transaction at hand."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{MINUTES_MOST}min'")


def _positions(batch: Batch) -> dict[int, int]:
    return dict(RoundMoment.objects.filter(round=batch.round_id).values_list("pk", "position"))


def _cells_of(width: int) -> Callable[[], Any]:
    return lambda: defaultdict(lambda: [0] * width)


def _key(group: int | None) -> str:
    return "" if group is None else str(group)
