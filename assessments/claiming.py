"""A draft handed in: its answers, room on its link and its response stand or fall together.

Who answers by one link waits for the others from where it is counted until that is certain. On PostgreSQL all of it is
therefore one statement, a transaction of its own; on SQLite, which has one writer anyhow, it is few.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from assessments.links import Way
from assessments.models import Draft
from assessments.storing import Said, rated, store

LINK_ROOM = (
    "UPDATE assessments_openlink SET response_count = response_count + 1{source} "
    "WHERE assessments_openlink.id = %(owner)s AND revoked_at IS NULL AND response_count < cap"
)
INVITATION_ROOM = (
    "UPDATE assessments_recipient SET has_answered = TRUE{source} "
    "WHERE assessments_recipient.id = %(owner)s AND NOT has_answered"
)
OPEN = "SELECT id FROM assessments_round WHERE id = %(round)s AND state = 'open'"
EMPTY = (
    "UPDATE assessments_draft SET is_handed_in = TRUE, answers = '{}' "
    "WHERE id = %(draft)s AND NOT is_handed_in AND json(answers) = json(%(answers)s)"
)
AT_ONCE = """
WITH taken AS (
  SELECT d.id FROM assessments_draft d JOIN assessments_round r ON r.id = d.round_id
  WHERE d.id = %(draft)s AND NOT d.is_handed_in AND d.answers = %(answers)s::jsonb
    AND r.id = %(round)s AND r.state = 'open'
  FOR UPDATE OF d FOR SHARE OF r),
room AS ({room} RETURNING 1),
emptied AS (
  UPDATE assessments_draft d SET is_handed_in = TRUE, answers = '{{}}' FROM room WHERE d.id = %(draft)s),
response AS (
  INSERT INTO assessments_response (id, round_id, view, group_id, source, language, recipient_id)
  SELECT %(id)s::uuid, %(round)s, %(view)s, %(group)s::bigint, %(source)s, %(language)s, %(recipient)s::bigint
  FROM room RETURNING id),
rated AS (
  INSERT INTO assessments_rating (response_id, moment_id, level, times_per_week, seconds, decision)
  SELECT response.id, said.* FROM response, unnest(%(moments)s::bigint[], %(levels)s::smallint[],
    %(times)s::float8[], %(seconds)s::float8[], %(decisions)s::varchar[]) AS said),
told AS (
  INSERT INTO assessments_idea
    (id, round_id, response_id, moment_id, view, group_id, language, text, is_redacted)
  SELECT said.id, %(round)s, response.id, said.moment_id, %(view)s, %(group)s::bigint, %(language)s, said.text, FALSE
  FROM response, unnest(%(idea_ids)s::uuid[], %(idea_moments)s::bigint[], %(ideas)s::text[])
    AS said (id, moment_id, text))
SELECT id FROM response
"""


def claim(way: Way, draft: Draft, said: Said) -> bool:
    """Store what a draft says, once. False, with nothing changed: it was handed in, says something else by now, the
    round is not open, or its link or invitation has no room.
    """
    room = INVITATION_ROOM if way.recipient else LINK_ROOM
    values = {
        "draft": Draft._meta.pk.get_db_prep_value(draft.pk, connection),
        "answers": json.dumps(draft.answers),
        "round": said.round.pk,
        "owner": way.owner.pk,
    }
    if connection.vendor == "postgresql":
        statement = AT_ONCE.format(room=room.format(source=" FROM taken"))
        return _changes(statement, values | _columns(said))
    with transaction.atomic():
        has_room = _changes(f"{EMPTY} AND EXISTS ({OPEN})", values) and _changes(room.format(source=""), values)
        if has_room:
            store(said)
        else:
            transaction.set_rollback(True)
    return has_room


def _changes(statement: str, values: dict[str, Any]) -> bool:
    """Whether it changed a row, or gave one."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount > 0


def _columns(said: Said) -> dict[str, Any]:
    """The rows of what was said, column by column."""
    seen = [(moment, *rated(answer)) for moment, answer in said.given if answer.level is not None]
    moments, levels, times, seconds, decisions = zip(*seen, strict=True) if seen else ((),) * 5
    told = [(uuid4(), moment, answer.idea) for moment, answer in said.given if answer.idea]
    idea_ids, idea_moments, ideas = zip(*told, strict=True) if told else ((),) * 3
    return {
        "id": said.id,
        "view": said.view.value,
        "group": said.group and said.group.pk,
        "source": said.source.value,
        "language": said.language,
        "recipient": said.recipient and said.recipient.pk,
        "moments": list(moments),
        "levels": list(levels),
        "times": list(times),
        "seconds": list(seconds),
        "decisions": list(decisions),
        "idea_ids": list(idea_ids),
        "idea_moments": list(idea_moments),
        "ideas": list(ideas),
    }
