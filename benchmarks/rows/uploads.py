"""What a hostile file costs who reads it: processor seconds until the answer, and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hostile_files import hostile_files
from benchmarks.table import Row, benchmark
from launch import ROOT

SECONDS_MOST = 2
MEMORY_MB_MOST = 50


@benchmark
def uploads() -> Iterator[Row]:
    """In a process of its own, since memory that was taken before would hide what these files take."""
    with tempfile.TemporaryDirectory() as folder:
        files, data = Path(folder, "files"), Path(folder, "data")
        files.mkdir()
        for name, content in hostile_files():
            (files / name).write_bytes(content)
        command = [sys.executable, "-P", "-m", "benchmarks.hostile_probe", str(files)]
        told = {**os.environ, "DATA_DIR": str(data), "LOG_LEVEL": "ERROR"}
        found = json.loads(subprocess.run(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, check=True).stdout)
    slowest = max(found["seconds"], key=found["seconds"].get)
    yield Row(f"slowest hostile upload ({slowest})", found["seconds"][slowest], SECONDS_MOST, unit="s")
    yield Row("memory that all hostile uploads take", found["memory_mb"], MEMORY_MB_MOST, unit="MB")
