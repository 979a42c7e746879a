"""Starts and completions of contacts, as process logs write them, paired into contacts.

Within one customer, touchpoint and instance a completion belongs to the earliest start before it that has none yet. A
completion without a start is a contact of no length; a start without a completion is rejected.
"""

from __future__ import annotations

from journeys.contacts.engine import Engine
from journeys.contacts.limits import MILLISECONDS_MAX
from journeys.contacts.mapping import Mapping
from journeys.contacts.reasons import BITS, UNCOUNTED

_KEY = "customer, touchpoint, instance, stranger"
_OVER = f"(PARTITION BY {_KEY} ORDER BY instant, step, place"

# A completion is lone where there have been more completions than starts by one more than ever before; the others are
# counted as if lone ones had never been, so that the n-th start and the n-th completion belong together.
_NUMBER = f"""
    CREATE TABLE numbered AS
    WITH steps AS (
        SELECT *, CASE WHEN customer IS NULL AND instance = '' THEN place END AS stranger
        FROM rows_read WHERE bits & {UNCOUNTED} = 0
    ), running AS (
        SELECT *, count_if(step = 1) OVER {_OVER} ROWS UNBOUNDED PRECEDING) AS starts,
            count_if(step = 2) OVER {_OVER} ROWS UNBOUNDED PRECEDING) AS completions
        FROM steps
    ), reflected AS (
        SELECT *, greatest(0, max(completions - starts) OVER {_OVER} ROWS UNBOUNDED PRECEDING)) AS lone FROM running
    )
    SELECT *, lone > lag(lone, 1, 0) OVER {_OVER}) AS is_lone,
        CASE WHEN step = 1 THEN starts ELSE completions - lone END AS turn
    FROM reflected
"""  # noqa: S608

_PAIR = f"""
    CREATE TABLE paired AS
    SELECT a.customer, a.began, epoch_ms(b.instant) - epoch_ms(a.instant) AS took, a.touchpoint, a.channel,
        a.bits | coalesce(b.bits, 0) | CASE WHEN b.turn IS NULL THEN {BITS["start_without_end"]} ELSE 0 END AS bits,
        coalesce(a.example, b.example) AS example, a.place, 1 + (b.turn IS NOT NULL)::INTEGER AS steps
    FROM (FROM numbered WHERE step = 1) AS a LEFT JOIN (FROM numbered WHERE step = 2 AND NOT is_lone) AS b
        ON a.customer IS NOT DISTINCT FROM b.customer AND a.touchpoint = b.touchpoint AND a.instance = b.instance
        AND a.stranger IS NOT DISTINCT FROM b.stranger AND a.turn = b.turn
    UNION ALL
    SELECT customer, began, 0 AS took, touchpoint, channel, bits, example, place, 1
    FROM numbered WHERE step = 2 AND is_lone
"""  # noqa: S608


def pair_steps(engine: Engine, mapping: Mapping) -> None:
    """Make the view of contacts out of the steps that were read. steps: how many rows a contact stands for."""
    least = 1 if mapping.zero_means_unknown else 0
    engine.run(_NUMBER)
    engine.run(_PAIR)
    engine.run(f"""
        CREATE VIEW contacts AS
        SELECT * REPLACE (
                CASE WHEN took > {MILLISECONDS_MAX} THEN bits | {BITS["too_long"]} ELSE bits END AS bits,
                coalesce(example, concat_ws(' | ', touchpoint, channel, began)) AS example
            ), CASE WHEN took BETWEEN {least} AND {MILLISECONDS_MAX} THEN took END AS milliseconds
        FROM paired
        UNION ALL BY NAME
        SELECT customer, began, touchpoint, channel, bits, example, place, 1 AS steps, NULL::BIGINT AS milliseconds
        FROM rows_read WHERE bits & {UNCOUNTED} <> 0
    """)  # noqa: S608
