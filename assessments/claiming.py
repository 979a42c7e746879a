"""What only one of many at once may have: the answers of a draft, and room on a link.

In few statements, as each goes over the network while others wait.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from assessments.models import Draft, OpenLink

TAKE = (
    "SELECT d.answers FROM assessments_draft d JOIN assessments_round r ON r.id = d.round_id "
    "WHERE d.id = %s AND NOT d.is_handed_in AND r.id = %s AND r.state = 'open'"
)
EMPTY = "UPDATE assessments_draft SET is_handed_in = TRUE, answers = '{}' WHERE id = %s"
TAKE_AT_ONCE = (
    f"WITH old AS ({TAKE} FOR UPDATE OF d FOR SHARE OF r), emptied AS ({EMPTY} AND EXISTS (SELECT * FROM old)) "  # noqa: S608  # no input
    "SELECT answers FROM old"
)


def take_answers(draft: Draft, round_id: int) -> dict[str, Any] | None:
    """The answers of a draft that is handed in hereby, and kept in it no more; the round is held open as by hold_open.

    None, with nothing changed, where the draft had been handed in before or the round is not open. On PostgreSQL all of
    it in one statement, as each goes over the network while others wait.
    """
    key = Draft._meta.get_field("id").get_db_prep_value(draft.pk, connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TAKE_AT_ONCE, [key, round_id, key])
            row = cursor.fetchone()
        else:
            cursor.execute(TAKE, [key, round_id])
            row = cursor.fetchone()
            if row:
                cursor.execute(EMPTY, [key])
    if row is None:
        return None
    answers: dict[str, Any] = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return answers


def count_response(link: OpenLink) -> bool:
    """Whether a link has room for one more, which it counts."""
    table = connection.ops.quote_name(OpenLink._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET response_count = response_count + 1 "  # noqa: S608  # no input
            "WHERE id = %s AND revoked_at IS NULL AND response_count < cap",
            [link.pk],
        )
        return bool(cursor.rowcount)
