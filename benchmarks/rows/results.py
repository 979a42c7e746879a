"""What many answers cost: releasing them, showing them, and taking them in; on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, benchmark
from checks.servers import postgresql
from launch import ROOT


@benchmark
def releases() -> Iterator[Row]:
    yield from on_both("benchmarks.release_probe")


@benchmark
def submissions() -> Iterator[Row]:
    yield from on_both("benchmarks.submission_probe")


def on_both(probe: str) -> Iterator[Row]:
    yield from rows_of(probe, "SQLite", {})
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(folder)) as url:
        yield from rows_of(probe, "PostgreSQL", {"DATABASE_URL": url})


def rows_of(probe: str, where: str, environment: dict[str, str]) -> Iterator[Row]:
    """Measured in a process of its own, since the database is chosen once in a process's life."""
    with tempfile.TemporaryDirectory() as data:
        told = {**os.environ, "DATA_DIR": data, **environment}
        command = [sys.executable, "-P", "-m", probe]
        found = json.loads(subprocess.run(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, check=True).stdout)
    for row in found:
        yield Row(**{**row, "name": f"{row['name']}, {where}"})
