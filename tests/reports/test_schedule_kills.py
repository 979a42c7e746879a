"""A worker that dies at any of its questions to the database: the next one goes on, and everybody gets one mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.access import Role
from accounts.models import OutgoingMail, User
from reports.models import Poster, RunState, ScheduleRun
from reports.schedule_tending import tend_schedules
from tests.reports.schedule_rows import finish, schedule_of

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL; what was not committed is gone."""


@contextmanager
def dying_at(number: int) -> Iterator[list[int]]:
    """Dies at that question, counted from 1; gives how many were asked."""
    asked = [0]

    def ask(execute: Callable[..., Any], *args: Any) -> Any:
        asked[0] += 1
        if asked[0] == number:
            raise Killed
        return execute(*args)

    with connection.execute_wrapper(ask):
        yield asked


def dies_and_goes_on(number: int) -> bool:
    """Whether there was such a question to die at."""
    with suppress(Killed), dying_at(number) as asked:
        tend_schedules()
    tend_schedules()
    return asked[0] >= number


@pytest.fixture
def people(in_scope, make_member) -> list[User]:
    english, german = (make_member(in_scope, Role.LEADER, f"{name}@example.org") for name in ("anna", "bernd"))
    User.objects.filter(pk=german.pk).update(language="de")
    return [english, german]


def test_run_is_begun_once_wherever_its_worker_dies(journey, people):
    schedule_of(journey, people, next_run_at=timezone.now())
    found = []

    for number in count(1):
        with transaction.atomic():
            was_asked = dies_and_goes_on(number)
            found.append((ScheduleRun.objects.count(), Poster.objects.count(), OutgoingMail.objects.count()))
            transaction.set_rollback(True)
        if not was_asked:
            break

    assert len(found) > 20
    assert set(found) == {(1, 2, 0)}


def test_mails_are_written_once_wherever_their_worker_dies(journey, people):
    schedule_of(journey, people, next_run_at=timezone.now())
    tend_schedules()
    for poster in Poster.objects.all():
        finish(poster)
    found = []

    for number in count(1):
        with transaction.atomic():
            was_asked = dies_and_goes_on(number)
            found.append((list(ScheduleRun.objects.values_list("state", "mail_count")), OutgoingMail.objects.count()))
            transaction.set_rollback(True)
        if not was_asked:
            break

    assert len(found) > 10
    assert found == [([(RunState.SENT, 2)], 2)] * len(found)
