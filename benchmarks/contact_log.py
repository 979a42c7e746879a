"""A seeded contact log: a year of an airline as SAS had it, each customer with five contacts of fifteen seconds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

_TOUCHPOINTS = (
    *("Call", "Booking", "Check-in", "Gate", "Lounge", "Boarding", "Meal", "Baggage", "Delay", "Complaint", "Invoice"),
    *(
        "App",
        "Web",
        "Lost and found",
        "Seat",
        "Bus",
        "Transfer",
        "Hotel",
        "Upgrade",
        "Refund",
        "Survey",
        "Mail",
        "Chat",
    ),
)
_CHANNELS = ("Phone", "Web", "Desk", "App", "Cabin")
_MALFORMED = {
    7: "only,three,cells",
    1_009: "C1,2023-02-30 10:00:00,2023-02-30 10:05:00,Check-in,Desk",
    5_003: "C1,2023-03-30 10:00:00,2023-03-30 10:05:00,Check-in,Desk,one,more",
    6_011: ",,,,",
}
_EVERY = 10_000  # rows, of which each of the malformed ones is one
MAPPING = {"customer": "customer", "start": "start", "end": "end", "touchpoint": "touchpoint", "channel": "channel"}


@dataclass(frozen=True)
class Known:
    """What is known of a log. rejected: malformed lines; customers: counted by a plain SQL count."""

    rows: int
    rejected: int
    customers: int
    seconds: int


def write_log(path: Path, rows: int) -> Known:
    """Write a log of so many rows; the same one each time."""
    malformed = " ".join(f"WHEN {place} THEN '{line}'" for place, line in _MALFORMED.items())
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(f"""
        CREATE TEMP VIEW contacts AS
        SELECT i, 'C' || (hash(i * 3 + 1) % {max(rows // 5, 1)}) AS customer,
            TIMESTAMP '2023-01-01' + to_seconds((hash(i) % 31449600)::INTEGER) AS began,
            (4 - 11 * ln(((hash(i * 7 + 5) % 1000000) + 1) / 1000001.0))::INTEGER AS seconds,
            {list(_TOUCHPOINTS)}[1 + (hash(i * 5 + 2) % {len(_TOUCHPOINTS)})::INTEGER] AS touchpoint,
            {list(_CHANNELS)}[1 + (hash(i * 11 + 2) % {len(_CHANNELS)})::INTEGER] AS channel,
            i % {_EVERY} IN ({", ".join(map(str, _MALFORMED))}) AS is_malformed
        FROM range({rows}) AS numbers(i)
    """)
    connection.execute(f"""
        COPY (
            SELECT CASE WHEN is_malformed THEN CASE i % {_EVERY} {malformed} END
                ELSE concat_ws(',', customer, strftime(began, '%Y-%m-%d %H:%M:%S'),
                    strftime(began + to_seconds(seconds), '%Y-%m-%d %H:%M:%S'), touchpoint, channel) END
                AS "{",".join(MAPPING)}"
            FROM contacts
        ) TO '{path}' (HEADER, QUOTE '', DELIMITER '\x01')
    """)
    found = connection.execute("""
        SELECT count(*), count_if(is_malformed), count(DISTINCT customer) FILTER (NOT is_malformed),
            sum(seconds) FILTER (NOT is_malformed)
        FROM contacts
    """).fetchone()
    assert found
    return Known(*map(int, found))
