"""manage.py import_contacts FILE... --journey: stored as the page would store it."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from journeys.models import ContactCell, ContactImport, Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_logs import MAPPING, a_log

ROW, OTHER_ROW = (f"anna,2024-02-0{day} 10:00:00,2024-02-0{day} 10:01:00,Dials,Phone" for day in (1, 2))


@pytest.fixture
def journey(in_scope) -> Journey:
    return create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Call", (MomentPlan("Dials"),)),)))


def run(*arguments: object) -> list[str]:
    said = StringIO()
    call_command("import_contacts", *map(str, arguments), stdout=said, stderr=said)
    return said.getvalue().splitlines()


def test_files_are_stored_for_the_journey(journey, tmp_path):
    logs = [a_log(tmp_path, ROW, "carl,soon,,Dials,Phone"), a_log(tmp_path, OTHER_ROW, name="other.csv")]

    said = run(*logs, "--journey", journey.pk)

    assert said == [
        "log.csv: 2 rows read, 1 counted, 1 rejected, 0 left out, 0 with a doubt",
        "other.csv: 1 rows read, 1 counted, 0 rejected, 0 left out, 0 with a doubt",
    ]
    assert sum(cell.contacts for cell in ContactCell.objects.filter(contact_import__journey=journey)) == 2


def test_same_file_twice_changes_nothing(journey, tmp_path):
    log = a_log(tmp_path, ROW)
    run(log, "--journey", journey.pk)

    said = run(log, log, "--journey", journey.pk)

    again = "log.csv: “log.csv” has the same content and is imported already. Nothing is counted twice."
    assert (said, ContactImport.objects.count()) == ([again, again], 1)


def test_mapping_of_a_file_is_used(journey, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({**MAPPING.to_dict(), "touchpoint": "", "touchpoint_name": "Call"}))

    run(a_log(tmp_path, ROW), "--journey", journey.pk, "--map", mapping)

    assert list(ContactCell.objects.values_list("touchpoint", flat=True)) == ["Call"]


def test_dry_run_stores_nothing(journey, tmp_path):
    run(a_log(tmp_path, ROW), "--journey", journey.pk, "--dry-run")

    assert not ContactImport.objects.exists()


def test_one_file_that_is_refused_does_not_stop_the_others(journey, tmp_path):
    logs = [a_log(tmp_path, "carl,soon,,,"), tmp_path / "gone.csv", a_log(tmp_path, ROW, name="other.csv")]

    with pytest.raises(CommandError) as error:
        run(*logs, "--journey", journey.pk)

    assert [line.partition(":")[0] for line in str(error.value).splitlines()] == [
        f"{tmp_path}/gone.csv can't be read",
        "log.csv",
    ]
    assert [(each.file_name, each.state) for each in ContactImport.objects.order_by("pk")] == [
        ("log.csv", "failed"),
        ("other.csv", "ready"),
    ]


def test_files_are_left_to_the_workers_where_nobody_waits(journey, tmp_path):
    logs = [a_log(tmp_path, ROW), a_log(tmp_path, OTHER_ROW, name="other.csv")]

    said = run(*logs, "--journey", journey.pk, "--no-wait")

    jobs = ContactImport.objects.order_by("pk")
    assert said == [f"{job.file_name}: handed to the workers as import {job.pk}" for job in jobs]
    assert [job.state for job in jobs] == ["queued", "queued"]


def test_what_can_not_be_stored_is_said(journey, tmp_path):
    timeless = a_log(tmp_path, "anna,blue", header="customer,colour", name="timeless.csv")

    for arguments, words in (
        ([a_log(tmp_path, ROW), "--journey", 987654], "There is no journey 987654."),
        ([tmp_path / "gone.csv", "--journey", journey.pk], "gone.csv can't be read"),
        ([timeless, "--journey", journey.pk], "No column of timeless.csv holds times. It has: customer, colour."),
        ([a_log(tmp_path, "carl,soon,,,"), "--journey", journey.pk], "log.csv: No row could be counted."),
    ):
        with pytest.raises(CommandError, match=words.replace(".", r"\.")):
            run(*arguments)
