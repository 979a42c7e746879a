"""A poster that has been made already, asked for again, beside making it: both from the question to the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from accounts.models import Organisation
from benchmarks.database import an_organisation
from benchmarks.interleaved import interleave
from benchmarks.samples import SIZES, poster_inputs
from benchmarks.table import Row, benchmark
from jobs.artifacts import path_of
from jobs.requests import request_job
from jobs.work import work_on
from reports.models import Poster
from reports.posters.making import make, warm_up

TIMES_LEAST = 50
AGAIN = 10  # one alone is too short to be timed


@benchmark
def store() -> Iterator[Row]:
    warm_up()
    with an_organisation() as organisation:
        for moments in SIZES:
            yield row_of(organisation, moments)


def row_of(organisation: Organisation, moments: int) -> Row:
    inputs, versions = poster_inputs(moments), count(2)
    have_made(organisation, inputs)

    def make_another() -> None:
        have_made(organisation, {**inputs, "version": next(versions)})

    def ask_again() -> None:
        for _ in range(AGAIN):
            ask(organisation, inputs)

    ratio = interleave(make_another, ask_again, runs=7, warmups=2)
    name = f"poster of {moments} moments from the store beside making it"
    times = (AGAIN * ratio.median, TIMES_LEAST, AGAIN * ratio.low, AGAIN * ratio.high)
    return Row(name, *times, is_floor=True)


def have_made(organisation: Organisation, inputs: dict[str, Any]) -> bytes:
    """As a worker does it."""
    work_on(Poster, ask_row(organisation, inputs).pk, make)
    return ask(organisation, inputs)


def ask(organisation: Organisation, inputs: dict[str, Any]) -> bytes:
    """The file of these inputs, which is there."""
    content = path_of(ask_row(organisation, inputs).artifact_name).read_bytes()
    assert content.startswith(b"%PDF")
    return content


def ask_row(organisation: Organisation, inputs: dict[str, Any]) -> Poster:
    more = {"title": "Measured", "journey_version": 1, "size": inputs["size"]}
    return request_job(Poster, organisation, None, inputs, "bench", **more)
