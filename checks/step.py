"""One step of bin/test: a command, how long it took, and what came of it."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from launch import ROOT

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Outcome:
    """What came of a step. A tool that is no test runner counts as nothing passed, and as one failure if it fails."""

    name: str
    seconds: float
    output: str = ""
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def line(self) -> str:
        counts = f"{self.passed} passed" if self.passed else ""
        return f"{'FAILED' if self.failed else 'ok':7}{self.name:32}{self.seconds:6.1f} s  {counts}".rstrip()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def run_quietly(name: str, command: list[str], environment: Mapping[str, str]) -> Outcome:
    """Run a command whose words matter only where it fails."""
    start = monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    outcome = Outcome(name, monotonic() - start, done.stdout.decode(errors="replace"), failed=int(done.returncode != 0))
    print(outcome.line, flush=True)
    if outcome.failed:
        print(outcome.output, flush=True)
    return outcome
