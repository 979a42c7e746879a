"""Workers and a sweeper that can be killed, each in a session of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from launch import ROOT
from launch.processes import COMMANDS
from launch.supervisor import tied


class Program:
    """A process as bin/run starts it, with what it has said so far."""

    def __init__(self, name: str, environment: Mapping[str, str], log: Path) -> None:
        words = ["--loglevel=INFO"] if name == "worker" else []
        self.log = log
        with log.open("wb") as file:
            self.popen = subprocess.Popen(
                tied([*COMMANDS[name](environment), *words]),
                cwd=ROOT,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def is_ready(self) -> bool:
        """A worker that listens."""
        return " ready." in self.log.read_text(errors="replace")

    @property
    def is_alive(self) -> bool:
        return self.popen.poll() is None

    def kill(self, *, with_children: bool = True) -> None:
        """kill -9, of the process alone or of all that it has started too."""
        with suppress(ProcessLookupError):
            (os.killpg if with_children else os.kill)(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
