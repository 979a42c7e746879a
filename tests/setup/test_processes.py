import subprocess
import sys
from pathlib import Path

from launch import ROOT
from launch.processes import COMMANDS, on_one_machine

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


def test_one_machine_has_as_many_workers_as_told():
    commands = on_one_machine({"PROCESSES": "3"})

    assert list(commands) == ["web", "worker", "sweeper", "worker-2", "worker-3"]
    assert commands["worker"] == commands["worker-3"] == [sys.executable, "manage.py", "work"]


def test_unknown_process_is_refused():
    done = subprocess.run(
        [sys.executable, "-m", "launch.processes", "postman"], cwd=ROOT, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (1, "Usage: python -m launch.processes web|worker|sweeper\n")
