"""A real worker and a real sweeper on this test's database, and the broker of this run: Redis, or a folder.

Each process runs in a session of its own, so that a test may kill or stop all of one worker and nothing else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 3
PATIENCE_SECONDS = 60


def wait_until(is_so: Callable[[], Any], what: str) -> Any:
    """Look every 20 ms until it is so; gives what `is_so` gave."""
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        if found := is_so():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {PATIENCE_SECONDS} s for {what}")


class Process:
    """One program in a session of its own, with its log."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as file:
            self.popen = subprocess.Popen(
                arguments, env=environment, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
            )

    def signal_all(self, number: int) -> None:
        """To the process and all that it started."""
        os.killpg(self.popen.pid, number)

    def says(self, words: str) -> bool:
        assert self.popen.poll() is None, self.log.read_text()
        return words in self.log.read_text()

    def end(self) -> None:
        """Kill what is left of it."""
        with suppress(ProcessLookupError):
            self.signal_all(signal.SIGKILL)
        self.popen.wait()


@pytest.fixture
def data_folder(tmp_path) -> Path:
    for name in ("queue", "control"):
        (tmp_path / "broker" / name).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def environment(transactional_db, data_folder) -> dict[str, str]:
    """What a process needs to work on this test's database, files and broker."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        database = f"sqlite:///{name}"
    else:
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(data_folder),
        "DATABASE_URL": database,
        "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "JOB_HEARTBEAT_SECONDS": "0.5",
        "JOB_SWEEP_SECONDS": "0.5",
        "SECRET_KEY": "of this test",
    }


@pytest.fixture(autouse=True)
def real_broker(monkeypatch, data_folder) -> None:
    """The broker that the worker listens to, empty."""
    if not settings.REDIS_URL:
        options = {
            "data_folder_in": str(data_folder / "broker" / "queue"),
            "data_folder_out": str(data_folder / "broker" / "queue"),
            "control_folder": str(data_folder / "broker" / "control"),
        }
        monkeypatch.setitem(current_app.conf, "broker_transport_options", options)
        # kombu remembers for the life of the process which queues it has bound, whatever the folder
        from jobs.broker import Transport

        Transport.global_state.clear()
    with current_app.connection_for_write() as broker:
        current_app.amqp.queues["celery"].bind(broker.default_channel).declare()
        broker.default_channel.queue_purge("celery")


@pytest.fixture(autouse=True)
def artifact_dir(settings, data_folder) -> Path:
    """Where the worker leaves files, seen from here."""
    settings.ARTIFACT_DIR = data_folder / "artifacts"
    return settings.ARTIFACT_DIR


@pytest.fixture
def start(environment, tmp_path) -> Iterator[Callable[..., Process]]:
    """start(*arguments) runs python with them; all ends with the test."""
    started: list[Process] = []

    def run(*arguments: str, **more: str) -> Process:
        log = tmp_path / f"{len(started)}.log"
        started.append(Process([sys.executable, *arguments], environment | more, log))
        return started[-1]

    yield run
    for process in started:
        process.end()


@pytest.fixture
def start_worker(start) -> Callable[..., Process]:
    """start_worker() gives one that listens; with seconds, one that sleeps so long before it draws, or gets stuck.

    More is told to tests.stack.slow_worker in its environment.
    """

    def run(draw_seconds: float = 0, stuck_seconds: int = 120, **more: str) -> Process:
        program = ("-m", "tests.stack.slow_worker") if draw_seconds or more else ("manage.py", "work")
        told = {"DRAW_SECONDS": str(draw_seconds), "STUCK_SECONDS": str(stuck_seconds), "PAUSE_SECONDS": "5", **more}
        worker = start("-W", "ignore", *program, "--loglevel=INFO", **told)
        wait_until(lambda: worker.says(" ready."), "the worker to be ready")
        return worker

    return run


@pytest.fixture
def start_sweeper(start) -> Callable[[], Process]:
    return lambda: start("-W", "ignore", "manage.py", "sweep")
