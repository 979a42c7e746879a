"""manage.py import_contacts --from: stored as the same rows of a file would be."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jobs import artifacts
from jobs.lease import Lease, keep
from jobs.models import State
from journeys import contact_queries
from journeys.contact_figures import imports_of, summary_of
from journeys.contact_names import rules_of
from journeys.contacts.tables import watching
from journeys.models import ContactCell, ContactImport, ContactPeople, Journey
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_imports import imported, work
from tests.journeys.contact_logs import HEADER, a_log
from tests.journeys.test_contact_tables import IS_POSTGRESQL, values_of


def row_of(number: int) -> str:
    began = f"2024-02-{1 + number % 28:02} 1{number % 10}:00"
    return f"c{number % 7},{began}:00,{began}:{number % 60:02},Dials,Phone"


ROWS = [*map(row_of, range(200)), "c1,soon,,Dials,Phone", "c2,2024-02-01 10:00:00,,Waits,Web"]
QUERY = "SELECT * FROM calls ORDER BY rowid"


@pytest.fixture
def journey(in_scope) -> Journey:
    return create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Call", (MomentPlan("Dials"),)),)))


@pytest.fixture
def database(tmp_path) -> Path:
    path = tmp_path / "calls.sqlite3"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute('CREATE TABLE calls (customer, start, "end", touchpoint, channel)')
        made.executemany("INSERT INTO calls VALUES (?, ?, ?, ?, ?)", [row.split(",") for row in ROWS])
    return path


def run(*arguments: object) -> list[str]:
    said = StringIO()
    call_command("import_contacts", *map(str, arguments), stdout=said, stderr=StringIO())
    return said.getvalue().splitlines()


def ask(journey: Journey, database: Path, *more: object) -> list[str]:
    return run("--from", f"sqlite:///{database}", "--query", QUERY, "--journey", journey.pk, *more)


def stored(journey: Journey) -> dict[str, object]:
    """Everything that is kept of a journey's only import."""
    (job,) = imports_of(journey)
    people = {(each.dimension, each.name): bytes(each.hashes) for each in ContactPeople.objects.all()}
    cells = ContactCell.objects.order_by("touchpoint", "channel", "month")
    summary = summary_of([job], rules_of(journey))
    summary.pop("files")
    return {
        "people": people,
        "cells": list(cells.values_list("touchpoint", "channel", "month", "contacts", "identified", "bins")),
        "days": job.days,
        "reasons": job.rows["reasons"],
        "years": [each["contacts_per_year"] for each in summary["touchpoints"]],
        "hours": summary["hours_of_week"],
    }


def test_query_is_stored_as_its_rows_of_a_file_are(journey, database, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({name: name for name in HEADER.split(",")} | {"time_zone": "UTC"}))

    said = ask(journey, database, "--map", mapping, "--name", "Calls of 2024")

    assert said == ["Calls of 2024: 202 rows read, 201 counted, 1 rejected, 0 left out, 0 with a doubt"]
    found = stored(journey)
    ContactImport.objects.all().delete()
    imported(journey, a_log(tmp_path, *ROWS))
    assert found == stored(journey)


def test_same_query_of_the_same_rows_changes_nothing(journey, database):
    ask(journey, database)
    (first,) = imports_of(journey)

    said = ask(journey, database)

    assert said == ["calls.sqlite3: gives what it gave before. Nothing is changed."]
    assert imports_of(journey) == [first]


def test_query_of_more_rows_takes_the_place_of_what_it_gave_before(
    journey, database, django_capture_on_commit_callbacks
):
    ask(journey, database)
    (first,) = imports_of(journey)
    with closing(sqlite3.connect(database)) as made, made:
        made.execute("INSERT INTO calls VALUES ('c9', '2024-02-02 10:00:00', '', 'Dials', 'Phone')")

    with django_capture_on_commit_callbacks(execute=True):
        said = ask(journey, database)

    (job,) = imports_of(journey)
    assert said == ["calls.sqlite3: 203 rows read, 202 counted, 1 rejected, 0 left out, 0 with a doubt"]
    assert sum(ContactCell.objects.values_list("contacts", flat=True)) == 202
    assert not ContactImport.objects.filter(pk=first.pk).exists()
    assert [path.name for path in artifacts.path_of("contact-imports").iterdir()] == [Path(job.artifact_name).name]


def test_another_query_of_the_same_database_adds_up(journey, database):
    ask(journey, database)

    run("--from", f"sqlite:///{database}", "--query", f"SELECT * FROM ({QUERY}) LIMIT 10", "--journey", journey.pk)

    assert sum(ContactCell.objects.values_list("contacts", flat=True)) == 211


@pytest.mark.parametrize("kind", ["postgresql"] if IS_POSTGRESQL else ["sqlite", "duckdb"])
def test_customer_of_a_file_and_of_a_query_is_one_customer(journey, database, tmp_path, kind):
    address = {"sqlite": f"sqlite:///{database}", "duckdb": "duckdb://"}.get(kind) or os.environ["DATABASE_URL"]
    in_file, in_query = ([*map(str, range(start, start + 6)), "a-customer-of-25-letters", "Åsa"] for start in (0, 4))
    rows = [[customer, "2024-03-05 10:00:00", "", "Dials", "Phone"] for customer in in_query]
    imported(journey, a_log(tmp_path, *(f"{customer},2024-02-05 10:00:00,,Dials,Phone" for customer in in_file)))

    run("--from", address, "--query", values_of(rows, HEADER), "--journey", journey.pk)

    summary = summary_of(imports_of(journey), rules_of(journey))
    assert (summary["contacts"], summary["customers"]) == (16, 12)


def test_summary_of_a_query_is_printed(database):
    said = run("--from", f"sqlite:///{database}", "--query", QUERY, "--json", "--dry-run", "--journey", "9")

    told = json.loads("\n".join(said))
    assert (told["rows"]["read"], told["contacts"], told["customers"]) == (202, 201, 7)
    assert told["rows"]["rejected"]["reasons"]["unreadable_time"]["examples"] == [
        {"file": "calls.sqlite3", "row": 201, "text": "••• | soon |  | Dials | Phone"}
    ]


def test_times_without_a_zone_are_the_organisations(journey, database, in_scope):
    in_scope.time_zone = "Asia/Tokyo"
    in_scope.save()

    ask(journey, database)

    assert ContactImport.objects.get().inputs["mapping"]["time_zone"] == "Asia/Tokyo"


def test_password_is_neither_stored_nor_told(journey, database, monkeypatch):
    monkeypatch.setenv("CALLS", f"sqlite:///{database}")

    run("--from", "CALLS", "--query", QUERY, "--journey", journey.pk)

    job = ContactImport.objects.get()
    assert set(job.inputs) == {"query", "columns", "mapping"}
    assert len(job.inputs["query"]) == 64


ENDLESS = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers)
    SELECT n AS customer, '2024-02-01 10:00:00' AS start, 'Dials' AS touchpoint FROM numbers
"""


def ask_endlessly(journey: Journey, database: Path) -> None:
    run("--from", f"sqlite:///{database}", "--query", ENDLESS, "--journey", journey.pk)


@pytest.fixture
def looks(monkeypatch) -> list[Callable[[ContactImport], object]]:
    """What happens to the row each time that the command looks; taken one by one."""
    todo: list[Callable[[ContactImport], object]] = []

    def look(lease: Lease, **progress: object) -> bool:
        is_held = keep(lease, **progress)
        todo.pop(0)(ContactImport.objects.get(pk=lease.job_id))
        return is_held

    monkeypatch.setattr(contact_queries, "keep", look)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.01)
    return todo


def test_query_is_on_the_page_while_it_is_counted_and_stopped_there(
    journey, database, looks, manager_client, organisation
):
    pages = []

    def stop(job: ContactImport) -> None:
        pages.append(manager_client.get(job.get_absolute_url()).content.decode())
        manager_client.post(reverse("contact_log_cancel", args=[organisation.slug, job.pk]))

    looks[:] = [stop, lambda job: None]

    with pytest.raises(CommandError, match="stopped"):
        ask_endlessly(journey, database)

    (job,) = ContactImport.objects.all()
    assert (job.state, job.rows, ContactCell.objects.exists()) == (State.CANCELLED, {}, False)
    assert "1 of 3: reading the rows" in pages[0]
    assert "seconds left" not in pages[0]
    page = manager_client.get(job.get_absolute_url()).content.decode()
    assert "It was asked for by a command" in page
    assert reverse("contact_log_retry", args=[organisation.slug, job.pk]) not in page


def test_interrupted_query_leaves_nothing_and_what_it_gave_before(journey, database, looks):
    def interrupt(job: ContactImport) -> None:
        raise KeyboardInterrupt

    looks[:] = [interrupt]

    with pytest.raises(CommandError, match="Nothing was counted") as stopped:
        ask_endlessly(journey, database)

    assert stopped.value.returncode == 130
    assert not ContactImport.objects.exists()


def test_query_that_is_being_counted_is_not_counted_twice(journey, database, looks):
    refusals = []

    def ask_again(job: ContactImport) -> None:
        with pytest.raises(CommandError) as refused:
            ask_endlessly(journey, database)
        refusals.append(str(refused.value))
        raise KeyboardInterrupt

    looks[:] = [ask_again]

    with pytest.raises(CommandError):
        ask_endlessly(journey, database)

    assert refusals == ["This query is being counted already. If it was killed, wait for a minute."]


def test_query_whose_command_was_killed_says_so(journey, database, looks):
    def lose(job: ContactImport) -> None:
        ContactImport.objects.filter(pk=job.pk).update(state=State.QUEUED, lease_token=None, lease_until=None)

    looks[:] = [lose, lambda job: None]
    with pytest.raises(CommandError):
        ask_endlessly(journey, database)

    job = work(ContactImport.objects.get())

    assert (job.state, job.error_message) == (
        State.FAILED,
        "The command that counted this was ended. Give it again.",
    )


@pytest.mark.parametrize("arguments", [(), ("log.csv", "--from", "sqlite:///calls.sqlite3")])
def test_either_files_or_a_database_are_named(arguments):
    with pytest.raises(CommandError, match="Name files, or a database with --from"):
        run(*arguments)


def test_query_of_which_nothing_counts_is_refused(journey, database):
    with pytest.raises(CommandError, match="No row could be counted"):
        run("--from", f"sqlite:///{database}", "--query", f"{QUERY} LIMIT 0", "--journey", journey.pk)
    assert not ContactImport.objects.exists()
