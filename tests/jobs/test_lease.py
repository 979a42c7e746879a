"""Claiming, keeping, losing and ending."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from jobs import lease as leases
from jobs.artifacts import Artifact
from jobs.lease import Lease, claim, finish, give_up, keep
from jobs.problems import ErrorCode
from jobs.requests import cancel
from reports.models import Poster
from tests.poster_rows import poster_row, reread

FILE = Artifact("posters/a.pdf", "abc", 3)


def minutes_from_now(minutes: float):
    return timezone.now() + timedelta(minutes=minutes)


def running_row(organisation, *, lease_minutes: float = 1, **fields) -> tuple[Poster, Lease]:
    token = uuid.uuid4()
    poster = poster_row(
        organisation, state="running", lease_token=token, lease_until=minutes_from_now(lease_minutes), **fields
    )
    return poster, Lease(Poster, poster.pk, token)


def test_claim_takes_a_queued_job(organisation):
    poster = poster_row(organisation)

    lease = claim(Poster, poster.pk)

    row = reread(poster)
    assert lease is not None
    assert (row.state, row.lease_token, row.lost_leases) == ("running", lease.token, 0)
    assert timedelta(seconds=50) < row.lease_until - timezone.now() < timedelta(seconds=70)
    assert row.started_at is not None


def test_claim_is_given_once(organisation):
    poster = poster_row(organisation)

    claims = [claim(Poster, poster.pk), claim(Poster, poster.pk)]

    assert [bool(lease) for lease in claims] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_claim_in_a_race_is_given_once(organisation):
    poster = poster_row(organisation)
    start, claims = threading.Barrier(6), []

    def race() -> None:
        start.wait()
        claims.append(claim(Poster, poster.pk))
        connection.close()

    racers = [threading.Thread(target=race) for _ in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    winners = [lease for lease in claims if lease]
    assert (len(claims), len(winners)) == (6, 1)
    assert reread(poster).lease_token == winners[0].token


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_claim_leaves_what_has_ended(organisation, state):
    poster = poster_row(organisation, state=state)

    assert claim(Poster, poster.pk) is None
    assert reread(poster).state == state


def test_claim_leaves_what_is_not_due_or_not_there(organisation):
    poster = poster_row(organisation, not_before=minutes_from_now(1))

    assert claim(Poster, poster.pk) is None
    assert claim(Poster, poster.pk + 1) is None
    assert reread(poster).state == "queued"


def test_claim_leaves_a_lease_that_still_runs(organisation):
    poster, lease = running_row(organisation)

    assert claim(Poster, poster.pk) is None
    assert reread(poster).lease_token == lease.token


def test_claim_takes_over_a_lease_that_ran_out_and_counts_it(organisation):
    poster, old = running_row(organisation, lease_minutes=-1, progress_percent=90, progress_step="save")

    lease = claim(Poster, poster.pk)

    row = reread(poster)
    assert lease is not None
    assert lease.token != old.token
    assert (row.lease_token, row.lost_leases, row.progress_percent, row.progress_step) == (lease.token, 1, 0, "")


def test_claim_leaves_a_job_that_lost_its_last_lease_to_the_sweeper(organisation):
    poster, _ = running_row(organisation, lease_minutes=-1, lost_leases=9)

    assert claim(Poster, poster.pk) is None


def test_keep_extends_the_lease_and_notes_progress(organisation):
    poster, lease = running_row(organisation, lease_minutes=0.1)

    assert keep(lease, progress_step="draw", progress_percent=20)

    row = reread(poster)
    assert (row.progress_step, row.progress_percent) == ("draw", 20)
    assert row.lease_until > minutes_from_now(0.8)


def test_finish_makes_the_row_ready(organisation):
    poster, lease = running_row(organisation, error_code="crash")

    assert finish(lease, FILE)

    row = reread(poster)
    assert (row.state, row.artifact_name, row.artifact_hash, row.artifact_bytes, row.progress_percent) == (
        "ready", "posters/a.pdf", "abc", 3, 100,
    )  # fmt: skip
    assert (row.error_code, row.finished_at is not None) == ("", True)


@pytest.mark.parametrize(
    "late",
    [
        lambda lease: keep(lease, progress_percent=50),
        lambda lease: finish(lease, FILE),
        lambda lease: give_up(lease, ErrorCode.CRASH),
        lambda lease: lease.is_held(),
    ],
)
def test_a_stale_token_changes_nothing(organisation, late):
    poster, stale = running_row(organisation, lease_minutes=-1)
    claim(Poster, poster.pk)
    before = Poster.objects.with_scopes_disabled().filter(pk=poster.pk).values().get()

    is_ours = late(stale)

    assert is_ours is False
    assert Poster.objects.with_scopes_disabled().filter(pk=poster.pk).values().get() == before


def test_a_cancelled_job_is_no_longer_held(organisation, in_scope):
    poster, lease = running_row(organisation)

    assert cancel(poster)

    assert (lease.is_held(), keep(lease), finish(lease, FILE), reread(poster).state) == (
        False, False, False, "cancelled",
    )  # fmt: skip


def test_give_up_queues_again_with_a_pause(organisation):
    poster, lease = running_row(organisation, published_at=timezone.now())

    give_up(lease, ErrorCode.CRASH)

    row = reread(poster)
    assert (row.state, row.error_count, row.published_at, row.lease_token) == ("queued", 1, None, None)
    assert row.not_before > timezone.now()


def test_give_up_fails_at_the_third_error_with_a_reference(organisation):
    poster, lease = running_row(organisation, error_count=leases.ERRORS_MAX - 1)

    give_up(lease, ErrorCode.MEMORY)

    row = reread(poster)
    assert (row.state, row.error_count, row.error_code, row.reference) == ("failed", 3, "memory", lease.reference)
    assert row.error_message == ErrorCode.MEMORY.advice
    assert row.finished_at is not None


def test_give_up_fails_at_once_where_trying_again_changes_nothing(organisation):
    poster, lease = running_row(organisation)

    give_up(lease, ErrorCode.REFUSED, "25 moments do not fit on A4.")

    row = reread(poster)
    assert (row.state, row.error_count, row.error_message) == ("failed", 1, "25 moments do not fit on A4.")
