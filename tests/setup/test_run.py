"""bin/run as a person meets it: real processes, in a data folder of the test's own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from launch import ROOT
from launch.preflight import free_port

START = [sys.executable, "-P", "-m", "launch"]
PATIENCE_SECONDS = 180
SERVERS = ("DATABASE_URL", "REDIS_URL")
STEPS = ("Bringing the database up to date", "Preparing static files", "Loading the demo organisation")


def environment(*, servers: bool = False) -> dict[str, str]:
    """Without servers the run is what a new user has: SQLite and files."""
    kept = {name: value for name, value in os.environ.items() if servers or name not in SERVERS}
    return {**kept, "PYTHONPATH": str(ROOT)}


def run_to_its_end(*arguments: object, servers: bool = False) -> subprocess.CompletedProcess:
    command = [*START, *map(str, arguments)]
    return subprocess.run(
        command, env=environment(servers=servers), capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )


@dataclass
class Start:
    """One start, from the first line to the end that a signal brought."""

    said: list[str]
    body: str
    family: list[psutil.Process]
    exit_code: int

    def steps(self) -> list[str]:
        return [step for step in STEPS if any(line.startswith(step) for line in self.said)]


def start_and_end(data: Path, port: int, number: signal.Signals) -> Start:
    """Start with a demo, look at the first page, send the signal as soon as all is ready."""
    command = [*START, "--data", str(data), "--port", str(port)]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        alarm = threading.Timer(PATIENCE_SECONDS, process.kill)
        alarm.start()
        said = list(iter(process.stdout.readline, "Ctrl-C ends it.\n"))
        body = urlopen(f"http://127.0.0.1:{port}/").read().decode()
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(number)
        exit_code = process.wait()
        alarm.cancel()
    return Start(said, body, family, exit_code)


def is_alive(process: psutil.Process) -> bool:
    """A dead process whose new parent has not looked yet is dead."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def first(data, port) -> Start:
    return start_and_end(data, port, signal.SIGINT)


@pytest.fixture(scope="module")
def second(first, data, port) -> Start:
    return start_and_end(data, port, signal.SIGTERM)


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
    nowhere = {**environment(), "DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/db"}

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
    assert len([line for line in done.stdout.splitlines() if line.startswith("Checked: signed in, made a poster")]) == 1
    assert [path for path in (tmp_path / "artifacts").rglob("*") if path.is_file()] == []


@pytest.mark.stack
def test_first_start_does_every_step(first, port):
    assert first.steps() == list(STEPS)
    assert f"Moments of truth is ready at http://127.0.0.1:{port}\n" in first.said


@pytest.mark.stack
def test_second_start_does_nothing_twice(second, port):
    assert second.steps() == []
    assert f"Moments of truth is ready at http://127.0.0.1:{port}\n" in second.said


@pytest.mark.stack
@pytest.mark.parametrize("start", ["first", "second"])
def test_start_announces_the_demo_s_people(start, request):
    said = request.getfixturevalue(start).said

    assert [line.split()[0] for line in said if "password" in line] == ["manager", "leader", "staff"]


@pytest.mark.stack
def test_first_page_offers_the_demo(first):
    assert "manager@demo.example" in first.body


@pytest.mark.stack
@pytest.mark.parametrize("start", ["first", "second"])
def test_interrupt_ends_well_and_leaves_no_process(start, request):
    """The first by SIGINT, the second by SIGTERM."""
    ended = request.getfixturevalue(start)

    assert ended.exit_code == 0
    assert len(ended.family) >= 3
    assert [member for member in ended.family if is_alive(member)] == []


@pytest.mark.stack
def test_secret_key_is_made_for_its_owner_alone(first, data):
    key = data / "secret_key"

    assert len(key.read_text()) >= 64
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.stack
def test_deleted_demo_does_not_come_back(second, data):
    with closing(sqlite3.connect(data / "db.sqlite3")) as database, database:
        database.execute("DELETE FROM accounts_membership")
        database.execute("UPDATE accounts_organisation SET is_demo = 0, slug = 'gone'")

    told = {**environment(), "DATA_DIR": str(data), "DEMO": "1"}
    done = subprocess.run([sys.executable, "-m", "launch.prepare"], env=told, cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (data / "demo_loaded").read_text() == ""
