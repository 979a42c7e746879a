"""One run: posters are asked for and made while workers are killed and the broker is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.db.models import Sum
from django_scopes import scopes_disabled

from accounts.models import Organisation
from checks.chaos import audit
from checks.chaos.brokers import Broker
from checks.chaos.programs import Program
from jobs.models import ACTIVE
from jobs.requests import request_job
from reports.models import Poster
from reports.posters.making import SMALL

LOSSES = ("flush", "restart", "stop")
GONE_SECONDS = 2.0
JITTER_SECONDS = 1.0
WAITING_AT_ONCE = 12
LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 120  # without anything made


@dataclass(frozen=True)
class Plan:
    """How much is made and how often it is disturbed, at instants that the seed gives."""

    renders: int
    kills: int
    losses: int
    seed: int
    workers: int = 2


@dataclass(frozen=True)
class Outcome:
    """What became of it. leases_lost: how many of the kills hit a poster that was being made."""

    ready: int
    published_twice: int
    kills: int
    losses: int
    leases_lost: int
    seconds: float


@dataclass
class Run:
    """Posters of one organisation, on the database and files of this process."""

    plan: Plan
    organisation: Organisation
    environment: Mapping[str, str]
    broker: Broker
    folder: Path
    asked: int = 0
    started: int = 0
    workers: list[Program] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.plan.seed)  # noqa: S311  # to be the same each time

    def outcome(self) -> Outcome:
        """Make all of it; takes as long as it takes. Raises TimeoutError where nothing moves any more."""
        begun = time.monotonic()
        with audit.every_finish_noted():
            with self._programs():
                for due, disturb in self._disturbances():
                    self._work_until(due)
                    time.sleep(self.random.uniform(0, JITTER_SECONDS))
                    disturb()
                self._work_until(self.plan.renders)
            seconds = time.monotonic() - begun
            ready, twice = audit.count_ready(), audit.count_published_twice()
        return Outcome(ready, twice, self.plan.kills, self.plan.losses, _leases_lost(), seconds)

    def _disturbances(self) -> list[tuple[int, Callable[[], None]]]:
        """Spread over the run: after how many posters each comes, and what it does."""
        spread = self.plan.renders - WAITING_AT_ONCE // 2
        kills = [(spread * n // self.plan.kills, self._kill) for n in range(self.plan.kills)]
        losses = [(spread * n // self.plan.losses, self._losing(n)) for n in range(self.plan.losses)]
        return sorted([*kills, *losses], key=lambda each: each[0])

    def _kill(self) -> None:
        """One that listens, chosen by chance; another takes its place."""
        while not (able := [worker for worker in self.workers if worker.is_ready]):
            time.sleep(LOOK_SECONDS)
        victim = self.random.choice(able)
        victim.kill(with_children=self.random.random() < 0.5)
        self.workers[self.workers.index(victim)] = self._start("worker")

    def _losing(self, number: int) -> Callable[[], None]:
        def lose() -> None:
            kind = LOSSES[number % len(LOSSES)]
            if kind == "flush":
                self.broker.flush()
                return
            self.broker.stop()
            self._ask()
            time.sleep(GONE_SECONDS if kind == "stop" else 0)
            self.broker.start()

        return lose

    def _work_until(self, ended: int) -> None:
        """Ask for more as they are made, until so many have ended."""
        before, last = -1, time.monotonic()
        while (count := self._ended()) < ended:
            if count != before:
                before, last = count, time.monotonic()
            if time.monotonic() - last > PATIENCE_SECONDS:
                raise TimeoutError(f"{count} of {self.plan.renders} posters were made, then no more: {self.folder}")
            while self.asked < min(self.plan.renders, count + WAITING_AT_ONCE):
                self._ask()
            self._replace_the_dead()
            time.sleep(LOOK_SECONDS)

    def _ask(self) -> None:
        if self.asked == self.plan.renders:
            return
        self.asked += 1
        inputs = {**SMALL, "version": self.asked}
        with scopes_disabled():
            request_job(Poster, self.organisation, None, inputs, "1", title="A trip", journey_version=1, size="A4")

    def _ended(self) -> int:
        with scopes_disabled():
            return self.asked - Poster.objects.filter(state__in=ACTIVE).count()

    def _replace_the_dead(self) -> None:
        """As the supervisor does."""
        self.workers = [worker if worker.is_alive else self._start("worker") for worker in self.workers]

    def _start(self, name: str) -> Program:
        self.started += 1
        return Program(name, self.environment, self.folder / f"{name}-{self.started}.log")

    @contextmanager
    def _programs(self) -> Iterator[None]:
        self.workers = [self._start("worker") for _ in range(self.plan.workers)]
        sweeper = self._start("sweeper")
        try:
            yield
        finally:
            for program in (sweeper, *self.workers):
                program.kill()


def _leases_lost() -> int:
    with scopes_disabled():
        return Poster.objects.aggregate(n=Sum("lost_leases"))["n"] or 0
