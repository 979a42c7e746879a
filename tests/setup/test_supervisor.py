import asyncio
import os
import signal
import subprocess
import sys

import psutil
import pytest

from launch import ROOT, SetupError, supervisor
from launch.supervisor import Supervisor

PATIENCE_SECONDS = 20
SLEEP = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(600)",
]
WITH_CHILD = [
    sys.executable,
    "-c",
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "print('here', flush=True); import time; time.sleep(600)",
]


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def supervise_until(said: str, capsys, *commands: list[str]) -> str:
    """Supervise until so many lines hold the words, and give all that was said."""
    heard = []

    async def body() -> None:
        for _ in range(PATIENCE_SECONDS * 20):
            heard.append(capsys.readouterr().out)
            if "".join(heard).count(said) >= len(commands):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{said!r} was not said: {''.join(heard)}")

    asyncio.run(Supervisor({f"p{n}": command for n, command in enumerate(commands)}, os.environ).run(body))
    return "".join(heard) + capsys.readouterr().out


def test_processes_end_with_the_body(capsys):
    before = children()

    said = supervise_until("here", capsys, SLEEP, SLEEP)

    assert sorted(said.splitlines()) == ["p0 | here", "p1 | here"]
    assert children() == before


def test_process_that_does_not_listen_is_killed(capsys, monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.2)
    before = children()

    supervise_until("here", capsys, DEAF)

    assert children() == before


def test_children_of_a_process_end_with_it(capsys):
    before = children()

    supervise_until("here", capsys, WITH_CHILD)

    assert children() == before


def test_process_that_ended_is_started_again(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(supervisor, "PAUSES_SECONDS", (0,) * supervisor.CRASHES_MOST)
    code = (
        "import pathlib, sys, time; flag = pathlib.Path(sys.argv[1])\n"
        "if not flag.exists(): flag.touch(); sys.exit(3)\n"
        "print('here', flush=True); time.sleep(600)"
    )

    said = supervise_until("here", capsys, [sys.executable, "-c", code, str(tmp_path / "flag")])

    assert said.splitlines() == ["p0 | ended (exit code 3), starts again in 0 s", "p0 | here"]


def test_process_that_ends_again_and_again_ends_all(capsys, monkeypatch):
    monkeypatch.setattr(supervisor, "PAUSES_SECONDS", (0,) * supervisor.CRASHES_MOST)
    before = children()

    async def body() -> None:
        await asyncio.Event().wait()

    commands = {"good": SLEEP, "bad": [sys.executable, "-c", "import os; os.abort()"]}
    with pytest.raises(SetupError, match=r"^bad ended 5 times in a short time"):
        asyncio.run(Supervisor(commands, os.environ).run(body))

    assert "bad  | ended (signal SIGABRT), starts again in 0 s" in capsys.readouterr().out
    assert children() == before


def test_processes_end_when_the_supervisor_is_killed():
    """The kernel tells them, on Linux alone; elsewhere there is nothing of ours to test."""
    if sys.platform != "linux":
        return
    code = (
        "import asyncio, os, sys; from launch.supervisor import Supervisor\n"
        "async def body(): await asyncio.Event().wait()\n"
        "asyncio.run(Supervisor({'p': sys.argv[1:]}, os.environ).run(body))"
    )
    command = [sys.executable, "-c", code, *SLEEP]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout.readline() == "p | here\n"
        left = psutil.Process(killed.pid).children(recursive=True)

        killed.send_signal(signal.SIGKILL)
        killed.wait()

    assert left
    assert psutil.wait_procs(left, timeout=PATIENCE_SECONDS)[1] == []


def test_line_beyond_the_limit_is_dropped_and_the_next_one_heard(capsys, monkeypatch):
    monkeypatch.setattr(supervisor, "LINE_BYTES_MOST", 1000)
    code = "import time; print('x' * 100_000); print('here', flush=True); time.sleep(600)"

    said = supervise_until("here", capsys, [sys.executable, "-c", code])

    assert said.splitlines()[-1] == "p0 | here"


def test_hurry_ends_the_grace(capsys, monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 600)
    before = children()

    async def main() -> None:
        crew = Supervisor({"deaf": DEAF}, os.environ)
        task = asyncio.create_task(crew.run(asyncio.Event().wait))
        while "here" not in capsys.readouterr().out:
            await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.sleep(0.1)
        crew.hurry.set()
        await asyncio.wait([task])

    asyncio.run(main())

    assert children() == before
