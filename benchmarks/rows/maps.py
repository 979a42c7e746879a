"""What the map page costs: queries at 24 and 200 moments, and an unchanged map beside the full page."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation
from benchmarks.database import an_organisation, signed_in
from benchmarks.interleaved import interleave
from benchmarks.table import Row, benchmark
from journeys.models import Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from journeys.unchanged import TICKET, TICKET_SECONDS, etag_of

QUERIES_MOST = 12
OPEN_MAPS, POLL_SECONDS, CORES = 200, 2, 2  # the seconds between two polls: static/js/live.js
POLLS_A_TICKET = TICKET_SECONDS // POLL_SECONDS
POLLS_NAME = f"{OPEN_MAPS} open unchanged maps, of {CORES} cores"


@benchmark
def map_page() -> Iterator[Row]:
    with an_organisation() as organisation:
        client = signed_in(organisation)
        few, many = (a_journey(organisation, moments) for moments in (24, 200))
        few_queries, many_queries = queries_of(client, few), queries_of(client, many)
        yield Row("map page of 24 moments", few_queries, QUERIES_MOST, unit="queries")
        yield Row("map page of 200 moments beside 24", many_queries / few_queries, 1, unit="x queries")
        for journey, moments in ((few, 24), (many, 200)):
            yield unchanged_row(client, journey, moments)


def unchanged_row(client: Client, journey: Journey, moments: int) -> Row:
    etag = show(client, journey)["ETag"]

    def full() -> None:
        for _ in range(20):
            show(client, journey)

    def unchanged() -> None:
        for _ in range(20):
            show(client, journey, etag)

    ratio = interleave(full, unchanged, runs=9, warmups=2)
    name = f"full map of {moments} moments beside the same unchanged (304)"
    return Row(name, ratio.median, 10, ratio.low, ratio.high, is_floor=True)


@benchmark
def map_polls() -> Iterator[Row]:
    with an_organisation() as organisation:
        client = signed_in(organisation)
        for moments in (24, 300):
            journey = a_journey(organisation, moments)
            yield poll_row(client, journey, moments)
        yield Row(POLLS_NAME, poll_percent(client, journey), 5, unit="%")


def poll_row(client: Client, journey: Journey, moments: int) -> Row:
    def full() -> None:
        for _ in range(POLLS_A_TICKET):
            show(client, journey)

    def polled() -> None:
        ticket = poll(client, journey)
        for _ in range(POLLS_A_TICKET - 1):
            poll(client, journey, ticket)

    ratio = interleave(full, polled, runs=9, warmups=2)
    name = f"full map of {moments} moments beside a poll of it unchanged"
    return Row(name, ratio.median, 15, ratio.low, ratio.high, is_floor=True)


def poll(client: Client, journey: Journey, ticket: str = "") -> str:
    """Ask what changed, with the ticket of an earlier answer or without; gives a ticket."""
    url = reverse("journey_changes", args=[journey.organisation.slug, journey.pk])
    tag = etag_of(journey.version, journey.comments_version, journey.people_version)
    headers = {"If-None-Match": tag, TICKET: ticket}
    response = client.get(url, {"moment": ""}, headers=headers)
    assert response.status_code == 304
    return response.headers.get(TICKET, "")


def poll_percent(client: Client, journey: Journey, tickets: int = 20) -> float:
    """What all open maps together take of the processors, from the processor seconds of one poll."""
    start = process_time()
    for _ in range(tickets):
        ticket = poll(client, journey)
        for _ in range(POLLS_A_TICKET - 1):
            poll(client, journey, ticket)
    seconds = (process_time() - start) / (tickets * POLLS_A_TICKET)
    return 100 * OPEN_MAPS / POLL_SECONDS * seconds / CORES


def a_journey(organisation: Organisation, moments: int) -> Journey:
    plans = tuple(
        MomentPlan(f"Moment number {i}", level=i % 6 + 1, decision="enhance", what_more="More.") for i in range(moments)
    )
    stages = tuple(StagePlan(f"Stage {i}", plans[i::4]) for i in range(4))
    return create_journey(organisation, JourneyPlan("Measured", 1_000_000, stages=stages))


def show(client: Client, journey: Journey, etag: str = "") -> Any:
    headers = {"If-None-Match": etag} if etag else {}
    response = client.get(reverse("journey_map", args=[journey.organisation.slug, journey.pk]), headers=headers)
    assert response.status_code == (304 if etag else 200)
    return response


def queries_of(client: Client, journey: Journey) -> int:
    show(client, journey)
    with CaptureQueriesContext(connection) as queries:
        show(client, journey)
    return len(queries)
