"""Place in the queue and time left."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.waiting import Waiting, waiting_of, words_for
from tests.poster_rows import poster_row


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


def ready_row(organisation, seconds: float):
    ended = ago(100)
    return poster_row(
        organisation,
        state="ready",
        artifact_name="posters/a.pdf",
        started_at=ended - timedelta(seconds=seconds),
        finished_at=ended,
    )


def test_waiting_counts_those_ahead_in_every_organisation(organisation, other_organisation):
    poster_row(other_organisation, created_at=ago(30))
    poster_row(organisation, created_at=ago(20))
    poster_row(organisation, created_at=ago(20), state="cancelled")
    mine = poster_row(organisation, created_at=ago(10))
    poster_row(organisation, created_at=ago(5))

    assert waiting_of(mine) == Waiting(place=3, seconds_left=None)


def test_waiting_estimates_from_the_median_of_past_runs(organisation):
    for seconds in (1, 4, 90):
        ready_row(organisation, seconds)
    poster_row(organisation, state="running", lease_token=uuid.uuid4(), lease_until=ago(-60))
    mine = poster_row(organisation)

    assert waiting_of(mine) == Waiting(place=1, seconds_left=8.0)


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
