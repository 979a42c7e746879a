"""Many clients who hand in 20 ratings at once, beside as many who insert the same rows without any check.

Each client is a process of its own, as web processes are: threads of one would wait for one another's interpreter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from django.db import connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django_scopes import scope

from assessments.answers import Answer
from assessments.choices import Source, View
from assessments.handing_in import draft_of, hand_in, keep_answers
from assessments.links import Way, make_links
from assessments.models import Draft, OpenLink, Rating, Response, Round
from assessments.storing import given_of
from benchmarks.interleaved import Ratio, interleave

ANSWERS = {place: Answer(1 + place % 6, 10, 30.5, "keep") for place in range(20)}
SUBMISSIONS = 320


@contextmanager
def clients_of(round_: Round, count: int) -> Iterator[list[Connection]]:
    """Processes that wait for what to do."""
    close_database()
    pairs = [get_context("fork").Pipe() for _ in range(count)]
    children = [get_context("fork").Process(target=serve, args=(end, round_), daemon=True) for _, end in pairs]
    for child in children:
        child.start()
    try:
        yield [end for end, _ in pairs]
    finally:
        for end, _ in pairs:
            end.send(None)
        for child in children:
            child.join(10)


def serve(orders: Connection, round_: Round) -> None:
    """One client: does what it is told and says how it went, until told nothing. Each keeps one connection in hand."""
    if isinstance(connections["default"], DatabaseWrapper):
        connections["default"].settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 30}
    with scope(organisation=round_.organisation):
        while (order := orders.recv()) is not None:
            try:
                orders.send(obey(order, round_))
            except Exception as error:
                orders.send(repr(error))


def obey(drafts: int | list[tuple[Way, Draft]], round_: Round) -> str:
    """Hand drafts in, or insert so many responses without any check; the connection ends as with each request."""
    for draft in drafts if isinstance(drafts, list) else range(drafts):
        if isinstance(draft, tuple):
            assert hand_in(*draft)
        else:
            insert(round_)
        connection.close()
    return ""


def insert(round_: Round) -> None:
    """The same rows as an app writes them that looks at nothing: one response, its ratings, in a transaction."""
    with transaction.atomic():
        response = Response.objects.create(round=round_, view=View.STAFF, source=Source.LINK)
        given = given_of(round_, View.STAFF, ANSWERS)
        Rating.objects.bulk_create(
            Rating(
                response_id=response.pk,
                moment_id=moment,
                level=said.level,
                times_per_week=said.times_per_week,
                seconds=said.seconds,
                decision=said.decision,
            )
            for moment, said in given
        )


class Load:
    """One open round under load."""

    def __init__(self, round_: Round, clients: int) -> None:
        self.round, self.clients = round_, clients
        make_links(round_)
        OpenLink.objects.update(cap=100_000)
        self.link = OpenLink.objects.select_related("round__organisation", "group").get(round=round_)
        self.drafts: list[tuple[Way, Draft]] = []

    def measure(self) -> Ratio:
        """Throughput with checks, as a share of that without; raises where any submission fails or is lost."""
        with clients_of(self.round, self.clients) as ends:
            return interleave(
                lambda: self._submit(ends, [SUBMISSIONS // self.clients] * self.clients),
                lambda: self._submit(ends, [self.drafts[first :: self.clients] for first in range(self.clients)]),
                runs=7,
                warmups=1,
                before=self._prepare,
            )

    def _prepare(self) -> None:
        """Drafts of people who have answered, and no response yet."""
        self._forget()
        Draft.objects.all().delete()
        ways = [Way(self.link, None, f"phone {number}") for number in range(SUBMISSIONS)]
        self.drafts = [(way, draft_of(way)) for way in ways]
        for _way, draft in self.drafts:
            keep_answers(draft, ANSWERS)

    def _submit(self, ends: list[Connection], orders: list) -> None:
        for end, order in zip(ends, orders, strict=True):
            end.send(order)
        failures = [said for end in ends if (said := end.recv())]
        found = Response.objects.count(), Rating.objects.count()
        assert not failures, failures
        assert found == (SUBMISSIONS, SUBMISSIONS * len(ANSWERS)), found
        self._forget()

    def _forget(self) -> None:
        Rating.objects.all()._raw_delete(Rating.objects.db)
        Response.objects.all()._raw_delete(Response.objects.db)


def close_database() -> None:
    """A connection can't be shared with children."""
    connection.close()
    if isinstance(connections["default"], DatabaseWrapper):
        connections["default"].close_pool()
