"""Whose turn it is: nobody's hundred jobs hold up another's one, and nothing waits for ever."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.models import Organisation
from jobs.lease import claim_next
from jobs.models import Job
from jobs.requests import request_job
from jobs.work import work_on_next
from reports.models import Poster, Report, RoundPrint
from tests.jobs.conftest import published
from tests.poster_rows import poster_row, reread

POSTER_SECONDS, REPORT_SECONDS = 1.0, 20.0  # what is expected of them before the first has been made


@pytest.fixture(autouse=True)
def _reports_have_a_maker(monkeypatch):
    monkeypatch.setattr(Report, "maker", "reports.posters.making.make")


def ask(model: type[Job], organisation: Organisation, count: int = 1) -> list[Job]:
    more = {"title": "A trip", "journey_version": 1} if model is Poster else {"title": "A trip", "language": "en"}
    with scope(organisation=organisation):
        return [request_job(model, organisation, None, {"number": uuid.uuid4().hex}, "1", **more) for _ in range(count)]


def claimed(count: int) -> list[Job]:
    """The next so many, each ended before the next begins."""
    jobs = []
    for _ in range(count):
        lease = claim_next()
        assert lease is not None
        jobs.append(lease.model.objects.with_scopes_disabled().get(pk=lease.job_id))
        lease.change(state="cancelled", lease_token=None, lease_until=None)
    return jobs


def test_a_hundred_of_one_organisation_do_not_hold_up_anothers(organisation, other_organisation):
    ask(Poster, organisation, 100)
    claimed(30)
    (other,) = ask(Poster, other_organisation)

    assert other in claimed(2)


def test_organisations_with_many_take_turns(organisation, other_organisation):
    ask(Poster, organisation, 6)
    claimed(1)
    ask(Poster, other_organisation, 5)

    owners = [job.organisation for job in claimed(10)]

    assert all(set(owners[at : at + 2]) == {organisation, other_organisation} for at in range(0, 10, 2))


def test_a_hundred_reports_do_not_hold_up_anothers_poster(organisation, other_organisation):
    ask(Report, organisation, 100)
    (poster,) = ask(Poster, other_organisation)

    assert claimed(1) == [poster]


def test_posters_overtake_reports_of_their_own_organisation(organisation):
    reports, posters = ask(Report, organisation, 2), ask(Poster, organisation, 3)

    assert claimed(5) == [*posters, *reports]


def test_a_report_is_not_passed_for_ever_by_posters_of_its_organisation(organisation):
    (report,) = ask(Report, organisation)
    begun = []
    for _ in range(100):
        ask(Poster, organisation)
        begun += claimed(1)

    assert begun.index(report) <= REPORT_SECONDS / POSTER_SECONDS


def test_a_report_is_not_passed_for_ever_by_posters_of_ever_new_organisations(organisation):
    """Each asks once while another's is being made, so that none has stood in the queue before."""
    (report,) = ask(Report, organisation)
    under_way, begun = [], []
    for number in range(100):
        ask(Poster, Organisation.objects.create(name="New", slug=f"new-{number}"))
        lease = claim_next()
        for other in under_way:
            other.change(state="cancelled", lease_token=None, lease_until=None)
        under_way = [lease]
        begun.append((lease.model, lease.job_id))

    assert begun.index((Report, report.pk)) <= 2 * REPORT_SECONDS / POSTER_SECONDS


def test_what_is_asked_for_first_goes_first_among_equals(organisation, other_organisation):
    first, second = ask(Poster, organisation)[0], ask(Poster, other_organisation)[0]

    assert claimed(2) == [first, second]


def test_next_is_what_is_due_and_nobody_holds(organisation):
    now = timezone.now()
    poster_row(organisation, turn=1, not_before=now + timedelta(minutes=1))
    held = {"lease_token": uuid.uuid4(), "lease_until": now + timedelta(minutes=1)}
    poster_row(organisation, turn=1, state="running", **held)
    poster_row(organisation, turn=1, state="ready", artifact_name="posters/a.pdf")
    due = poster_row(organisation, turn=2)

    assert claimed(1) == [due]
    assert claim_next() is None


def test_next_is_never_of_a_kind_that_no_worker_can_make(organisation, monkeypatch):
    monkeypatch.setattr(Report, "maker", "")
    ask(Report, organisation)

    assert claim_next() is None


@pytest.mark.django_db(transaction=True)
def test_workers_in_a_race_take_each_job_once(organisation, broker):
    with scopes_disabled():
        jobs = [poster_row(organisation, turn=number % 2, published_at=timezone.now()) for number in range(6)]
    start, leases = threading.Barrier(6), []

    def race() -> None:
        start.wait()
        leases.append(claim_next())
        connection.close()

    racers = [threading.Thread(target=race) for _ in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(lease.job_id for lease in leases) == [job.pk for job in jobs]


def test_a_message_makes_what_is_next_and_no_more(organisation, monkeypatch, broker):
    monkeypatch.setattr(Poster, "maker", "tests.jobs.makers.make_nothing")
    named, first = (poster_row(organisation, turn=turn, published_at=timezone.now()) for turn in (2, 1))

    work_on_next()

    assert [reread(row).state for row in (first, named)] == ["ready", "queued"]
    assert published() == []


def test_a_message_that_led_to_what_was_never_announced_is_passed_on(organisation, broker):
    unsent = poster_row(organisation, turn=1, published_at=None)
    poster_row(organisation, turn=2, published_at=timezone.now())

    claim_next()

    assert published() == [(Poster.task_name, [unsent.pk])]


def test_a_message_without_a_job_does_nothing(db, broker):
    work_on_next()

    assert published() == []


def test_every_kind_with_a_maker_has_a_task(db):
    makers = [Poster.maker, RoundPrint.maker]
    assert makers == ["reports.posters.making.make", "reports.print_making.make_print"]
