"""Logs that others made, with the counts and durations that are known of them."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.importing import count_contacts
from journeys.contacts.mapping import Mapping
from journeys.contacts.plain.keyed import hash_ids
from journeys.contacts.sample import sniff
from journeys.contacts.summary import summarise
from tests.journeys.contact_logs import LOGS, LOGS_ABSENT, counted

pytestmark = LOGS_ABSENT
CDNOW = LOGS / "cdnow" / "CDNOW_sample.txt"


def expected(name: str) -> dict:
    return json.loads((LOGS / "expected.json").read_text())[name]


def guessed(name: str) -> Mapping:
    mapping = sniff(LOGS / name).mapping
    assert mapping
    return replace(mapping, time_zone="UTC")


def contacts_by_touchpoint(aggregate: Aggregate) -> dict[str, int]:
    return {name: cell.contacts for name, cell in aggregate.cells_by("touchpoint").items()}


def test_running_example_has_its_activities_and_cases():
    known = expected("running-example")

    summary = summarise(counted(LOGS / "running-example.csv", mapping=guessed("running-example.csv")))

    assert {each["name"]: each["contacts"] for each in summary["touchpoints"]} == known["activity_counts"]
    assert (summary["contacts"], summary["customers"]) == (known["events"], known["cases"])
    assert summary["contacts_per_customer"] == known["contacts_per_case_mean"]
    assert (summary["first"], summary["last"]) == ("2010-12-30T10:02:00", "2011-01-24T13:56:00")


def test_the_broken_example_names_the_rows_of_names_that_are_not_known():
    known = expected("running-example")["activity_counts"]

    aggregate = counted(LOGS / "running_example_broken.csv", mapping=guessed("running_example_broken.csv"))

    strange = {name: span.example.row for name, span in aggregate.spans.items() if name not in known}
    assert strange == {"decide something": 17, "reinitiate the request for real": 23}
    assert aggregate.rows.counted == 34


def test_starts_and_completions_of_repairs_become_contacts():
    known = expected("repairExample")

    aggregate = counted(LOGS / "repairExample.csv.gz", mapping=guessed("repairExample.csv.gz"))

    cells = aggregate.cells_by("touchpoint")
    found = {name: {"n": cell.timed, "mean": cell.milliseconds / 1_000 / cell.timed} for name, cell in cells.items()}
    assert found == known["interval_service_s_by_activity"]
    assert aggregate.customers["all", ""] == known["cases"]
    assert sum(contacts_by_touchpoint(aggregate).values()) == known["interval_rows"]
    assert (aggregate.rows.read, aggregate.rows.rejected) == (known["events"], 1)
    assert [example.row for example in aggregate.rows.examples["start_without_end"]] == [1135]


def test_repairs_as_intervals_give_the_same_figures():
    paired = counted(LOGS / "repairExample.csv.gz", mapping=guessed("repairExample.csv.gz"))

    intervals = counted(LOGS / "repairExample_intervals.csv.gz", mapping=guessed("repairExample_intervals.csv.gz"))

    assert intervals.cells == paired.cells
    assert intervals.customers == paired.customers


@pytest.mark.parametrize("name", ["edeaR_patients.csv", "edeaR_patients_activitylog.csv"])
def test_patients_processing_times_come_out(name: str):
    known = expected("edeaR_patients")["processing_time_mins"]
    mapping = replace(guessed(name), zero_means_unknown=True)

    cells = counted(LOGS / name, mapping=mapping).cells_by("touchpoint")

    means = {name: cell.milliseconds / 60_000 / cell.timed for name, cell in cells.items() if cell.timed}
    by_activity = {name: mean for name, mean in known["by_activity_mean"].items() if mean}
    assert means == pytest.approx(by_activity, abs=1e-5)
    assert sum(cell.milliseconds for cell in cells.values()) / 60_000 == pytest.approx(sum(known["by_case"]), abs=1e-4)


def test_patients_throughput_is_from_first_to_last_contact(tmp_path):
    known = expected("edeaR_patients")["independent_check_throughput_mins"]
    rows = list(csv.DictReader((LOGS / "edeaR_patients.csv").read_text().splitlines()))
    minutes = {}
    for patient in known:
        log = tmp_path / f"{patient}.csv"
        with log.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(row for row in rows if row["patient"] == patient)
        mapping = Mapping(customer="patient", start="timestamp", touchpoint="activity", time_zone="UTC")
        spans = counted(log, mapping=mapping).spans.values()
        minutes[patient] = (max(span.last for span in spans) - min(span.first for span in spans)).total_seconds() / 60

    assert minutes == pytest.approx(known)


def test_purchases_of_all_customers_are_counted(tmp_path):
    known = json.loads((LOGS / "cdnow" / "expected.json").read_text())
    kept = tmp_path / "people.parquet"
    mapping = Mapping(customer="Column 2", start="Column 3", touchpoint_name="Purchase", time_zone="UTC")

    aggregate = counted(CDNOW, mapping=mapping, keep=kept)

    assert contacts_by_touchpoint(aggregate) == {"Purchase": known["transactions"]}
    assert aggregate.customers["all", ""] == known["customers"]
    frequencies = Counter(line.split()[1] for line in CDNOW.read_text().splitlines())
    kept_frequencies = duckdb.sql(f"SELECT contacts FROM '{kept}' WHERE dimension = 'all'").fetchall()
    assert sorted(number for (number,) in kept_frequencies) == sorted(frequencies.values())


def test_published_frequencies_of_all_customers_come_out_of_days_with_purchases(tmp_path):
    published = {
        int(row["ID"]): int(row["frequency"])
        for row in csv.DictReader((LOGS / "cdnow" / "cdnow_customers_summary.csv").read_text().splitlines())
    }
    days = sorted({(line.split()[1], line.split()[2]) for line in CDNOW.read_text().splitlines()})
    log = tmp_path / "days.txt"
    log.write_text("\n".join(" ".join(day) for day in days if day[1] <= "19970930") + "\n")
    kept = tmp_path / "people.parquet"

    count_contacts([log], Mapping(customer="Column 1", start="Column 2", time_zone="UTC"), key="k", keep=kept)

    contacts = dict(duckdb.sql(f"SELECT customer, contacts FROM '{kept}' WHERE dimension = 'all'").fetchall())
    hashes = hash_ids([f"{number:04}" for number in published], "k").tolist()
    assert {number: contacts[hashed] - 1 for number, hashed in zip(published, hashes, strict=True)} == published


def test_transactions_span_a_year():
    with gzip.open(LOGS / "cdnow" / "example_transactions.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))

    summary = summarise(
        counted(LOGS / "cdnow" / "example_transactions.csv.gz", mapping=guessed("cdnow/example_transactions.csv.gz"))
    )

    assert (summary["contacts"], summary["customers"]) == (len(rows), len({row["id"] for row in rows}))
    assert summary["year"]["contacts"] == len(rows)
    assert {month["name"]: month["contacts"] for month in summary["months"]} == Counter(row["date"][:7] for row in rows)
    assert date.fromisoformat(summary["year"]["first_day"]) == date(2014, 1, 1)
