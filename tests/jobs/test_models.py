"""What the database itself refuses."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from jobs.models import SweeperRun
from reports.models import Poster
from tests.poster_rows import poster_row

HELD = {"lease_token": uuid.UUID(int=1), "lease_until": timezone.now()}


@pytest.mark.parametrize("fields", [{"state": "queued"}, {"state": "running", **HELD}])
def test_job_allows_one_active_row_an_input(organisation, fields):
    poster_row(organisation, inputs_hash="same")

    with pytest.raises(IntegrityError), transaction.atomic():
        poster_row(organisation, inputs_hash="same", **fields)


def test_job_allows_the_same_inputs_once_ended_and_in_another_organisation(organisation, other_organisation):
    poster_row(organisation, inputs_hash="same", state="failed")
    poster_row(organisation, inputs_hash="same", state="cancelled")
    poster_row(organisation, inputs_hash="same")
    poster_row(other_organisation, inputs_hash="same")

    with scopes_disabled():
        assert Poster.objects.filter(inputs_hash="same").count() == 4


@pytest.mark.parametrize(
    "fields",
    [
        {"progress_percent": 101},
        {"state": "running"},
        {"state": "running", "lease_token": uuid.UUID(int=1)},
        {"state": "ready", "artifact_name": ""},
    ],
)
def test_job_refuses_a_row_that_contradicts_itself(organisation, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        poster_row(organisation, **fields)


def test_sweeper_run_is_one_row(db):
    SweeperRun.objects.create(pk=1, ran_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        SweeperRun.objects.create(pk=2, ran_at=timezone.now())


@pytest.mark.parametrize(
    ("step", "words"),
    [("", ""), ("check", "1 of 4: checking the text"), ("save", "4 of 4: saving the file"), ("gone", "")],
)
def test_job_names_its_step(step, words):
    assert Poster(progress_step=step).step_label == words
