"""Counts a contact log beside DuckDB's own count(*) of it; prints JSON. Called by rows.contact_logs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django
import duckdb

from benchmarks.contact_log import MAPPING
from benchmarks.held_memory import highest_while, own_bytes
from benchmarks.interleaved import interleave

WAYS: dict[str, dict[str, Any]] = {
    "exact": {},
    "estimate": {"is_estimate": True},
    "sketches": {"has_sketches": True},  # as an import does it
}


def main(path: Path, runs: int, way: str) -> None:
    django.setup()
    from journeys.contacts.aggregate import Aggregate
    from journeys.contacts.importing import count_contacts
    from journeys.contacts.mapping import mapping_from

    mapping = mapping_from(MAPPING | {"time_zone": "UTC", "repeated_rows": "count"})

    def count() -> Aggregate:
        return count_contacts([path], mapping, key="measured", folder=path.parent, **WAYS[way])

    found: list[Aggregate] = []
    highest_bytes = highest_while(lambda: found.append(count()), own_bytes, look_seconds=0.01)
    (aggregate,) = found
    ratio = interleave(
        count,
        lambda: count_rows(path),
        runs=runs,
        warmups=0,
    )
    told = {
        "ratio": (ratio.median, ratio.low, ratio.high),
        "seconds": (ratio.a_seconds, ratio.b_seconds),
        "memory_mb": highest_bytes / 1024 / 1024,
        "rows": aggregate.rows.read,
        "rejected": aggregate.rows.rejected,
        "customers": aggregate.customers["all", ""],
        "milliseconds": sum(cell.milliseconds for cell in aggregate.cells.values()),
    }
    print(json.dumps(told))


def count_rows(path: Path) -> object:
    """All that DuckDB can part, with the same two threads."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        return connection.execute(f"SELECT count(*) FROM read_csv('{path}', ignore_errors = true)").fetchone()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
