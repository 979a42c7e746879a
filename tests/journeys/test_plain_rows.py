"""Rows counted straight from a file's bytes: the same as the database makes of them, whatever stands among them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.customers import Keep
from journeys.contacts.engine import open_engine
from journeys.contacts.log_tables import LogTables
from journeys.contacts.mapping import Mapping
from journeys.contacts.plain import reader
from journeys.contacts.plain.log import count_plain
from journeys.contacts.plain.unfit import Unfit
from tests.journeys.contact_logs import MAPPING, a_log

ODD = (
    "cut,off",
    "a,b,c,d,e,f",
    ",,,,",
    "5,2024-02-30 10:00:00,2024-02-30 10:05:00,Call,Web",
    "5,2024-13-01 10:00:00,2024-13-01 10:05:00,Call,Web",
    "5,2024-01-32 10:00:00,2024-01-32 10:05:00,Call,Web",
    "5,2024-01-31 24:00:00,2024-01-31 24:05:00,Call,Web",
    "5,2024-01-31 10:60:00,2024-01-31 10:05:00,Call,Web",
    "5,2O24-01-31 10:00:00,2024-01-31 10:05:00,Call,Web",
    "5,2024/01/31 10:00:00,2024-01-31 10:05:00,Call,Web",
    "5,2024-01-31T10:00:00,2024-01-31 10:05:00,Call,Web",
    "5,2024-01-31 10:00,2024-01-31 10:05,Call,Web",
    "5,2024-01-31 10:00:00.250,2024-01-31 10:05:00,Call,Web",
    "5,2024-01-31 10:00:00Z,2024-01-31 10:05:00Z,Call,Web",
    "5,1850-01-31 10:00:00,1850-01-31 10:05:00,Call,Web",
    "5,,2024-01-31 10:05:00,Call,Web",
    "5,2024-01-31 10:00:00,,Call,Web",
    "5,2024-01-31 10:00:00,soon,Call,Web",
    "5,2024-01-31 10:05:00,2024-01-31 10:00:00,Call,Web",
    "5,2024-01-31 23:55:00,2024-01-31 00:05:00,Call,Web",
    "5,2024-01-31 23:55:00,2026-01-31 00:05:00,Call,Web",
    "5,2024-03-31 01:50:00,2024-03-31 03:10:00,Call,Web",
    "5,2024-03-31 02:30:00,2024-03-31 03:10:00,Call,Web",
    "5,2024-03-30 23:30:00,2024-04-01 03:10:00,Call,Web",
    ",2024-01-31 10:00:00,2024-01-31 10:05:00,Call,Web",
    "NA,2024-01-31 10:00:00,2024-01-31 10:05:00,Call,Web",
    "5,2024-01-31 10:00:00,2024-01-31 10:05:00,,Web",
    "5,2024-01-31 10:00:00,2024-01-31 10:05:00,Test,Web",
    '"5",2024-01-31 10:00:00,2024-01-31 10:05:00,"Call, twice",Web',
    "é" * 40 + ",2024-01-31 10:00:00,2024-01-31 10:05:00," + "ü" * 40 + ",Web",
    "a customer of more than eight letters,2024-01-31 10:00:00,2024-01-31 10:05:00,A long name of something,Web",
)
PADDED = "5,2024-01-31 10:00:00,2024-01-31 10:05:00, Call ,Web"  # late: at the beginning it would tell of all cells
TIMES = "2024-01-31 10:00:00,2024-01-31 10:05:00"
CUSTOMERS = ("7", "12345678", "123456789", "a-customer-of-25-letters", "12345678-of-25-letters")


def rows_of(seed: int, number: int = 400) -> list[str]:
    """Plain rows, some of them twice, with odd ones among them."""
    chance = random.Random(seed)
    rows: list[str] = []
    for _ in range(number):
        sort = chance.random()
        if sort < 0.1:
            rows.append(chance.choice(ODD))
        elif sort < 0.15 and rows:
            rows.append(chance.choice(rows))
        else:
            rows.append(_plain_row(chance))
    return rows


def _plain_row(chance: random.Random) -> str:
    day = f"202{chance.randrange(3, 5)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    hour, minute = chance.randrange(23), chance.randrange(60)
    took = chance.choice((0, 15, 59, 600, 3_599))
    end = f"{hour + (minute * 60 + took) // 3_600:02}:{(minute * 60 + took) // 60 % 60:02}:{took % 60:02}"
    names = f"{chance.choice(('Call', 'Ring', 'Check-in'))},{chance.choice(('Web', 'Desk', ''))}"
    return f"{chance.choice(CUSTOMERS)}{chance.randrange(30)},{day} {hour:02}:{minute:02}:00,{day} {end},{names}"


def by_database(*paths: Path, mapping: Mapping, keep: Path | None = None) -> Aggregate:
    with open_engine(paths, mapping.time_zone or "UTC") as engine:
        log = LogTables(engine, mapping, has_ids=keep is not None)
        for path in paths:
            log.read(path)
        return log.count(Keep(keep, "a key") if keep else None)


def comparable(aggregate: Aggregate) -> Aggregate:
    """Without the numbers that places have in memory alone."""
    aggregate.spans = {name: span._replace(place=0) for name, span in aggregate.spans.items()}
    return aggregate


MAPPINGS = {
    "as it is": MAPPING,
    "words for nobody": replace(MAPPING, unknown_customers=("NA", "730"), repeated_rows="count"),
    "names": replace(MAPPING, ignored=("Test",), names={"Ring": "Call"}),
    "zero is unknown": replace(MAPPING, zero_means_unknown=True),
    "stockholm": replace(MAPPING, time_zone="Europe/Stockholm"),
    "sao paulo": replace(MAPPING, time_zone="America/Sao_Paulo"),
    "no end": replace(MAPPING, end=""),
    "times alone": Mapping(start="start", time_zone="UTC"),
}


@pytest.mark.parametrize("name", MAPPINGS)
def test_plain_rows_are_counted_as_the_database_counts_them(tmp_path, name):
    log, mapping = a_log(tmp_path, *rows_of(seed=len(name), number=1_200), *ODD, PADDED), MAPPINGS[name]

    assert comparable(count_plain([log], mapping)) == comparable(by_database(log, mapping=mapping))


def test_files_with_many_blocks_and_returns_say_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("journeys.contacts.plain.blocks.BLOCK_BYTES", 1_000)
    monkeypatch.setattr(reader, "_BATCH", 50)
    one = a_log(tmp_path, *rows_of(1), name="one.csv")
    two = a_log(tmp_path, *rows_of(2), name="two.csv")
    two.write_bytes(two.read_bytes().replace(b"\n", b"\r\n").rstrip())

    assert comparable(count_plain([one, two, one], MAPPING)) == comparable(by_database(one, two, one, mapping=MAPPING))


def test_unknown_customer_in_the_contacts_that_are_summed_up_first_is_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_BATCH", 1)
    log = a_log(tmp_path, f",{TIMES},Call,Web", f"7,{TIMES},Call,Web")

    assert count_plain([log], MAPPING).customers["all", ""] == 1


@pytest.mark.parametrize(
    "row",
    [
        '5,2024-01-31 10:00:00,2024-01-31 10:05:00,"Call\nCall",Web',
        "5,2024-01-31 10:00:00,2024-01-31 10:05:00,Ca\0ll,Web",
        "5,2024-01-31 10:00:00,2024-01-31 10:05:00,Ca\rll,Web",
        "5,2024-01-31 10:00:00,2024-01-31 10:05:00," + "x" * 2_000_000 + ",Web",
    ],
    ids=["a cell of two lines", "NUL", "another end of line", "a line that is too long"],
)
def test_lines_that_need_the_whole_file_are_left_to_the_database(tmp_path, row):
    log = a_log(tmp_path, *rows_of(1, number=6_000), row, *rows_of(2))

    with pytest.raises(Unfit):
        count_plain([log], MAPPING)


@pytest.mark.parametrize(
    ("form", "times"),
    [
        ("%d.%m.%Y %H:%M", ("31.01.2024 10:00", "31.01.2024 10:05")),
        ("%m/%d/%Y %H:%M:%S", ("01/31/2024 10:00:00", "01/31/2024 10:05:00")),
        ("%Y%m%d%H%M%S", ("20240131100000", "20240131100500")),
        ("iso", ("2024-01-31T10:00", "2024-01-31T10:05")),
        ("iso", ("2024-01-31", "2024-02-01")),
    ],
)
def test_times_of_other_forms_are_read_alike(tmp_path, form, times):
    mapping = replace(MAPPING, time_format=form)
    log = a_log(
        tmp_path, *(f"{place},{times[0]},{times[1]},Call,Web" for place in range(20)), f"1,x,{times[1]},Call,Web"
    )

    found = comparable(count_plain([log], mapping))

    assert found == comparable(by_database(log, mapping=mapping))
    assert (found.rows.counted, found.rows.rejected) == (20, 1)


def test_contacts_of_nobody_make_no_customer(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_BATCH", 1)  # the first block is summed up with its first row
    log = a_log(tmp_path, f",{TIMES},Call,Web", f"7,{TIMES},Call,Web")

    assert count_plain([log], MAPPING).customers["all", ""] == 1


def test_blank_lines_are_no_rows_but_have_numbers(tmp_path):
    log = a_log(tmp_path, "", f"1,{TIMES},Call,Web", "", "cut,off", "", f"1,{TIMES},Pay,Web")

    found = count_plain([log], MAPPING)

    assert (found.rows.read, found.rows.counted) == (3, 2)
    assert {name: span.example.row for name, span in found.spans.items()} == {"Call": 3, "Pay": 7}
    assert [example.row for example in found.rows.examples["missing_cells"]] == [5]


def test_the_same_customers_are_kept(tmp_path):
    rows = [*rows_of(5), *ODD, '"a ""b"", c",' + TIMES + ",Call,Web", "x" * 70 + f",{TIMES},Call,Web"]
    log, plain, told = a_log(tmp_path, *rows), tmp_path / "plain.parquet", tmp_path / "told.parquet"

    found = count_plain([log], MAPPING, key="a key", keep=plain)

    by_database(log, mapping=MAPPING, keep=told)
    assert found.people == plain
    assert kept(plain) == kept(told)
    assert len(kept(plain)) > 150


def kept(path: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(f"FROM '{path}' ORDER BY ALL").fetchall()


def test_an_estimate_counts_contacts_exactly_and_customers_nearly(tmp_path, monkeypatch):
    monkeypatch.setattr("journeys.contacts.plain.people.SAMPLE_CONTACTS", 8_000)
    monkeypatch.setattr("journeys.contacts.plain.blocks.BLOCK_BYTES", 100_000)
    monkeypatch.setattr(reader, "_BATCH", 5_000)
    rows = [f"{place % 20_000},{TIMES},{('Call', 'Pay')[place % 2]},Web" for place in range(40_000)]
    log = a_log(tmp_path, *rows)

    found, exact = count_plain([log], MAPPING, is_estimate=True), count_plain([log], MAPPING)

    assert (found.cells, found.hours, found.days) == (exact.cells, exact.hours, exact.days)
    assert (found.sampled, exact.sampled) == (8, 1)
    assert exact.customers["all", ""] == 20_000
    assert found.customers == {name: pytest.approx(number, rel=0.05) for name, number in exact.customers.items()}
