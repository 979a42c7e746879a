"""Contacts that lie in a database: the same figures as of the same rows in a file, without any customer's id."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from django.conf import settings

from journeys.contacts.aggregate import Aggregate, Example
from journeys.contacts.mapping import Mapping
from journeys.contacts.refusals import Refused
from journeys.contacts.tables import watching
from journeys.contacts.tables.addresses import address_of, read_query
from journeys.contacts.tables.counting import open_table
from journeys.contacts.tables.table import Table, Wanted
from tests.journeys.contact_logs import HEADER, MAPPING, a_log, counted

pytestmark = pytest.mark.django_db
KEY = "a key"
IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
KINDS = ["postgresql"] if IS_POSTGRESQL else ["sqlite", "duckdb"]
TEXT_KINDS = KINDS[:1]  # DuckDB reads the texts of all others, as it reads those of files

ROWS = (
    "anna,2024-01-01 10:00:00,2024-01-01 10:00:30,Call,Phone",
    "anna,2024-01-01 10:00:00,2024-01-01 10:00:30,Call,Phone",  # repeated
    "bert,2024-01-31 23:50:00,2024-01-31 00:10:00,Call,Phone",  # crosses midnight
    "bert,2024-02-02 12:00:00,2024-02-02 11:59:00,Call,Web",  # ends before it starts
    "carl,2024-02-29 08:15:00,2024-02-29 08:15:00,Pay,Web",  # takes no time
    "NA,2024-03-03 09:00:00.250,2024-03-03 09:02:07.750,Pay,Web",
    "0,2024-03-03 09:00,2024-03-03 10:40,Pay,Desk",
    ",2024-03-04 09:00:00,2024-03-04 09:00:01,Pay,Desk",  # nobody
    "dora,2023-02-29 10:00:00,2023-03-01 10:00:00,Call,Phone",  # a day that was not
    "dora,soon,,Call,Phone",
    "dora,,,Call,Phone",
    "dora,,2024-03-05 10:00:00,Call,Phone",  # only its end
    "emil,2024-03-06 10:00:00,later,Call,Phone",
    "emil,2024-03-31 02:30:00,2024-03-31 03:31:00,Call,Phone",  # skipped in Stockholm
    "emil,2024-10-27 02:30:00,2024-10-27 02:31:00,Call,Phone",  # there twice
    "fred,2024-04-01 10:00:00,2026-04-01 10:00:00,Call,Phone",  # longer than a year
    "gina,2024-04-01T10:00:00Z,2024-04-01 10:00:09+02:00,Call,Phone",
    "hugo,2024-4-2 9:05,2024-04-02 09:06:00,Test,Phone",
    "ivan,0999-04-02 10:00:00,,Call,Phone",
    "jane,2024-04-03 10:00:00,2024-04-03 10:00:03,,Phone",
    "  kurt ,2024-04-03 10:00:00,2024-04-03 10:00:03, Call ,Phone",
    "o'hara,2024-04-03 10:00:00,2024-04-03 10:00:03,Call's “end”,Phone",
)


def values_of(rows: Sequence[Sequence[str]], header: str, casts: dict[str, str] | None = None) -> str:
    """A query that gives these rows; casts: column to the type that it has in the database."""
    told = ", ".join("(" + ", ".join("'" + cell.replace("'", "''") + "'" for cell in row) + ")" for row in rows)
    types, names = casts or {}, [f'"{name}"' for name in header.split(",")]
    columns = ", ".join(f"CAST(NULLIF({name}, '') AS {types.get(name[1:-1], 'text')}) AS {name}" for name in names)
    return f"WITH given({', '.join(names)}) AS (VALUES {told}) SELECT {columns} FROM given"


def parted(rows: Sequence[str]) -> list[list[str]]:
    return [row.split(";" if ";" in row else ",") for row in rows]


def opened(kind: str, folder: Path, query: str, seconds: float = 60) -> Table:
    """The rows of a query that need no table, in a database of each kind."""
    if kind == "postgresql":
        return open_table(address_of(os.environ["DATABASE_URL"]), query, seconds)
    if kind == "sqlite":
        path = folder / "log.sqlite3"
        with closing(sqlite3.connect(path)) as made:
            made.execute("PRAGMA user_version = 1")
        return open_table(address_of(f"sqlite:///{path}"), query, seconds)
    path = folder / f"log.{kind}"
    with duckdb.connect(str(path) if kind == "duckdb" else ":memory:") as made:
        made.execute(f"CREATE TABLE calls AS {query}")
        if kind == "parquet":
            made.execute(f"COPY calls TO '{path}'")
            return open_table(address_of(str(folder / "*.parquet")), "", seconds)
    return open_table(address_of(f"duckdb:///{path}"), read_query("SELECT * FROM calls;"), seconds)


@pytest.fixture(params=KINDS)
def table(request, tmp_path) -> Callable[..., Table]:
    """table(rows, header, casts) has them in a database."""

    def make(
        rows: Sequence[str], header: str = HEADER, casts: dict[str, str] | None = None, seconds: float = 60
    ) -> Table:
        return opened(request.param, tmp_path, values_of(parted(rows), header, casts), seconds)

    return make


def told(it: Aggregate, *, is_file: bool = False) -> dict[str, object]:
    """Everything that was counted, with rows of files numbered as those of a query, and without ids."""
    rows = {name: getattr(it.rows, name) for name in ("read", "counted", "rejected", "left_out", "doubtful")}

    def numbered(example: Example) -> int:
        return example.row - is_file

    return {
        **rows,
        "reasons": dict(it.rows.reasons),
        "examples": {reason: [numbered(each) for each in found] for reason, found in it.rows.examples.items()},
        "cells": it.cells,
        "hours": {key: number for key, number in it.hours.items() if number},
        "days": dict(it.days),
        "spans": {name: (span.first, span.last, numbered(span.example)) for name, span in it.spans.items()},
        "customers": {key: number for key, number in it.customers.items() if number},
    }


def people_of(log: Path, mapping: Mapping) -> dict[tuple[str, str], bytes]:
    return counted(log, mapping=mapping, has_sketches=True).sketches


@pytest.mark.parametrize(
    "changes",
    [
        {"time_zone": "Europe/Stockholm"},
        {"time_zone": "America/New_York", "unknown_customers": ("NA", "0"), "repeated_rows": "once"},
        {"zero_means_unknown": True, "ignored": ("Test",), "names": {"Call": "Rings", "Pay": "Rings"}},
        {"customer": "", "channel": "", "start": ""},
        {"touchpoint": "", "touchpoint_name": "It's a call", "end": "", "repeated_rows": "count"},
    ],
)
def test_rows_of_a_database_count_as_those_of_a_file(table, tmp_path, changes):
    mapping, log = replace(MAPPING, **changes), a_log(tmp_path, *ROWS)

    found = table(ROWS).count(mapping, Wanted(KEY, people=True))

    assert told(found) == told(counted(log, mapping=mapping), is_file=True)
    assert found.sketches == (people_of(log, mapping) if mapping.customer else {})


def test_parquet_files_count_as_those_of_a_file(tmp_path):
    found = opened("parquet", tmp_path, values_of(parted(ROWS), HEADER)).count(MAPPING, Wanted(KEY, people=True))

    log = a_log(tmp_path, *ROWS)
    assert told(found) == told(counted(log), is_file=True)
    assert found.sketches == people_of(log, MAPPING)


TYPED_ROWS = [
    row for row in ROWS if not any(word in row for word in ("2023-02-29", "soon", "later", "+02:00", "2024-4-2"))
]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Stockholm"])
@pytest.mark.parametrize("kind", ["timestamp", "timestamptz", "date"])
@pytest.mark.parametrize("table", ["postgresql" if IS_POSTGRESQL else "duckdb"], indirect=True)
def test_times_of_the_database_count_as_their_texts(table, tmp_path, kind, zone):
    rows = [row.replace(" 10:", " 00:") for row in TYPED_ROWS]
    log = a_log(tmp_path, *(_written_as(row, kind) for row in rows))
    mapping = replace(MAPPING, time_zone=zone)

    found = table(rows, casts={"start": kind, "end": kind}).count(mapping, Wanted(KEY))

    assert told(found) == told(counted(log, mapping=mapping), is_file=True)


def _written_as(row: str, kind: str) -> str:
    """As a database writes a table to a file."""
    customer, *times, touchpoint, channel = row.split(",")
    if kind == "date":
        times = [time[:10] for time in times]
    if kind == "timestamptz":
        times = [time and f"{time}+00" for time in times]
    return ",".join([customer, *times, touchpoint, channel])


@pytest.mark.parametrize(
    ("times", "changes"),
    [
        (("01.02.2024 10:00", "29.02.2023 10:00", "1.3.2024 9:05", "31.04.2024 10:00", "29.02.2024 24:00"), {}),
        (("01/02/2024 10:00:05", "13/02/2024 10:00:61", " 14/02/2024 10:00:00 "), {"day_first": True}),
        (("02/01/2024 9:05 PM", "02/01/2024 13:05 PM", "02/01/2024 12:30 am", "2/1/2024 0:30 am"),
         {"day_first": False}),
        (("01.02.24", "01.02.69", "01.02.68", "01.02.2024"), {"time_format": "%d.%m.%y"}),
        (("20240201", "20240230", "2024021", "20240229"), {}),
        (("1706781600", "1706781600.75", "-5", "1e99", "x"), {"time_format": "epoch_seconds"}),
        (("1706781600000", "1706781600001.6", "999999999999999", ""), {"time_format": "epoch_milliseconds"}),
        (("2024-02-01 10:00", "2024-02-01T10:00:00.1234567", "2024-02-01 10:00:00Z", "2024-13-01",
          "2024-02-01 10:00-0530", "2024-02-01 10:00+01"), {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", TEXT_KINDS, indirect=True)
def test_texts_of_times_are_read_alike(table, tmp_path, times, changes):
    rows = [f"c{place},{time},,Call,Phone" for place, time in enumerate([*times, *times[:1] * 20])]
    mapping = replace(MAPPING, end="", time_zone="Europe/Stockholm", **changes)

    found = table(rows).count(mapping, Wanted(KEY))

    assert told(found) == told(counted(a_log(tmp_path, *rows), mapping=mapping), is_file=True)


@pytest.mark.parametrize(
    ("durations", "changes"),
    [
        (("30", "1.5", "-4", "0", "", "soon", "1e3", "nan", "inf", "40000000000", "0.0005", " 7 "), {}),
        (("1:30", "0:01:30", "75:30", "100:00:00", "-0:10", "1:75", "1:2:3.5", "0:90:00", ":5"), {}),
        (("1,5", "1.250,5", "7"), {"decimal_comma": True, "seconds_unit": "minutes"}),
        (("1,250", "2,000,000", "12"), {"decimal_comma": False, "seconds_unit": "milliseconds"}),
    ],
)
@pytest.mark.parametrize("table", TEXT_KINDS, indirect=True)
def test_durations_are_read_alike(table, tmp_path, durations, changes):
    rows = [f"c{place};2024-01-01 10:00;{text};Call" for place, text in enumerate(durations)]
    header, mapping = "customer;start;seconds;touchpoint", replace(MAPPING, end="", seconds="seconds", channel="")
    mapping = replace(mapping, **changes)
    log = a_log(tmp_path, *rows, header=header)

    found = table(rows, header.replace(";", ",")).count(mapping, Wanted(KEY))

    assert told(found) == told(counted(log, mapping=mapping), is_file=True)


STEPS = (
    "anna,2024-01-01 10:00:00,Call,start",
    "anna,2024-01-01 10:00:05,Call,start",
    "anna,2024-01-01 10:00:09,Call,complete",
    "anna,2024-01-01 10:00:10,Call,COMPLETE",
    "anna,2024-01-01 10:00:11,Call,complete",
    "bert,2024-01-01 10:00:00,Pay,start",
    "bert,2024-01-01 10:00:00,Pay,paused",
    ",2024-01-01 10:00:00,Pay,start",
    ",2024-01-01 10:01:00,Pay,end",
    "carl,2024-01-01 10:00:00,Pay,complete",
    "carl,2024-01-01 10:00:00,Pay,start",
    "carl,2025-06-01 10:00:00,Pay,stop",
)


@pytest.mark.parametrize("changes", [{}, {"zero_means_unknown": True, "time_zone": "Asia/Kolkata"}])
def test_starts_and_completions_are_paired_alike(table, tmp_path, changes):
    header = "customer,start,touchpoint,step"
    mapping = replace(MAPPING, end="", channel="", lifecycle="step", **changes)

    found = table(STEPS, header).count(mapping, Wanted(KEY, people=True))

    log = a_log(tmp_path, *STEPS, header=header)
    assert told(found) == told(counted(log, mapping=mapping), is_file=True)
    assert found.sketches == people_of(log, mapping)


def test_times_of_two_columns_count_as_those_of_a_file(table, tmp_path):
    header, rows = (
        "customer,date,begin,finish",
        (
            "anna,2024-02-05,10:00,10:05",
            "bert,2024-02-05,23:55:10,00:10:00",
            "carl,2024-02-06,,",
            "dora,2024-02-07 00:00:00,09:00,",
            *(f"gina,2024-02-0{day},08:00,08:0{day}" for day in range(1, 9)),
        ),
    )
    mapping = Mapping(customer="customer", start="date", start_time="begin", end_time="finish", time_zone="Asia/Tokyo")

    found = table(rows, header).count(mapping, Wanted(KEY, people=True))

    log = a_log(tmp_path, *rows, header=header)
    assert told(found) == told(counted(log, mapping=mapping), is_file=True)
    assert (found.rows.counted, found.rows.reasons["crossed_midnight"]) == (12, 1)


WITHOUT_END = {
    "duckdb": "SELECT range AS n FROM range(1000000000000)",
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT n FROM numbers",
    "postgresql": "SELECT generate_series(1, 1000000000000) AS n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_count_is_ended_while_a_database_is_at_it(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.1)
    address = "duckdb://" if kind == "duckdb" else os.environ.get("DATABASE_URL", f"sqlite:///{tmp_path}/log.sqlite3")
    (tmp_path / "log.sqlite3").touch()
    query = f"SELECT n AS customer, '2024-01-01' AS start, 'Call' AS touchpoint FROM ({WITHOUT_END[kind]}) AS numbers"
    found = open_table(address_of(address), query, 600)
    mapping = Mapping(customer="customer", start="start", touchpoint="touchpoint", time_zone="UTC")

    with pytest.raises(watching.Ended):
        watching.count_watched(lambda watch: found.count(mapping, Wanted(KEY, watch=watch)), lambda watch: False)


def test_customers_are_hidden_wherever_a_row_is_told(table):
    noted = []
    mapping = replace(MAPPING, time_zone="UTC")

    found = table(ROWS).count(mapping, Wanted(KEY, note=lambda example, _reasons: noted.append(example.text)))

    told = [each.text for examples in found.rows.examples.values() for each in examples] + noted
    assert "••• | soon |  | Call | Phone" in told
    assert [text for text in told for row in parted(ROWS) if row[0].strip() and row[0] in text.split(" | ")] == []


def test_query_that_can_not_be_answered_says_why(table):
    found = table(ROWS)

    for query in ("SELECT * FROM nowhere", "SELECT 1; DROP TABLE calls", "nonsense"):
        with pytest.raises(Refused, match="can't be read: "):
            open_table(found.address, query, 60)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS start FROM n"


def test_query_is_ended_after_its_time(table):
    with pytest.raises(Refused, match=r"longer than 0\.2 seconds"):
        open_table(table(ROWS).address, f"SELECT max(start) AS start FROM ({ENDLESS}) AS n", 0.2)


def test_query_can_not_write(table, tmp_path):
    address = table(ROWS).address

    with pytest.raises(Refused):
        open_table(address, "INSERT INTO calls VALUES ('x') RETURNING *", 60)


def test_table_without_a_column_of_the_mapping_is_refused(table):
    with pytest.raises(Refused, match=r"There is no column “nobody”\. This log has customer, start"):
        table(ROWS).count(replace(MAPPING, customer="nobody"), Wanted(KEY))


@pytest.mark.parametrize("table", KINDS[:1], indirect=True)
@pytest.mark.parametrize("told", ["", "who"])
def test_server_is_not_asked_for_any_customer(table, told):
    name, ids = told or "passenger", [row[0] or "nobody" for row in parted(ROWS)]
    rows = [[customer, *row[1:]] for customer, row in zip(ids, parted(ROWS), strict=True)]

    opened = open_table(table(ROWS).address, values_of(rows, HEADER.replace("customer", name)), 60, told)

    assert opened.source.columns[0] == name
    assert [row[0] for row in opened.source.head] == ([""] * len(rows) if IS_POSTGRESQL else ids)
