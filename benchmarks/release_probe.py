"""Releases a round of a million ratings, and shows rounds of any size; prints rows as JSON. Called by rows.results."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from benchmarks.interleaved import Action, interleave
from benchmarks.table import Row

PLAIN = """
SELECT rating.moment_id, response.view, response.group_id, rating.level, COUNT(*)
FROM assessments_rating rating JOIN assessments_response response ON response.id = rating.response_id
WHERE response.round_id = %s GROUP BY 1, 2, 3, 4
"""


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from accounts.models import Organisation
    from assessments.tending import tend_rounds
    from benchmarks.database import signed_in
    from benchmarks.many_answers import a_closed_round

    organisation = Organisation.objects.create(name="Measured", slug="measured")
    with scope(organisation=organisation):
        rounds = {people * 20: a_closed_round(organisation, people) for people in (500, 5_000, 50_000)}
        largest = rounds[1_000_000]
        ratio = interleave(lambda: bring_out(largest), lambda: plain(largest), runs=7, before=lambda: undo(largest))
        rows = [Row("release of 1,000,000 ratings beside a plain GROUP BY", ratio.median, 2, ratio.low, ratio.high)]
        tend_rounds()
        client, addresses = signed_in(organisation), [address_of(round_) for round_ in rounds.values()]
        for ratings, address in list(zip(rounds, addresses, strict=True))[1:]:
            pages = interleave(shower(client, address), shower(client, addresses[0]), 9, 2)
            name = f"result page of {ratings:,} ratings beside 10,000"
            rows.append(Row(name, pages.median, 1.3, pages.low, pages.high))
        sys.stdout.write(json.dumps([asdict(row) for row in rows]))


def bring_out(round_: Any) -> None:
    """Until the counts are stored and the sheet can be shown; a large round's intervals of whole figures follow."""
    from assessments.release import release_round, show_results

    release_round(round_)
    assert show_results(round_)


def plain(round_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [round_.pk])
        assert len(cursor.fetchall()) == 20 * 8 * 7


def undo(round_: Any) -> None:
    """As if nothing had been released."""
    from assessments.models import Batch, ResultSheet

    ResultSheet.objects.filter(round=round_).delete()
    Batch.objects.filter(round=round_).delete()


def address_of(round_: Any) -> str:
    return reverse("round_results", args=[round_.organisation.slug, round_.pk])


def shower(client: Client, address: str) -> Action:
    """A function that asks for a page some times."""

    def show() -> None:
        for _ in range(5):
            assert client.get(address).status_code == 200

    return show


if __name__ == "__main__":
    main()
