"""Rounds that many people answered, made in the database."""

from __future__ import annotations

from django.db import connection

from accounts.models import Organisation
from assessments.models import Rating, Response, Round, RoundGroup, RoundMoment
from assessments.rounds import close_round, make_round, open_round
from benchmarks.samples import a_plan
from journeys.sequence import create_journey

MOMENTS, GROUPS = 20, 8
SQL = {
    "postgresql": {
        "id": "gen_random_uuid()",
        "level": "CASE WHEN random() < 0.05 THEN NULL ELSE 1 + floor(random() * 6)::int END",
        "amount": "floor(random() * 60)",
        "decision": "(ARRAY['keep', 'enhance', 'eliminate'])[1 + floor(random() * 3)::int]",
    },
    "sqlite": {
        "id": "lower(hex(randomblob(16)))",
        "level": "CASE WHEN abs(random()) %% 20 = 0 THEN NULL ELSE 1 + abs(random()) % 6 END",
        "amount": "abs(random()) % 60",
        "decision": "CASE abs(random()) % 3 WHEN 0 THEN 'keep' WHEN 1 THEN 'enhance' ELSE 'eliminate' END",
    },
}


def a_closed_round(organisation: Organisation, people: int) -> Round:
    """A round of staff in eight groups who said all that can be said of 20 moments; nothing is released."""
    journey = create_journey(organisation, a_plan(MOMENTS))
    round_ = make_round(journey, None, title=f"{people} people")
    RoundGroup.objects.bulk_create(
        [RoundGroup(round=round_, name=f"Team {place}", position=place) for place in range(GROUPS)]
    )
    opened = open_round(round_)
    _answer(opened, people)
    return close_round(opened)


def _answer(round_: Round, people: int) -> None:
    words = SQL[connection.vendor]
    first = RoundGroup.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True)[0]
    response, rating, moment = (model._meta.db_table for model in (Response, Rating, RoundMoment))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            f"INSERT INTO {response} (id, round_id, view, group_id, source, language) "
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "
            f"SELECT {words['id']}, %s, 'staff', %s + i %% {GROUPS}, 'link', 'en' FROM n",
            [people, round_.pk, first],
        )
        cursor.execute(
            f"INSERT INTO {rating} (response_id, moment_id, level, times_per_week, seconds, decision) "
            f"SELECT r.id, m.id, {words['level']}, {words['amount']}, {words['amount']}, {words['decision']} "
            f"FROM {response} r JOIN {moment} m ON m.round_id = r.round_id WHERE r.round_id = %s",
            [round_.pk],
        )
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("RESET statement_timeout")
