"""Measures this environment's broker with a real worker; prints JSON. Called by rows.queue."""

from __future__ import annotations

import json
from statistics import median
from time import sleep

import django
import psutil
from django.core.management import call_command

POSTERS = 15
IDLE_SECONDS = 20


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks.running import running_worker
    from benchmarks.samples import poster_inputs

    with running_worker() as worker:
        worker.make([poster_inputs(5, "A4")])
        waits = []
        for number in range(POSTERS):
            [poster] = worker.make([{**poster_inputs(5, "A4"), "version": number + 2}])
            assert poster.started_at is not None
            waits.append((poster.started_at - poster.created_at).total_seconds() * 1000)
            sleep(0.05)
        idle_percent = idle_of(worker.processes())
    print(
        json.dumps(
            {
                "start_ms": {"median": median(waits), "low": min(waits), "high": max(waits)},
                "idle_percent": idle_percent,
            }
        )
    )


def idle_of(processes: list[psutil.Process]) -> float:
    """Processor time of all together while nothing waits, in percent of one core."""

    def seconds() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in processes)

    sleep(2)
    before = seconds()
    sleep(IDLE_SECONDS)
    return (seconds() - before) / IDLE_SECONDS * 100


if __name__ == "__main__":
    main()
