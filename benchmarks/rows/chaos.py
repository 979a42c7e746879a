"""Posters while workers are killed with kill -9 and brokers are lost, on every broker and database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.table import Row, benchmark
from launch import ROOT

RENDERS, KILLS, LOSSES = 500, 50, 10
BROKERS = {"files": "no server", "redis": "Redis"}
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@benchmark
def chaos() -> Iterator[Row]:
    for broker, broker_words in BROKERS.items():
        for database, database_words in DATABASES.items():
            found = outcome(broker, database)
            where = f"{broker_words}, {database_words}"
            name = f"ready after {KILLS} kill -9, {LOSSES} brokers lost: {where}"
            yield Row(name, found["ready"], RENDERS, unit="posters", is_floor=True)
            yield Row(f"published twice: {where}", found["published_twice"], 0, unit="posters")


def outcome(broker: str, database: str) -> dict[str, float]:
    """In a process of its own, since broker and database are chosen once in a process's life."""
    counts = ("--renders", str(RENDERS), "--kills", str(KILLS), "--losses", str(LOSSES))
    command = [sys.executable, "-P", "-m", "checks.chaos", "--broker", broker, "--database", database, *counts]
    found: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    return found
