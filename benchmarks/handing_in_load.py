"""Many clients who hand in 20 ratings at once, beside as many who insert the same rows without any check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django_scopes import scope

from assessments.answers import Answer
from assessments.choices import Source, View
from assessments.handing_in import draft_of, hand_in, keep_answers, store_response
from assessments.links import Way, make_links
from assessments.models import Draft, OpenLink, Rating, Response, Round
from benchmarks.interleaved import Ratio, interleave

ANSWERS = {place: Answer(1 + place % 6, 10, 30.5, "keep") for place in range(20)}
SUBMISSIONS = 320


class Load:
    """Clients of one open round."""

    def __init__(self, round_: Round, clients: int) -> None:
        self.round, self.clients = round_, clients
        make_links(round_)
        self.link = OpenLink.objects.select_related("round__organisation", "group").get(round=round_)
        OpenLink.objects.update(cap=100_000)
        self.drafts: list[tuple[Way, Draft]] = []

    def measure(self) -> Ratio:
        """Throughput with checks, as a share of that without; raises where any submission fails or is lost."""
        return interleave(self.insert_plainly, self.hand_in, runs=7, warmups=1, before=self.prepare)

    def prepare(self) -> None:
        """Drafts of people who have answered, and no response yet."""
        Rating.objects.all()._raw_delete(Rating.objects.db)
        Response.objects.all()._raw_delete(Response.objects.db)
        Draft.objects.all().delete()
        ways = [Way(self.link, None, f"phone {number}") for number in range(SUBMISSIONS)]
        self.drafts = [(way, draft_of(way)) for way in ways]
        for _way, draft in self.drafts:
            keep_answers(draft, ANSWERS)

    def hand_in(self) -> None:
        self._share(lambda number: hand_in(*self.drafts[number]))

    def insert_plainly(self) -> None:
        self._share(self._insert)

    def _insert(self, number: int) -> None:
        with transaction.atomic():
            store_response(self.round, View.STAFF, None, ANSWERS, Source.LINK)

    def _share(self, submit: Callable[[int], object]) -> None:
        """Every client submits its share, one after the other."""

        def work(numbers: Sequence[int]) -> None:
            with scope(organisation=self.round.organisation):
                for number in numbers:
                    submit(number)
                    connection.close()  # as each request ends

        with ThreadPoolExecutor(self.clients) as pool:
            for done in [pool.submit(work, range(first, SUBMISSIONS, self.clients)) for first in range(self.clients)]:
                done.result()
        found = Response.objects.count(), Rating.objects.count()
        assert found == (SUBMISSIONS, SUBMISSIONS * len(ANSWERS)), found
        Rating.objects.all()._raw_delete(Rating.objects.db)
        Response.objects.all()._raw_delete(Response.objects.db)
