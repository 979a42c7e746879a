"""What real logs do: rows that can't be, rows that may mean two things, and what is made of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from journeys.contacts.aggregate import Aggregate, Example
from journeys.contacts.importing import count_contacts
from journeys.contacts.mapping import Mapping, mapping_from
from journeys.contacts.refusals import Refused
from journeys.contacts.rejects import Rejects
from journeys.contacts.sample import sniff
from journeys.contacts.summary import summarise
from journeys.contacts.year import scale
from tests.journeys.contact_logs import HOSTILE, HOSTILE_ABSENT, MAPPING, a_log, counted

CALL = "Call,Phone"


def seconds(aggregate: Aggregate) -> list[float]:
    """The known durations, shortest first."""
    bins = aggregate.cells_by("").get("")
    found = sorted(bins.bins.items()) if bins else []
    return [milliseconds / number / 1_000 for _bin, (number, milliseconds) in found for _each in range(number)]


def test_end_after_midnight_under_the_same_date_is_ten_minutes_later(tmp_path):
    log = a_log(tmp_path, f"1,2024-01-01 23:55,2024-01-01 00:05,{CALL}")

    aggregate = counted(log)

    assert seconds(aggregate) == [600]
    assert aggregate.rows.reasons == {"crossed_midnight": 1}


def test_end_before_start_is_a_contact_of_unknown_length(tmp_path):
    log = a_log(tmp_path, f"1,2024-01-01 10:05,2024-01-01 10:00,{CALL}", f"2,2024-01-03 01:00,2024-01-01 23:00,{CALL}")

    aggregate = counted(log)

    assert (aggregate.rows.counted, seconds(aggregate)) == (2, [])
    assert aggregate.rows.examples["end_before_start"] == [
        Example("log.csv", 2, "1 | 2024-01-01 10:05 | 2024-01-01 10:00 | Call | Phone"),
        Example("log.csv", 3, "2 | 2024-01-03 01:00 | 2024-01-01 23:00 | Call | Phone"),
    ]


@pytest.mark.parametrize(("means_unknown", "known"), [(False, [0, 60]), (True, [60])])
def test_zero_is_a_duration_unless_it_means_not_applicable(tmp_path, means_unknown, known):
    log = a_log(tmp_path, f"1,2024-01-01 10:00,2024-01-01 10:00,{CALL}", f"1,2024-01-01 10:00,2024-01-01 10:01,{CALL}")

    aggregate = counted(log, mapping=replace(MAPPING, zero_means_unknown=means_unknown))

    assert (aggregate.rows.counted, seconds(aggregate)) == (2, known)


def test_ids_are_ids_unless_the_user_says_that_they_are_unknown(tmp_path):
    rows = [f"{customer},2024-01-01 10:00,2024-01-01 10:01,{CALL}" for customer in ("NA", "0", "007", "7", "", " ")]
    log = a_log(tmp_path, *rows)

    plain = counted(log)
    told = counted(log, mapping=replace(MAPPING, unknown_customers=("0", "NA")))

    assert (plain.customers["all", ""], plain.rows.reasons["unknown_customer"]) == (4, 2)
    assert (told.customers["all", ""], told.rows.reasons["unknown_customer"]) == (2, 4)
    assert summarise(told)["contacts_without_customer"] == 4
    assert summarise(told)["contacts"] == 6


def test_durations_below_zero_or_in_words_are_unknown_and_named(tmp_path):
    header = "customer,start,seconds,touchpoint,channel"
    log = a_log(
        tmp_path,
        *(
            f"1,2024-01-01 10:0{place},{text},{CALL}"
            for place, text in enumerate(("90", "-5", "soon", "", "1:30", "40000000"))
        ),
        header=header,
    )

    aggregate = counted(log, mapping=replace(MAPPING, end="", seconds="seconds"))

    assert seconds(aggregate) == [90, 90]
    assert aggregate.rows.reasons == {"negative_duration": 1, "unreadable_duration": 1, "too_long": 1}
    assert [
        aggregate.rows.examples[name][0].row for name in ("negative_duration", "unreadable_duration", "too_long")
    ] == [3, 4, 7]


def test_rows_that_can_not_be_parted_or_dated_are_rejected_once_each_with_their_row(tmp_path):
    log = a_log(
        tmp_path,
        f"1,2024-01-01 10:00,2024-01-01 10:01,{CALL}",
        "2,2024-01-01 10:00",
        f"3,2024-01-01 10:00,2024-01-01 10:01,{CALL},more,still more",
        f"4,2023-02-29 10:00,2023-02-29 10:01,{CALL}",
        f"5,,,{CALL}",
        f"6,2024-01-01 11:00,2024-01-01 11:01,{CALL}",
    )

    rows = counted(log).rows

    assert (rows.read, rows.counted, rows.rejected) == (6, 2, 4)
    found = {reason: [example.row for example in rows.examples[reason]] for reason in rows.reasons}
    assert found == {
        "missing_cells": [3],
        "extra_cells": [4],
        "unreadable_time": [5],
        "no_time": [6],
    }


@pytest.mark.parametrize("time", ["infinity", "-infinity", "epoch", "20240-01-01 10:00", "0001-01-01 (BC)", "now"])
def test_words_and_years_that_no_calendar_has_are_no_times(tmp_path, time):
    log = a_log(tmp_path, f"1,{time},2024-01-01 10:01,{CALL}", f"2,2024-01-01 10:00,{time},{CALL}", f"3,,{time},{CALL}")

    aggregate = counted(log, mapping=replace(MAPPING, time_format="iso"))

    assert (aggregate.rows.counted, aggregate.rows.rejected, seconds(aggregate)) == (1, 2, [])


def test_names_may_hold_anything(tmp_path):
    names = ("it's", 'a "b" c', "NUL\0in", "😀", "x" * 300, "NULL", "a;b|c")
    rows = [
        f'{place},2024-01-01 10:00,2024-01-01 10:01,"{name.replace(chr(34), chr(34) * 2)}",Web'
        for place, name in enumerate(names)
    ]
    log = a_log(tmp_path, *rows)

    aggregate = counted(log, keep=tmp_path / "people.parquet")

    labels = {name.replace("\0", "")[:200] for name in names}
    assert set(aggregate.cells_by("touchpoint")) == labels
    assert {name for part, name in aggregate.customers if part == "touchpoint"} == labels


def test_rows_are_numbered_past_those_that_were_rejected():
    rejects = Rejects(rows=[3, 4, 5, 8])

    assert [rejects.row_of(place, first_row=2) for place in range(5)] == [2, 6, 7, 9, 10]


def test_repeated_rows_are_told_counted_once_or_taken_as_they_are(tmp_path):
    row = f"1,2024-01-01 10:00,2024-01-01 10:01,{CALL}"
    log = a_log(
        tmp_path, row, f",2024-01-01 10:00,2024-01-01 10:01,{CALL}", row, f",2024-01-01 10:00,2024-01-01 10:01,{CALL}"
    )

    found = {way: counted(log, mapping=replace(MAPPING, repeated_rows=way)).rows for way in ("report", "once", "count")}

    assert {way: rows.counted for way, rows in found.items()} == {"report": 4, "once": 3, "count": 4}
    assert [example.row for example in found["report"].examples["repeated_row"]] == [4]
    assert found["once"].examples["repeated_once"][0].row == 4
    assert "repeated_row" not in found["count"].reasons


def test_the_same_file_counts_once(tmp_path):
    log = a_log(tmp_path, f"1,2024-01-01 10:00,2024-01-01 10:01,{CALL}")
    copy = a_log(tmp_path, f"1,2024-01-01 10:00,2024-01-01 10:01,{CALL}", name="copy.csv")

    aggregate = counted(log, copy)

    assert aggregate.rows.read == 1
    assert [file.same_as for file in aggregate.files] == ["", "log.csv"]


def test_hours_that_clocks_skip_are_pointed_out_and_real_ones_measured(tmp_path):
    log = a_log(
        tmp_path,
        f"1,2024-03-31 01:50,2024-03-31 03:10,{CALL}",
        f"2,2024-03-31 02:30,2024-03-31 03:30,{CALL}",
        f"3,2024-03-31T01:30:00Z,2024-03-31T01:40:00Z,{CALL}",
    )

    aggregate = counted(log, mapping=replace(MAPPING, time_zone="Europe/Stockholm"))

    assert {1_200.0, 600.0} <= set(seconds(aggregate))
    assert [example.row for example in aggregate.rows.examples["skipped_hour"]] == [3]
    assert {hour for (_name, hour) in aggregate.hours} == {6 * 24 + 1, 6 * 24 + 3}


def test_months_and_hours_are_those_of_the_zone(tmp_path):
    log = a_log(tmp_path, f"1,2024-01-31T23:30:00Z,2024-01-31T23:31:00Z,{CALL}")

    aggregate = counted(log, mapping=replace(MAPPING, time_zone="Europe/Stockholm"))

    assert set(aggregate.cells_by("month")) == {"2024-02"}
    assert set(aggregate.hours) == {("Call", 3 * 24)}


def test_names_are_joined_and_ignored_as_the_mapping_says(tmp_path):
    rows = [
        f"{place},2024-01-01 10:00,2024-01-01 10:01,{name},Web"
        for place, name in enumerate(("Call", "Ring", " Call ", "Test"))
    ]
    log = a_log(tmp_path, *rows, "0,2024-01-01 11:00,2024-01-01 11:01,Ring,Web")

    aggregate = counted(log, mapping=replace(MAPPING, names={"Ring": "Call"}, ignored=("Test",)))

    assert {name: cell.contacts for name, cell in aggregate.cells_by("touchpoint").items()} == {"Call": 4}
    assert aggregate.customers["touchpoint", "Call"] == 3
    assert (aggregate.rows.left_out, aggregate.rows.reasons["ignored_name"]) == (1, 1)


def test_hundreds_of_names_have_exact_customers_too(tmp_path):
    rows = [f"{place % 7},2024-01-0{place % 9 + 1} 10:00,2024-01-01 10:01,T{place % 150},Web" for place in range(900)]
    log = a_log(tmp_path, *rows)

    customers = counted(log).customers

    met = {}
    for place in range(900):
        met.setdefault(f"T{place % 150}", set()).add(place % 7)
    assert {name: number for (part, name), number in customers.items() if part == "touchpoint"} == {
        name: len(who) for name, who in met.items()
    }
    assert customers["all", ""] == customers["channel", "Web"] == customers["month", "2024-01"] == 7


def test_completions_without_a_start_and_overlapping_contacts_are_paired_in_turn(tmp_path):
    header = "customer,at,touchpoint,step"
    steps = (
        "09:00,complete",
        "10:00,start",
        "10:05,start",
        "10:10,complete",
        "10:30,complete",
        "11:00,start",
        "11:00,assign",
    )
    log = a_log(
        tmp_path,
        *(f"1,2024-01-01 {time},Repair,{step}" for time, step in (each.split(",") for each in steps)),
        header=header,
    )
    mapping = Mapping(customer="customer", start="at", touchpoint="touchpoint", lifecycle="step", time_zone="UTC")

    aggregate = counted(log, mapping=mapping)

    assert seconds(aggregate) == [0, 600, 1_500]
    assert (aggregate.rows.read, aggregate.rows.counted) == (7, 5)
    assert aggregate.rows.reasons == {"start_without_end": 1, "other_step": 1}


def test_a_year_of_weekdays_is_not_multiplied_by_all_days():
    days = {f"2024-01-{day:02}": 10 for day in (*range(8, 13), *range(15, 20))}

    scaling = scale(days)

    assert scaling
    assert (scaling.way, scaling.dates) == ("weekdays", (2, 2, 2, 2, 2, 1, 1))
    assert round(scaling.per_year([20, 20, 20, 20, 20, 0, 0])) == round(50 * 365.2425 / 7)


def test_whole_years_are_taken_as_they_are():
    scaling = scale({"2023-01-01": 1, "2024-12-31": 3})

    assert scaling
    assert (scaling.way, scaling.days, scaling.per_year([0, 3, 0, 0, 0, 0, 1])) == ("whole_years", 731, 2)


def test_no_contact_has_no_year():
    assert scale({}) is None


def test_order_of_day_and_month_is_asked_where_it_is_open(tmp_path):
    log = a_log(tmp_path, f"1,01/02/2024 10:00,01/02/2024 10:01,{CALL}")

    sample = sniff(log)

    assert [(doubt.kind, doubt.column) for doubt in sample.doubts] == [("time_zone", "start"), ("day_first", "start")]
    with pytest.raises(Refused, match="day come first"):
        counted(log)
    months = {
        is_first: set(counted(log, mapping=replace(MAPPING, day_first=is_first)).cells_by("month"))
        for is_first in (True, False)
    }
    assert months == {True: {"2024-02"}, False: {"2024-01"}}


def test_order_is_not_asked_where_a_day_shows_it(tmp_path):
    log = a_log(tmp_path, f"1,01/02/2024 10:00,01/02/2024 10:01,{CALL}", f"1,01/13/2024 1:00,01/13/2024 1:01,{CALL}")

    aggregate = counted(log)

    assert aggregate.days == {"2024-01-02": 1, "2024-01-13": 1}


@pytest.mark.parametrize(("text", "kinds"), [("1.250", ["decimal_comma"]), ("1,5", []), ("12", [])])
def test_the_decimal_mark_is_asked_where_it_is_open(tmp_path, text, kinds):
    log = a_log(tmp_path, f"1;2024-01-01T10:00:00Z;{text};Call", header="customer;start;seconds;touchpoint")

    assert [doubt.kind for doubt in sniff(log).doubts] == kinds


def test_a_mapping_is_kept_as_json():
    mapping = replace(MAPPING, unknown_customers=("0",), names={"a": "b"}, day_first=True, zero_means_unknown=True)

    assert mapping_from(mapping.to_dict()) == mapping


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        {"start": 1},
        {"start": "a", "nonsense": "b"},
        {"start": "a", "time_zone": "Mars/Base"},
        {"start": "a", "seconds_unit": "weeks"},
        {"start": "a", "repeated_rows": "never"},
        {"start": "a", "unknown_customers": "NA"},
        {"start": "a", "names": {"a": 1}},
        {"start": "a", "format": 2},
    ],
)
def test_a_wrong_mapping_is_refused(told):
    with pytest.raises(Refused):
        mapping_from(told)


def test_a_column_that_is_not_there_is_named(tmp_path):
    log = a_log(tmp_path, f"1,2024-01-01 10:00,2024-01-01 10:01,{CALL}")

    with pytest.raises(Refused, match=r"“client”.*customer, start"):
        counted(log, mapping=replace(MAPPING, customer="client"))


def test_ids_do_not_appear_in_what_is_kept(tmp_path):
    log, kept = a_log(tmp_path, f"secret-id,2024-01-01 10:00,2024-01-01 10:01,{CALL}"), tmp_path / "people.parquet"

    count_contacts([log], MAPPING, key="one", keep=kept)

    one = kept.read_bytes()
    count_contacts([log], MAPPING, key="other", keep=kept)
    assert b"secret-id" not in one
    assert kept.read_bytes() != one


@HOSTILE_ABSENT
def test_hostile_times_are_read_or_named():
    aggregate = counted(HOSTILE / "dst_gap_overlap.csv")

    assert seconds(aggregate) == pytest.approx([0, 20, 60, 60, 60, 3_600, 7_200])
    assert aggregate.customers["all", ""] == 8
    found = {reason: [example.row for example in examples] for reason, examples in aggregate.rows.examples.items()}
    assert found == {"unreadable_time": [6, 8], "end_before_start": [7]}


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("75:30", 4_530_000), ("1:05", 65_000), ("100:00:00", 360_000_000), ("0:75:00", None),
     ("-1:05", None), ("1:75", None)],
)  # fmt: skip
def test_durations_as_clocks_may_have_more_than_an_hour_of_minutes(tmp_path, text, milliseconds):
    log = a_log(tmp_path, f"anna,2024-02-01 10:00:00,{text},Call", header="customer,start,seconds,touchpoint")

    found = counted(
        log, mapping=Mapping(customer="customer", start="start", seconds="seconds", touchpoint="touchpoint")
    )

    whole = found.cells_by("")[""]
    assert (whole.milliseconds if whole.timed else None) == milliseconds


def test_offset_after_hours_and_minutes_is_read(tmp_path):
    log = a_log(tmp_path, "anna,2024-02-01 10:00+02,,Call,Phone")

    assert counted(log).spans["Call"].first == datetime.fromisoformat("2024-02-01 08:00")
