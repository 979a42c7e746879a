"""Many responses at once, in a few statements a thousand: what an import stores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from django.db import connection

from assessments.answers import NOT_SEEN, Answer
from assessments.choices import Source, View
from assessments.models import Idea, Response, Round, RoundMoment
from assessments.storing import moments_asked

AT_ONCE = 1_000  # sheets
INSERT = (
    "INSERT INTO assessments_rating (response_id, moment_id, level, times_per_week, seconds, decision) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)

Sheet = tuple[str, Mapping[int, Answer]]


def write_responses(round_: Round, view: View, sheets: Sequence[Sheet], language: str) -> None:
    """Store one response a sheet, each with the name of its group and its answers by the moment's id on the map."""
    groups = dict(round_.groups.values_list("name", "pk"))
    moments = {moment.source_id or -moment.pk: moment for moment in moments_asked(round_, view)}
    for some in _in_parts(sheets):
        _write(round_, view, some, language, groups, moments)


def _in_parts(sheets: Sequence[Sheet]) -> Iterable[Sequence[Sheet]]:
    return (sheets[start : start + AT_ONCE] for start in range(0, len(sheets), AT_ONCE))


def _write(
    round_: Round,
    view: View,
    sheets: Sequence[Sheet],
    language: str,
    groups: Mapping[str, int],
    moments: Mapping[int, RoundMoment],
) -> None:
    ids = [uuid4() for _ in sheets]
    Response.objects.bulk_create(
        Response(
            id=response_id,
            round=round_,
            view=view,
            group_id=groups.get(group),
            source=Source.IMPORTED,
            language=language,
        )
        for response_id, (group, _answers) in zip(ids, sheets, strict=True)
    )
    said = [
        (response_id, groups.get(group), moments[moment_id], answer)
        for response_id, (group, answers) in zip(ids, sheets, strict=True)
        for moment_id, answer in answers.items()
        if moment_id in moments
    ]
    _write_ratings(
        (response_id, moment.pk, answer) for response_id, _group, moment, answer in said if answer.level is not None
    )
    Idea.objects.bulk_create(
        Idea(
            id=uuid4(),
            round=round_,
            response_id=response_id,
            moment=moment,
            view=view,
            group_id=group_id,
            language=language,
            text=answer.idea,
        )
        for response_id, group_id, moment, answer in said
        if answer.idea
    )


def _write_ratings(said: Iterable[tuple[UUID, int, Answer]]) -> None:
    """By the database's own way for many rows: as objects, 400,000 of them take several times as long."""
    is_native = connection.features.has_native_uuid_field
    with connection.cursor() as cursor:
        cursor.executemany(
            INSERT,
            [
                (response_id if is_native else response_id.hex, moment_id, *_columns(answer))
                for response_id, moment_id, answer in said
            ],
        )


def _columns(said: Answer) -> tuple[int | None, float | None, float | None, str]:
    if said.level == NOT_SEEN:
        return None, None, None, ""
    return said.level, said.times_per_week, said.seconds, said.decision
