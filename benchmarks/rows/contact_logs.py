"""A contact log counted, beside DuckDB's own count of its rows. CONTACT_ROWS=50000000 measures a whole year of SAS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.contact_log import Known, write_log
from benchmarks.table import Row, benchmark
from launch import ROOT

USUAL_ROWS = 5_000_000
MEMORY_MB_MOST, ESTIMATE_MB_MOST = 2_200, 350
RATIO_MOST, RATIO_MOST_OF_MANY, ESTIMATE_RATIO_MOST = 3, 4, 2.8
SKETCHES_MORE = 1.75  # times as much: each customer's keyed hash is made one by one
ESTIMATE_PERCENT_MOST = 1


@benchmark
def contact_logs() -> Iterator[Row]:
    rows = int(os.environ.get("CONTACT_ROWS", USUAL_ROWS))
    runs = 5 if rows <= USUAL_ROWS else 3
    name = f"{rows / 1_000_000:g} million contacts"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "contacts.csv")
        known = write_log(log, rows)
        found, sketched, estimate = (probe(log, runs, way) for way in ("exact", "sketches", "estimate"))
    median, low, high = found["ratio"]
    yield Row(f"{name} beside DuckDB's count(*)", median, _most(rows), low, high)
    yield Row(f"memory that {name} take", found["memory_mb"], MEMORY_MB_MOST, unit="MB")
    yield Row(f"wrong figures of {name}", count_wrong(found, known), 0, unit="figures")
    median, low, high = sketched["ratio"]
    yield Row(f"{name} with sketches of their customers", median, SKETCHES_MORE * _most(rows), low, high)
    yield Row(f"memory that {name} with sketches take", sketched["memory_mb"], MEMORY_MB_MOST, unit="MB")
    median, low, high = estimate["ratio"]
    yield Row(f"{name}, customers estimated", median, ESTIMATE_RATIO_MOST, low, high)
    yield Row(f"memory that {name} take, estimated", estimate["memory_mb"], ESTIMATE_MB_MOST, unit="MB")
    off = 100 * abs(estimate["customers"] / known.customers - 1)
    yield Row(f"how far the estimate of {name} is off", off, ESTIMATE_PERCENT_MOST, unit="%")


def _most(rows: int) -> float:
    return RATIO_MOST if rows <= USUAL_ROWS else RATIO_MOST_OF_MANY


def probe(log: Path, runs: int, way: str) -> dict[str, Any]:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-P", "-m", "benchmarks.contacts_probe", str(log), str(runs), way]
    told = {**os.environ, "LOG_LEVEL": "ERROR"}
    return json.loads(subprocess.run(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, check=True).stdout)


def count_wrong(found: dict[str, Any], known: Known) -> int:
    pairs = (
        (found["rows"], known.rows),
        (found["rejected"], known.rejected),
        (found["customers"], known.customers),
        (found["milliseconds"], known.seconds * 1_000),
    )
    return sum(each != right for each, right in pairs)
