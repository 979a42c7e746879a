"""Rows that say the same as an earlier one: the same known customer at the same touchpoint at the same time."""

from __future__ import annotations

from journeys.contacts.engine import Engine
from journeys.contacts.mapping import Mapping
from journeys.contacts.reasons import BITS, UNCOUNTED

_SAME = "customer, began, milliseconds, touchpoint, channel"

_FIND = f"""
    CREATE TABLE repeats AS
    WITH candidates AS (
        SELECT hash({_SAME}) AS same FROM rows_read
        WHERE bits & {UNCOUNTED} = 0 AND customer IS NOT NULL GROUP BY ALL HAVING count(*) > 1
    ), suspects AS (
        SELECT place, {_SAME} FROM rows_read
        WHERE bits & {UNCOUNTED} = 0 AND customer IS NOT NULL AND hash({_SAME}) IN (FROM candidates)
    )
    SELECT place FROM suspects QUALIFY row_number() OVER (PARTITION BY {_SAME} ORDER BY place) > 1
"""  # noqa: S608


def mark_repeats(engine: Engine, mapping: Mapping) -> None:
    """Make the view of contacts, in which repeated rows carry their reason, as the mapping wants it."""
    if mapping.repeated_rows == "count" or not mapping.customer:
        engine.run("CREATE VIEW contacts AS FROM rows_read")
        return
    engine.run(_FIND)
    if not engine.value("SELECT count(*) FROM repeats"):
        engine.run("CREATE VIEW contacts AS FROM rows_read")
        return
    bit = BITS["repeated_once" if mapping.repeated_rows == "once" else "repeated_row"]
    engine.run(f"""
        CREATE VIEW contacts AS
        SELECT rows_read.* REPLACE (
            CASE WHEN repeats.place IS NULL THEN bits ELSE bits | {bit} END AS bits,
            coalesce(example, CASE WHEN repeats.place IS NOT NULL THEN
                concat_ws(' | ', touchpoint, channel, began) END) AS example)
        FROM rows_read LEFT JOIN repeats ON rows_read.place = repeats.place
    """)  # noqa: S608
