"""What the sweeper brings back, and what it leaves alone."""

from __future__ import annotations

import os
import time
import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.access import Role
from accounts.models import Notification
from accounts.notifications import News, notify
from jobs import sweeper
from jobs.kinds import job_models
from jobs.models import SweeperRun
from jobs.sweeper import sweep
from journeys.models import ContactImport, Presence
from journeys.plan import JourneyPlan
from journeys.sequence import create_journey
from reports.models import Poster, Preview, Report, RoundPrint, StoryPaper
from tests.jobs.conftest import published_ids
from tests.poster_rows import poster_row, reread


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


def lost_row(organisation, **fields) -> Poster:
    lease = {"state": "running", "lease_token": uuid.uuid4(), "lease_until": ago(1)}
    return poster_row(organisation, **{**lease, **fields})


def old_file(name: str, age_seconds: float = 7200):
    path = settings.ARTIFACT_DIR / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"file")
    os.utime(path, (time.time() - age_seconds,) * 2)
    return path


def test_sweep_knows_every_kind_of_job():
    assert set(job_models()) == {ContactImport, Poster, Preview, RoundPrint, Report, StoryPaper}


def test_sweep_takes_back_a_lease_that_ran_out_and_publishes_again(organisation, broker):
    poster = lost_row(organisation, published_at=ago(1), progress_percent=90, progress_step="save")

    sweep()

    row = reread(poster)
    assert (row.state, row.lost_leases, row.error_count, row.lease_token) == ("queued", 1, 0, None)
    assert (row.progress_percent, row.progress_step) == (0, "")
    assert published_ids() == [poster.pk]
    assert row.published_at is not None


def test_sweep_fails_a_job_at_its_tenth_lost_lease(organisation, broker):
    poster = lost_row(organisation, lost_leases=9)

    sweep()

    row = reread(poster)
    assert (row.state, row.lost_leases, row.error_code, row.reference) == (
        "failed", 10, "lease", poster.lease_token.hex[:8].upper(),
    )  # fmt: skip
    assert published_ids() == []


def test_sweep_leaves_a_lease_that_still_runs(organisation, broker):
    poster = lost_row(organisation, lease_until=ago(-60))

    sweep()

    assert (reread(poster).state, published_ids()) == ("running", [])


@pytest.mark.parametrize(
    ("fields", "is_published"),
    [
        ({"published_at": None}, True),
        ({"published_at": 120}, True),
        ({"published_at": 10}, False),
        ({"published_at": None, "not_before": -60}, False),
        ({"published_at": None, "state": "cancelled"}, False),
        ({"published_at": None, "state": "failed"}, False),
    ],
)
def test_sweep_publishes_what_is_due_and_unheard(organisation, broker, fields, is_published):
    times = {
        name: ago(value) for name, value in fields.items() if isinstance(value, int)
    }  # since now, not since import
    poster = poster_row(organisation, **{**fields, **times})

    sweep()

    assert published_ids() == ([poster.pk] if is_published else [])


def test_sweep_publishes_in_the_order_of_turns(organisation, broker):
    last, first, second = (poster_row(organisation, turn=turn) for turn in (2, 1, 1))

    sweep()

    assert published_ids() == [first.pk, second.pk, last.pk]


def test_sweep_without_a_broker_still_takes_leases_back(organisation, dead_broker):
    poster = lost_row(organisation)

    sweep()

    row = reread(poster)
    assert (row.state, row.published_at) == ("queued", None)
    assert SweeperRun.objects.count() == 1


def test_sweep_deletes_old_files_that_no_row_names(organisation, broker):
    named, orphan = old_file("posters/named.pdf"), old_file("posters/orphan.pdf")
    draft, young = old_file("drafts/killed.part"), old_file("posters/young.pdf", age_seconds=60)
    poster_row(organisation, state="ready", artifact_name="posters/named.pdf")

    sweep()

    assert [path.exists() for path in (named, orphan, draft, young)] == [True, False, False, True]


def test_sweep_deletes_orphans_beyond_one_batch(organisation, broker, monkeypatch):
    monkeypatch.setattr(sweeper, "FILES_AT_ONCE", 2)
    kept = [old_file(f"posters/{number}.pdf") for number in range(3)]
    orphans = [old_file(f"posters/orphan {number}.pdf") for number in range(4)]
    for path in kept:
        poster_row(organisation, state="ready", artifact_name=f"posters/{path.name}")

    with scopes_disabled():
        assert sweeper.delete_orphans() == 4
    assert [path.exists() for path in (*kept, *orphans)] == [True] * 3 + [False] * 4


def test_sweep_says_when_it_ran(db, broker):
    SweeperRun.objects.create(pk=1, ran_at=ago(600))

    call_command("sweep", once=True, stdout=StringIO())

    assert SweeperRun.objects.get().ran_at > ago(5)


def test_sweep_forgets_news_of_half_a_year_ago(organisation, make_member, broker):
    reader, actor = make_member(organisation, Role.LEADER), make_member(organisation, Role.MANAGER)
    for number, days in enumerate((181, 179)):
        source = f"comment {number}"
        notify(organisation, [reader], News(Notification.Kind.MENTION, actor, "A trip", "Why?", "/", source))
        Notification.objects.filter(source=source).update(at=ago(days * 86_400))

    sweep()

    assert [row.source for row in Notification.objects.all()] == ["comment 1"]


def test_sweep_forgets_who_was_on_a_map_the_day_before(organisation, make_member, broker):
    reader = make_member(organisation, Role.LEADER)
    with scope(organisation=organisation):
        journey = create_journey(organisation, JourneyPlan("A trip"))
        for tab, hours in (("old", 25), ("young", 23)):
            Presence.objects.create(journey=journey, user=reader, tab=tab, seen_at=ago(hours * 3600))

    sweep()

    with scopes_disabled():
        assert [row.tab for row in Presence.objects.all()] == ["young"]
