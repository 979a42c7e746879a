"""The command line of each process, for bin/run, for containers and for a second host.

python -m launch.processes web turns into that process; HOST, PORT and PROCESSES say where it listens and in how many
processes. A worker is one process: where more are wanted, more are started.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from launch import ROOT

WORKERS_MOST = 2


def web(environment: Mapping[str, str]) -> list[str]:
    """A process a core, with one thread each: pages are short and hold the interpreter all the time."""
    return [
        program("granian"),
        "--interface=wsgi",
        "--no-ws",
        "--blocking-threads=1",
        f"--workers={processes(environment, cores())}",
        f"--host={environment.get('HOST', '127.0.0.1')}",
        f"--port={environment.get('PORT', '8000')}",
        "--log-level=warning",
        "--respawn-failed-workers",
        "config.wsgi:application",
    ]


def worker(environment: Mapping[str, str]) -> list[str]:
    """Renders posters, one at a time. Leaves word of itself to nobody: the job rows tell all there is to know."""
    return [sys.executable, "manage.py", "work"]


def sweeper(environment: Mapping[str, str]) -> list[str]:
    return [sys.executable, "manage.py", "sweep"]


COMMANDS = {"web": web, "worker": worker, "sweeper": sweeper}


def on_one_machine(environment: Mapping[str, str]) -> dict[str, list[str]]:
    """All that bin/run starts, by name: web, worker, sweeper, and as many further workers as wanted."""
    workers = processes(environment, min(cores(), WORKERS_MOST))
    names = [*COMMANDS, *(f"worker-{number}" for number in range(2, workers + 1))]
    return {name: COMMANDS[name.partition("-")[0]](environment) for name in names}


def program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def cores() -> int:
    return os.cpu_count() or 1


def processes(environment: Mapping[str, str], usual: int) -> int:
    return int(environment.get("PROCESSES") or usual)


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"Usage: python -m launch.processes {'|'.join(COMMANDS)}")
    os.chdir(ROOT)
    command = COMMANDS[sys.argv[1]](os.environ)
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main()
