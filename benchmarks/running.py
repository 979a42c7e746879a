"""A real worker on this run's database and broker, and posters asked of it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
from celery import current_app
from django_scopes import scopes_disabled

from accounts.models import Organisation, User
from jobs.models import State
from jobs.requests import request_job
from launch import ROOT
from launch.processes import COMMANDS
from launch.supervisor import tied
from reports.models import Poster

PATIENCE_SECONDS = 120


@dataclass
class Worker:
    """A running worker, with somebody to ask for posters."""

    popen: subprocess.Popen[bytes]
    organisation: Organisation
    user: User

    def make(self, inputs: Sequence[dict[str, Any]]) -> list[Poster]:
        """Ask for posters at once and wait until all have ended."""
        posters = self.ask(inputs)
        with scopes_disabled():
            return [self._ended(poster) for poster in posters]

    def ask(self, inputs: Sequence[dict[str, Any]]) -> list[Poster]:
        """Ask for posters at once."""
        more = {"title": "Measured", "journey_version": 1, "size": "A4"}
        with scopes_disabled():
            return [request_job(Poster, self.organisation, self.user, each, "bench", **more) for each in inputs]

    def _ended(self, poster: Poster) -> Poster:
        last = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < last and poster.is_active:
            time.sleep(0.02)
            poster.refresh_from_db()
        assert poster.state == State.READY, f"{poster.state} {poster.error_code} {poster.error_text}"
        return poster

    def processes(self) -> list[psutil.Process]:
        """The worker's main process, its pool and their children."""
        main = psutil.Process(self.popen.pid)
        return [main, *main.children(recursive=True)]


@contextmanager
def running_worker(name: str = "measured") -> Iterator[Worker]:
    """A worker of one process, as bin/run starts it, and an organisation of that name that asks."""
    environment = {**os.environ, "PROCESSES": "1"}
    command = tied(COMMANDS["worker"](environment))
    organisation = Organisation.objects.create(name="Measured", slug=f"{name}-jobs")
    user = User.objects.create_user(f"{name}@jobs.localhost.example")
    popen = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield Worker(popen, organisation, user)
    finally:
        popen.terminate()
        popen.wait(30)
        current_app.close()
        with scopes_disabled():
            Poster.objects.filter(organisation=organisation).delete()
            organisation.delete()
        user.delete()
