"""Many workers at once: one run a due time, one mail a person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from accounts.models import OutgoingMail
from reports.models import Poster, Schedule, ScheduleRun
from reports.schedule_tending import tend_schedules
from tests.poster_rows import journey_row
from tests.reports.schedule_rows import finish, schedule_of

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def tend_at_once() -> None:
    def tend(_number: int) -> None:
        try:
            tend_schedules()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(tend, range(AT_ONCE)))


def test_many_workers_make_one_run_and_one_mail_a_person(organisation, make_member):
    people = [make_member(organisation, Role.LEADER, f"p{number}@example.org") for number in range(3)]
    with scope(organisation=organisation):
        schedules = [schedule_of(journey_row(organisation, f"Journey {number}"), people) for number in range(2)]
        Schedule.objects.update(next_run_at=timezone.now())

    tend_at_once()
    with scope(organisation=organisation):
        runs, posters = ScheduleRun.objects.count(), list(Poster.objects.all())
        for poster in posters:
            finish(poster)
    tend_at_once()

    with scope(organisation=organisation):
        assert (runs, len(posters)) == (len(schedules), len(schedules))
        assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(
            person.email for person in people for _ in schedules
        )
