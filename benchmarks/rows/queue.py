"""From publish to start, and what an idle worker costs: without a server, and on Redis."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, benchmark
from checks.servers import redis
from launch import ROOT

START_MS_MOST = {"without a server": 150, "on Redis": 20}
IDLE_PERCENT_MOST = 1


@benchmark
def queue() -> Iterator[Row]:
    yield from rows_of("without a server", {})
    with tempfile.TemporaryDirectory() as folder, redis(Path(folder)) as url:
        yield from rows_of("on Redis", {"REDIS_URL": url})


def rows_of(where: str, environment: dict[str, str]) -> Iterator[Row]:
    """Measured in a process of its own, since the broker is chosen once in a process's life."""
    with tempfile.TemporaryDirectory() as data:
        told = {**os.environ, "DATA_DIR": data, **environment}
        command = [sys.executable, "-P", "-m", "benchmarks.queue_probe"]
        found = json.loads(subprocess.run(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, check=True).stdout)
    start = found["start_ms"]
    name = f"publish to start {where}"
    yield Row(name, start["median"], START_MS_MOST[where], start["low"], start["high"], unit="ms")
    yield Row(f"idle worker {where}", found["idle_percent"], IDLE_PERCENT_MOST, unit="% of a core")
