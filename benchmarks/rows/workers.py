"""What a second worker adds."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from statistics import median

from django.db.models import Max, Min
from django_scopes import scopes_disabled

from benchmarks.running import Worker, running_worker
from benchmarks.samples import poster_inputs
from benchmarks.table import Row, benchmark
from jobs.models import ACTIVE
from reports.models import Poster

TIMES_LEAST = 1.9
POSTERS, PAIRS, MOMENTS = 100, 3, 25  # so many that the last one, which one worker makes alone, is little
LOOK_SECONDS = 1.0  # seldom: whoever looks takes time away from who works


@benchmark
def workers() -> Iterator[Row]:
    """The first worker alone, in turns with both.

    Both sleep (SIGSTOP) while the posters are asked for: with two workers no core is left over for whoever asks, with
    one there is. The second sleeps on while the first is measured alone.
    """
    with ExitStack() as stack:
        first = stack.enter_context(running_worker())
        second = stack.enter_context(running_worker("another"))
        for worker in (first, second):
            worker.make([{**poster_inputs(MOMENTS), "version": 2 + number} for number in range(4)])
        ratios = [pair(number, first, second) for number in range(PAIRS)]
    yield Row("two workers beside one", median(ratios), TIMES_LEAST, min(ratios), max(ratios), is_floor=True)


def pair(number: int, first: Worker, second: Worker) -> float:
    """Posters a second of both beside those of one."""

    def alone() -> float:
        return seconds_for([first], [second], 1000 + number * POSTERS)

    def together() -> float:
        return seconds_for([first, second], [], 5000 + number * POSTERS)

    if number % 2:
        both, one = together(), alone()
    else:
        one, both = alone(), together()
    return one / both


def seconds_for(awake: list[Worker], asleep: list[Worker], version: int) -> float:
    """From the first poster's start to the last one's end."""
    with ExitStack() as stack:
        for worker in asleep:
            stack.enter_context(sleeping(worker))
        with ExitStack() as until_asked:
            for worker in awake:
                until_asked.enter_context(sleeping(worker))
            inputs = [{**poster_inputs(MOMENTS), "version": version + place} for place in range(POSTERS)]
            posters = awake[0].ask(inputs)
        with scopes_disabled():
            rows = Poster.objects.filter(pk__in=[poster.pk for poster in posters])
            while rows.filter(state__in=ACTIVE).exists():
                time.sleep(LOOK_SECONDS)
            return (rows.aggregate(span=Max("finished_at") - Min("started_at"))["span"] or timedelta()).total_seconds()


@contextmanager
def sleeping(worker: Worker) -> Iterator[None]:
    """It takes no message meanwhile."""
    worker.popen.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        worker.popen.send_signal(signal.SIGCONT)
