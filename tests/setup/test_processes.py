import subprocess
import sys
from pathlib import Path

from launch import ROOT
from launch.processes import COMMANDS

BIN = Path(sys.executable).parent


def test_web_listens_where_it_is_told():
    command = COMMANDS["web"]({"HOST": "192.0.2.7", "PORT": "81", "PROCESSES": "3"})

    assert command == [
        str(BIN / "granian"),
        "--interface=wsgi",
        "--no-ws",
        "--blocking-threads=1",
        "--workers=3",
        "--host=192.0.2.7",
        "--port=81",
        "--log-level=warning",
        "--respawn-failed-workers",
        "config.wsgi:application",
    ]


def test_web_listens_on_this_machine_alone_unless_told():
    command = COMMANDS["web"]({})

    assert {"--host=127.0.0.1", "--port=8000"} <= set(command)


def test_worker_takes_as_many_processes_as_told():
    command = COMMANDS["worker"]({"PROCESSES": "5"})

    assert command[:5] == [str(BIN / "celery"), "--quiet", "--app=config", "worker", "--concurrency=5"]


def test_unknown_process_is_refused():
    done = subprocess.run(
        [sys.executable, "-m", "launch.processes", "postman"], cwd=ROOT, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (1, "Usage: python -m launch.processes web|worker|sweeper\n")
