"""Asking: one job an input, a finished file at once, and nothing lost when the broker is away."""

from __future__ import annotations

import threading

import pytest
from django.conf import settings
from django.db import connection, transaction
from django_scopes import scope

from jobs.requests import cancel, hash_of, request_job
from reports.models import Poster
from tests.jobs.conftest import published_ids
from tests.poster_rows import INPUTS, poster_row, reread

MORE = {"title": "A trip with us", "journey_version": 12, "size": "A4"}


def ask(organisation, user, inputs=INPUTS, maker="1") -> Poster:
    with scope(organisation=organisation):
        return request_job(Poster, organisation, user, inputs, maker, **MORE)


def test_hash_ignores_the_order_of_keys_and_nothing_else():
    backwards = dict(reversed(INPUTS.items()))

    assert hash_of(backwards, "1") == hash_of(INPUTS, "1")
    assert len({hash_of(INPUTS, "1"), hash_of(INPUTS, "2"), hash_of({**INPUTS, "size": "A3"}, "1")}) == 3


def test_request_queues_and_publishes_after_commit(organisation, manager, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        poster = ask(organisation, manager)
        assert published_ids() == []

    row = reread(poster)
    assert (row.state, row.requested_by, row.inputs, row.size) == ("queued", manager, INPUTS, "A4")
    assert published_ids() == [poster.pk]
    assert row.published_at is not None


@pytest.mark.django_db(transaction=True)
def test_request_that_is_rolled_back_publishes_nothing(organisation, manager, broker):
    with transaction.atomic():
        ask(organisation, manager)
        transaction.set_rollback(True)

    assert (published_ids(), Poster.objects.with_scopes_disabled().count()) == ([], 0)


def test_request_without_a_broker_keeps_the_row(organisation, manager, dead_broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        poster = ask(organisation, manager)

    row = reread(poster)
    assert (row.state, row.published_at) == ("queued", None)


def test_request_again_gives_the_job_under_way(organisation, manager):
    first = ask(organisation, manager)

    assert ask(organisation, manager) == first
    assert ask(organisation, manager, maker="2") != first


def test_request_again_gives_the_finished_file_at_once(organisation, manager):
    done = poster_row(organisation, state="ready", artifact_name="posters/a.pdf", inputs_hash=hash_of(INPUTS, "1"))
    (settings.ARTIFACT_DIR / "posters").mkdir(parents=True)
    (settings.ARTIFACT_DIR / "posters/a.pdf").write_bytes(b"%PDF")

    assert ask(organisation, manager) == done


def test_request_makes_again_what_lost_its_file(organisation, manager):
    done = poster_row(organisation, state="ready", artifact_name="posters/gone.pdf", inputs_hash=hash_of(INPUTS, "1"))

    again = ask(organisation, manager)

    assert (again != done, again.state) == (True, "queued")


def test_request_never_answers_with_another_organisations_file(organisation, other_organisation, manager):
    poster_row(other_organisation, inputs_hash=hash_of(INPUTS, "1"))

    assert ask(organisation, manager).organisation == organisation


@pytest.mark.django_db(transaction=True)
def test_request_in_a_race_makes_one_job(organisation, manager, broker):
    start, asked = threading.Barrier(6), []

    def race() -> None:
        start.wait()
        asked.append(ask(organisation, manager).pk)
        connection.close()

    racers = [threading.Thread(target=race) for _ in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert (len(asked), len(set(asked)), Poster.objects.with_scopes_disabled().count()) == (6, 1, 1)


def test_cancel_ends_what_waits_and_leaves_what_ended(organisation, in_scope):
    waiting = poster_row(organisation)
    ready = poster_row(organisation, state="ready", artifact_name="posters/a.pdf")

    assert [cancel(waiting), cancel(ready)] == [True, False]
    assert [reread(waiting).state, reread(ready).state] == ["cancelled", "ready"]
    assert reread(waiting).finished_at is not None
