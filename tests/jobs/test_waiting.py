"""Place in the queue and time left."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from jobs.waiting import Waiting, waiting_of, words_for
from reports.models import Report
from tests.poster_rows import poster_row


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


def report_row(organisation, **fields):
    return baker.make(Report, organisation=organisation, inputs={}, **fields)


def ready_row(organisation, seconds: float, **fields):
    ended = ago(100)
    return poster_row(
        organisation,
        state="ready",
        artifact_name="posters/a.pdf",
        started_at=ended - timedelta(seconds=seconds),
        finished_at=ended,
        **fields,
    )


def running_row(organisation, **fields):
    return poster_row(organisation, state="running", lease_token=uuid.uuid4(), lease_until=ago(-60), **fields)


def test_waiting_counts_those_ahead_in_every_organisation_and_kind(organisation, other_organisation):
    poster_row(other_organisation, turn=1)
    report_row(other_organisation, turn=2)
    poster_row(organisation, turn=3, created_at=ago(20))
    poster_row(organisation, turn=1, state="cancelled")
    poster_row(organisation, turn=1, not_before=ago(-60))
    mine = poster_row(organisation, turn=3, created_at=ago(10))
    poster_row(organisation, turn=3, created_at=ago(5))
    poster_row(organisation, turn=4, created_at=ago(30))

    assert waiting_of(mine) == Waiting(place=4, seconds_left=None)


def test_waiting_adds_up_what_is_expected_of_those_ahead(organisation):
    ready_row(organisation, 4)
    running_row(organisation, expected_seconds=30)
    report_row(organisation, turn=1, expected_seconds=20)
    poster_row(organisation, turn=2, expected_seconds=2)
    mine = poster_row(organisation, turn=3, expected_seconds=99)

    assert waiting_of(mine) == Waiting(place=3, seconds_left=30 + 20 + 2 + 4)


def test_waiting_is_shared_by_as_many_workers_as_are_at_work(organisation):
    ready_row(organisation, 4)
    for _ in range(2):
        running_row(organisation, expected_seconds=30)
    mine = poster_row(organisation)

    assert waiting_of(mine) == Waiting(place=1, seconds_left=30 + 4)


def test_waiting_of_a_large_one_is_judged_by_large_ones(organisation):
    for seconds, cell_count in ((1, 10), (2, 12), (3, 14), (40, 900), (60, 1000), (80, 1100)):
        ready_row(organisation, seconds, cell_count=cell_count)

    assert waiting_of(poster_row(organisation, cell_count=11)) == Waiting(place=1, seconds_left=2)
    assert waiting_of(running_row(organisation, cell_count=1000)) == Waiting(place=0, seconds_left=60)


def test_waiting_beyond_the_usual_goes_by_the_steps(organisation):
    ready_row(organisation, 4)
    mine = running_row(organisation, started_at=ago(30), progress_percent=75)

    assert waiting_of(mine).seconds_left == pytest.approx(10, abs=1)


def test_waiting_of_a_running_job_counts_down_to_zero(organisation):
    ready_row(organisation, 4)
    mine = poster_row(organisation, state="running", lease_token=uuid.uuid4(), lease_until=ago(-60), started_at=ago(30))

    assert waiting_of(mine) == Waiting(place=0, seconds_left=0)


def test_waiting_says_when_nothing_moves(organisation):
    mine = poster_row(organisation, created_at=ago(180))

    assert waiting_of(mine) == Waiting(place=1, seconds_left=None, is_stuck=True)


@pytest.mark.parametrize("state", ["cancelled", "failed"])
def test_waiting_ends_with_the_job(organisation, state):
    assert waiting_of(poster_row(organisation, state=state)) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds left"),
        (9.9, "a few seconds left"),
        (34, "about 30 seconds left"),
        (60, "about 1 minute left"),
        (200, "about 3 minutes left"),
    ],
)
def test_words_for_a_time_left(seconds, words):
    assert words_for(seconds) == words
