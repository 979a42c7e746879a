"""What one person says as rows: a response, its ratings and ideas, with random ids and without a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid4

from django.db import connection

from assessments.answers import NOT_SEEN, Answer
from assessments.choices import Source, View
from assessments.models import Idea, Recipient, Response, Round, RoundGroup, RoundMoment

RATED = (
    "INSERT INTO assessments_rating (response_id, moment_id, level, times_per_week, seconds, decision) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)
"""As objects, twenty ratings would take longer to make than to insert."""


@dataclass(frozen=True, slots=True)
class Said:
    """A response that is not stored yet. given: what was answered, by the id of its moment, in their order.

    id: another than a random one, where sending twice has to be known again; it tells no time either.
    """

    round: Round
    view: View
    group: RoundGroup | None
    given: Sequence[tuple[int, Answer]]
    source: Source
    language: str = "en"
    recipient: Recipient | None = None
    id: UUID = field(default_factory=uuid4)


def given_of(round_: Round, view: View, answers: Mapping[int, Answer]) -> list[tuple[int, Answer]]:
    """Answers by position as answers by the id of their moment; those to moments that the view is not asked go."""
    moments = _moment_ids(round_.pk, round_.opened_at, view)
    return [(moment, answers[position]) for position, moment in moments if position in answers]


def store_response(
    round_: Round,
    view: View,
    group: RoundGroup | None,
    answers: Mapping[int, Answer],
    source: Source,
    *,
    language: str = "en",
    response_id: UUID | None = None,
) -> Response:
    """One response with its ratings and ideas; answers: by position of the moment. Three or four queries."""
    given = given_of(round_, view, answers)
    return store(Said(round_, view, group, given, source, language, id=response_id or uuid4()))


def store(said: Said) -> Response:
    """The rows of what was said; in a transaction of the caller's."""
    response: Response = Response.objects.create(
        id=said.id,
        round=said.round,
        view=said.view,
        group=said.group,
        source=said.source,
        language=said.language,
        recipient=said.recipient,
    )
    key = Response._meta.pk.get_db_prep_value(response.pk, connection)
    ratings = [(key, moment, *rated(answer)) for moment, answer in said.given if answer.level is not None]
    if ratings:
        with connection.cursor() as cursor:
            cursor.executemany(RATED, ratings)
    ideas = [_idea(response, moment, answer.idea) for moment, answer in said.given if answer.idea]
    if ideas:
        Idea.objects.bulk_create(ideas)
    return response


def moments_asked(round_: Round, view: View) -> Sequence[RoundMoment]:
    """The frozen moments that a view is asked about, in order; one query."""
    moments = RoundMoment.objects.filter(round=round_)
    return list(moments.filter(is_for_customers=True) if view == View.CUSTOMERS else moments)


@lru_cache(maxsize=512)
def _moment_ids(round_id: int, opened_at: datetime | None, view: View) -> Sequence[tuple[int, int]]:
    """Position and id of each moment that a view is asked about; frozen once the round has opened."""
    moments = RoundMoment.objects.filter(round_id=round_id)
    asked = moments.filter(is_for_customers=True) if view == View.CUSTOMERS else moments
    return tuple(asked.order_by("position").values_list("position", "pk"))


def rated(said: Answer) -> tuple[int | None, float | None, float | None, str]:
    """Level, times a week, seconds and decision as a rating keeps them: of a moment that was not seen nothing."""
    if said.level == NOT_SEEN:
        return None, None, None, ""
    return said.level, said.times_per_week, said.seconds, said.decision


def _idea(response: Response, moment_id: int, text: str) -> Idea:
    return Idea(
        id=uuid4(),
        round_id=response.round_id,
        response=response,
        moment_id=moment_id,
        view=response.view,
        group_id=response.group_id,
        language=response.language,
        text=text,
    )
