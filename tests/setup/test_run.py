"""bin/run as a person meets it: real processes, in a data folder of the test's own."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import psutil
import pytest

from launch import ROOT
from launch.preflight import free_port

START = [sys.executable, "-P", "-m", "launch"]
PATIENCE_SECONDS = 90
SERVERS = ("DATABASE_URL", "REDIS_URL")


def environment(*, servers: bool = False) -> dict[str, str]:
    """Without servers the run is what a new user has: SQLite and files."""
    kept = {name: value for name, value in os.environ.items() if servers or name not in SERVERS}
    return {**kept, "PYTHONPATH": str(ROOT)}


def run_to_its_end(*arguments: object, servers: bool = False) -> subprocess.CompletedProcess:
    command = [*START, *map(str, arguments)]
    return subprocess.run(
        command, env=environment(servers=servers), capture_output=True, text=True, timeout=PATIENCE_SECONDS * 3
    )


@contextmanager
def running(*arguments: object) -> Iterator[tuple[subprocess.Popen, list[str]]]:
    """A start that is ready, and what it has said until then."""
    with subprocess.Popen(
        [*START, *map(str, arguments)], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in process.stdout], daemon=True).start()
        said: list[str] = []
        try:
            while "Ctrl-C ends it.\n" not in said:
                said.append(lines.get(timeout=PATIENCE_SECONDS))
            yield process, said
        finally:
            process.kill()


def test_busy_port_is_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        done = run_to_its_end("--port", taken.getsockname()[1], "--data", tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Port ")
    assert done.stderr.count("\n") == 1


def test_unwritable_folder_is_one_line(tmp_path):
    (tmp_path / "file").touch()

    done = run_to_its_end("--data", tmp_path / "file", "--port", free_port())

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"The data folder {tmp_path}/file can't be written to (File exists)."
        " Make it yours or choose another: bin/run --data DIR\n"
    )


def test_database_that_does_not_answer_is_two_lines(tmp_path):
    nowhere = {**environment(), "DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/none"}

    done = subprocess.run(
        [*START, "--data", tmp_path, "--port", str(free_port())], env=nowhere, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "The data folder could not be prepared; the lines above say why."
    assert "OperationalError" in done.stderr.splitlines()[-2]
    assert "Traceback" not in done.stderr


@pytest.mark.stack
def test_check_makes_a_poster_and_leaves_nothing(tmp_path):
    done = run_to_its_end("--check", "--data", tmp_path, servers=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Checked: signed in, made a poster of ")


@pytest.mark.stack
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_leaves_no_process(tmp_path, number):
    with running("--data", tmp_path, "--port", free_port(), "--no-demo") as (process, _):
        family = psutil.Process(process.pid).children(recursive=True)

        process.send_signal(number)

        assert process.wait(PATIENCE_SECONDS) == 0
    assert len(family) >= 3
    assert [member for member in family if member.is_running()] == []


@pytest.mark.stack
def test_start_announces_the_demo_and_a_second_start_does_nothing_twice(tmp_path):
    port = free_port()
    arguments = ("--data", tmp_path, "--port", port)
    with running(*arguments) as (process, first):
        body = urlopen(f"http://127.0.0.1:{port}/").read().decode()
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)
    with running(*arguments) as (process, second):
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)

    steps = ("Bringing the database up to date", "Preparing static files", "Loading the demo organisation")
    assert [step for step in steps if any(line.startswith(step) for line in first)] == list(steps)
    assert [step for step in steps if any(line.startswith(step) for line in second)] == []
    assert [line.split()[0] for line in second if "password" in line] == ["manager", "leader", "staff"]
    assert f"Moments of truth is ready at http://127.0.0.1:{port}\n" in second
    assert "manager@demo.example" in body


@pytest.mark.stack
def test_deleted_demo_does_not_come_back(tmp_path):
    (tmp_path / "demo_loaded").touch()

    with running("--data", tmp_path, "--port", free_port()) as (process, said):
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)

    assert not any("demo" in line for line in said)


@pytest.mark.stack
def test_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    with running("--data", tmp_path, "--port", free_port(), "--no-demo") as (process, _):
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)

    key = tmp_path / "secret_key"
    assert len(key.read_text()) >= 64
    assert key.stat().st_mode & 0o077 == 0
