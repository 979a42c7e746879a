"""A log in 1, 2, 7 or 30 files, in any order, with workers that are killed meanwhile: always the same figures."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from itertools import count

import pytest
from django.db import OperationalError

from accounts.models import Organisation
from jobs.models import State
from jobs.work import work_on
from journeys.contact_figures import imports_of, summary_of
from journeys.contact_making import make_import
from journeys.contact_names import rules_of
from journeys.contact_storing import store_import
from journeys.models import ContactImport, Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_imports import asked_for, work
from tests.journeys.contact_logs import MAPPING, a_log, counted
from tests.journeys.test_contact_merging import many_rows, split

MAPPING_OF_PARTS = replace(MAPPING, repeated_rows="count")
ROWS = many_rows(900, seed=8)


@pytest.fixture
def journey(in_scope: Organisation) -> Journey:
    return create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Call", (MomentPlan("Call"),)),)))


def figures(journey: Journey) -> dict:
    """All that the page shows, without what names files."""
    summary = summary_of(imports_of(journey), rules_of(journey))
    del summary["files"]
    for touchpoint in summary["touchpoints"]:
        del touchpoint["example"]
    for group in ("rejected", "left_out", "doubtful"):
        summary["rows"][group] = {name: found["rows"] for name, found in summary["rows"][group]["reasons"].items()}
    return summary


def killed_while_counting(inputs, report):
    os.kill(os.getpid(), signal.SIGKILL)


def killed_while_storing(import_id, made):
    store_import(import_id, made)
    raise OperationalError("the database went away")


def come_to_grief(job: ContactImport, turn: int) -> None:
    """A first attempt that ends in the middle, each time elsewhere; then the job is due again."""
    if turn % 3 == 0:
        work_on(ContactImport, job.pk, killed_while_counting, store_import)
    elif turn % 3 == 1:
        with pytest.raises(OperationalError):
            work_on(ContactImport, job.pk, make_import, killed_while_storing)
    due = {"state": State.QUEUED, "not_before": job.not_before, "lease_token": None, "lease_until": None}
    ContactImport.objects.filter(pk=job.pk).update(**due)


@pytest.mark.parametrize("parts", [1, 2, 7, 30])
def test_log_in_parts_says_what_it_says_whole(journey, in_scope, tmp_path, parts):
    whole = create_journey(in_scope, JourneyPlan("Whole", stages=(StagePlan("Call", (MomentPlan("Call"),)),)))
    work(asked_for(whole, a_log(tmp_path, *ROWS, name="whole.csv"), MAPPING_OF_PARTS))
    expected, turns = figures(whole), count()
    moments = {"m" + str(journey.stages.get().moments.get().pk): "m" + str(whole.stages.get().moments.get().pk)}

    for log in split(tmp_path, ROWS, parts, seed=parts):
        job = asked_for(journey, log, MAPPING_OF_PARTS)
        come_to_grief(job, next(turns))
        assert work(job).state == State.READY

    found = figures(journey)
    for touchpoint in found["touchpoints"]:
        touchpoint["name"] = moments.get(touchpoint["name"], touchpoint["name"])
    found["hours_by_name"] = {moments.get(name, name): hours for name, hours in found["hours_by_name"].items()}
    assert found == expected


def test_stored_figures_are_those_of_the_count(journey, tmp_path):
    log = a_log(tmp_path, *ROWS)
    aggregate = counted(log, mapping=MAPPING_OF_PARTS)

    work(asked_for(journey, log, MAPPING_OF_PARTS))

    found = figures(journey)
    assert found["contacts"] == aggregate.rows.counted
    assert {each["name"]: each["customers"] for each in found["months"]} == {
        name: number for (dimension, name), number in aggregate.customers.items() if dimension == "month"
    }
