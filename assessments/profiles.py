"""Who answered alike: one row a combination of levels, for resampling whole respondents.

The levels of 20 moments are packed into one number, three bits a moment, 0 where it carries none; a row is as many
numbers as the round's moments need, and last how many people it stands for. It names nobody, and it is kept with its
batch, so that an answer that is deleted later changes no shown interval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from assessments.models import Batch, Rating, Response, RoundMoment

if TYPE_CHECKING:
    import numpy

MOMENTS_A_NUMBER = 20
BITS = 3


def profiles_of(batch: Batch) -> list[list[int]]:
    """The rows of a batch, counted in the database."""
    moments = RoundMoment.objects.filter(round=batch.round_id).count()
    numbers = range(numbers_of(moments))
    packed = ", ".join(
        f"CAST(SUM(CASE WHEN m.position / {MOMENTS_A_NUMBER} = {number} THEN CAST(g.level AS bigint) "
        f"<< ({BITS} * (m.position %% {MOMENTS_A_NUMBER})) ELSE 0 END) AS bigint) AS p{number}"
        for number in numbers
    )
    names = ", ".join(f"p{number}" for number in numbers)
    tables = {"g": Rating, "r": Response, "m": RoundMoment}
    rating, response, moment = (connection.ops.quote_name(model._meta.db_table) for model in tables.values())
    query = (
        f"SELECT {names}, COUNT(*) FROM (SELECT {packed} FROM {rating} g JOIN {response} r ON r.id = g.response_id "  # noqa: S608  # names of our own
        f"JOIN {moment} m ON m.id = g.moment_id WHERE r.batch_id = %s AND g.level IS NOT NULL GROUP BY g.response_id) "
        f"AS people GROUP BY {names} ORDER BY {names}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [batch.pk])
        return [list(row) for row in cursor.fetchall()]


def unpack(profiles: list[list[int]], moments: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Levels, shape (rows, moments), and how many people each row stands for."""
    import numpy

    numbers = numbers_of(moments)
    rows = numpy.array(profiles, dtype=numpy.int64).reshape(len(profiles), numbers + 1)
    shifts = BITS * numpy.arange(MOMENTS_A_NUMBER)
    levels = (rows[:, :-1, None] >> shifts) & (2**BITS - 1)
    return levels.reshape(len(rows), numbers * MOMENTS_A_NUMBER)[:, :moments], rows[:, -1]


def numbers_of(moments: int) -> int:
    """How many numbers hold the levels of so many moments."""
    return -(-moments // MOMENTS_A_NUMBER)
