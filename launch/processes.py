"""The command line of each process, for bin/run, for containers and for a second host.

python -m launch.processes web turns into that process; HOST, PORT and PROCESSES say where and how many.
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
    """Renders posters. Leaves word of itself to nobody: the job rows tell all there is to know."""
    return [
        program("celery"),
        "--quiet",
        "--app=config",
        "worker",
        f"--concurrency={processes(environment, min(cores(), WORKERS_MOST))}",
        "--loglevel=WARNING",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]


def sweeper(environment: Mapping[str, str]) -> list[str]:
    return [sys.executable, "manage.py", "sweep"]


COMMANDS = {"web": web, "worker": worker, "sweeper": sweeper}


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
