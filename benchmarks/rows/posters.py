"""What a poster costs beside warm headless Chromium that prints a plain grid page of the same content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import sleep

from playwright.sync_api import Page

from benchmarks.chromium import chromium_page, chromium_processes, print_page
from benchmarks.held_memory import highest_while, memory_bytes
from benchmarks.interleaved import interleave
from benchmarks.plain_page import plain_page
from benchmarks.running import running_worker
from benchmarks.samples import SIZES, poster_inputs
from benchmarks.table import Row, benchmark
from reports.posters.rendering import render_poster, warm_up

RATIOS_MOST = {5: 2.2, 25: 2.2, 60: 2.2, 300: 3.0}  # of Chromium's time, by moments
GROWTH_MOST = 4.0  # of 300 moments beside 60
FILE_MOST = 0.45  # of Chromium's file
MEMORY_RATIO_MOST = 0.25  # of what is held while drawing, the worker's child included
MEMORY_AFTER_RATIO_MOST = 0.2  # of what stays
POSTERS, WATCHED = 200, 6


@benchmark
def poster() -> Iterator[Row]:
    warm_up()
    with chromium_page() as page:
        for moments, size in SIZES.items():
            ours = partial(render_poster, poster_inputs(moments))
            theirs = partial(print_page, page, plain_page(poster_inputs(moments)))
            ratio = interleave(ours, theirs, runs=7, warmups=2)
            name = f"poster of {moments} moments ({size}) beside Chromium's page"
            yield Row(name, ratio.median, RATIOS_MOST[moments], ratio.low, ratio.high)


@benchmark
def poster_growth() -> Iterator[Row]:
    """Five times the moments."""
    warm_up()
    few, many = (partial(render_poster, poster_inputs(moments)) for moments in (60, 300))
    ratio = interleave(many, few, runs=7, warmups=2)
    yield Row("poster of 300 moments beside one of 60", ratio.median, GROWTH_MOST, ratio.low, ratio.high)


@benchmark
def poster_size() -> Iterator[Row]:
    """The files of the same content."""
    warm_up()
    with chromium_page() as page:
        for moments in (60, 300):
            inputs = poster_inputs(moments)
            share = len(render_poster(inputs)) / len(print_page(page, plain_page(inputs)))
            yield Row(f"file of a poster of {moments} moments beside Chromium's", share, FILE_MOST)


@benchmark
def memory() -> Iterator[Row]:
    """The same posters of 60 moments: what either process tree holds at its largest, and after two hundred."""
    with chromium_page() as page:
        html = plain_page(poster_inputs(60))
        theirs = highest_while(lambda: print_often(page, html, WATCHED), lambda: memory_bytes(chromium_processes()))
        print_often(page, html, POSTERS - WATCHED)
        theirs_after = memory_bytes(chromium_processes())
    with running_worker() as worker:
        worker.make([poster_inputs(60)])
        inputs = [{**poster_inputs(60), "version": 2 + number} for number in range(POSTERS)]
        ours = highest_while(lambda: worker.make(inputs[:WATCHED]), lambda: memory_bytes(worker.processes()))
        worker.make(inputs[WATCHED:])
        sleep(1)
        ours_after = memory_bytes(worker.processes())
    name = f"worker's memory after {POSTERS} posters, beside Chromium's"
    yield Row(name, ours_after / theirs_after, MEMORY_AFTER_RATIO_MOST)
    yield Row("the same at the largest, while drawing", ours / theirs, MEMORY_RATIO_MOST)


def print_often(page: Page, html: str, times: int) -> None:
    for _ in range(times):
        print_page(page, html)
