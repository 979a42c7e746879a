"""What size costs: the map page and one moved moment at 24, 100 and 300 moments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.database import an_organisation, signed_in
from benchmarks.interleaved import interleave
from benchmarks.rows.maps import QUERIES_MOST, a_journey, queries_of, show
from benchmarks.table import Row, benchmark
from journeys.models import Journey, Moment

SIZES = (24, 100, 300)
MOVES_A_RUN = 10


@benchmark
def large_maps() -> Iterator[Row]:
    with an_organisation() as organisation:
        client = signed_in(organisation)
        journeys = {size: a_journey(organisation, size) for size in SIZES}
        yield from query_rows(client, journeys)
        for size in SIZES[1:]:
            yield page_row(client, journeys, size)
        yield move_row(client, journeys)


def query_rows(client: Client, journeys: dict[int, Journey]) -> Iterator[Row]:
    pages = [queries_of(client, journey) for journey in journeys.values()]
    yield Row("map page of 300 moments", pages[-1], QUERIES_MOST, unit="queries")
    yield Row("map page of 24, 100 and 300 moments, most beside least", max(pages) / min(pages), 1, unit="x queries")
    moves = []
    for journey in journeys.values():
        move = mover(client, journey)
        move()
        with CaptureQueriesContext(connection) as queries:
            move()
        moves.append(len(queries))
    yield Row("one move at 24, 100 and 300 moments, most beside least", max(moves) / min(moves), 1, unit="x queries")


def page_row(client: Client, journeys: dict[int, Journey], size: int) -> Row:
    ratio = interleave(lambda: show(client, journeys[size]), lambda: show(client, journeys[24]), runs=9, warmups=2)
    return Row(f"map page of {size} moments beside 24", ratio.median, size / 24, ratio.low, ratio.high)


def move_row(client: Client, journeys: dict[int, Journey]) -> Row:
    many, few = mover(client, journeys[300]), mover(client, journeys[24])
    ratio = interleave(lambda: repeat(many), lambda: repeat(few), runs=9, warmups=2)
    return Row("one moved moment at 300 moments beside 24", ratio.median, 1.5, ratio.low, ratio.high)


def mover(client: Client, journey: Journey) -> Any:
    """A function that moves one moment as the map does: there, the next time back, its panel open."""
    moments = list(Moment.objects.filter(stage__journey=journey).values_list("pk", flat=True))
    moment_id = moments[len(moments) // 8]
    address = reverse("moment_move", args=[journey.organisation.slug, moment_id])
    directions = cycle(("later", "earlier"))
    version = Journey.objects.get(pk=journey.pk).version

    def move() -> None:
        nonlocal version
        data = {"direction": next(directions), "open": moment_id}
        response = client.post(address, data, headers={"HX-Request": "true", "X-Map-Version": str(version)})
        version += 1
        assert response["HX-Reswap"] == "none"

    return move


def repeat(move: Any) -> None:
    for _ in range(MOVES_A_RUN):
        move()
