"""A log in one file, in many, or counted in parts and added up: always the same figures."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from math import floor, log
from pathlib import Path
from statistics import quantiles as true_quantiles

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.histogram import add_bins, quantiles
from journeys.contacts.merging import merge
from journeys.contacts.refusals import Refused
from journeys.contacts.summary import summarise
from tests.journeys.contact_logs import MAPPING, a_log, counted


def many_rows(number: int, seed: int) -> list[str]:
    """Rows of all sorts, malformed ones among them."""
    chance = random.Random(seed)
    return [_row(chance, place) for place in range(number)]


def _row(chance: random.Random, place: int) -> str:
    if chance.random() < 0.02:
        return chance.choice(
            ("cut,off", "5,2024-02-30 10:00,,Call,Web", "5,2024-02-03 10:00,soon,Call,Web", "a,b,c,d,e,f")
        )
    minute, took = chance.randrange(1_400), chance.expovariate(1 / 200)
    start = f"2024-{chance.randrange(1, 5):02}-{chance.randrange(1, 29):02}"
    end = divmod(minute * 60 + min(int(took), 2_000), 3600)
    customer = chance.choice(("", "NA", *map(str, range(60))))
    times = f"{start} {minute // 60:02}:{minute % 60:02}:00,{start} {end[0]:02}:{end[1] // 60:02}:{end[1] % 60:02}"
    return (
        f"{customer},{times},{chance.choice(('Call', 'Pay', 'Ask, twice'))!r},{chance.choice(('Web', 'Desk'))}".replace(
            "'Ask, twice'", '"Ask, twice"'
        ).replace("'", "")
    )


def figures(aggregate: Aggregate) -> dict:
    """The summary without what names files."""
    summary = summarise(aggregate)
    del summary["files"]
    for touchpoint in summary["touchpoints"]:
        del touchpoint["example"]
    for group in ("rejected", "left_out", "doubtful"):
        summary["rows"][group] = {name: found["rows"] for name, found in summary["rows"][group]["reasons"].items()}
    return summary


@pytest.fixture(scope="module")
def rows() -> list[str]:
    return many_rows(1_500, seed=6)


@pytest.fixture(scope="module")
def whole(rows, tmp_path_factory) -> dict:
    return figures(counted(a_log(tmp_path_factory.mktemp("whole"), *rows), mapping=MAPPING_OF_PARTS))


MAPPING_OF_PARTS = replace(MAPPING, repeated_rows="count")


def split(folder: Path, rows: list[str], parts: int, seed: int) -> list[Path]:
    """The rows in files of random lengths, in random order."""
    chance = random.Random(seed)
    cuts = [0, *sorted(chance.sample(range(1, len(rows)), parts - 1)), len(rows)]
    logs = [a_log(folder, *rows[start:end], name=f"{start}.csv") for start, end in pairwise(cuts)]
    chance.shuffle(logs)
    return logs


@pytest.mark.parametrize("parts", [2, 30])
def test_files_counted_together_say_what_one_file_says(rows, whole, tmp_path, parts):
    logs = split(tmp_path, rows, parts, seed=parts)

    assert figures(counted(*logs, mapping=MAPPING_OF_PARTS)) == whole


@pytest.mark.parametrize("parts", [1, 2, 7, 30])
def test_parts_counted_alone_and_added_up_say_the_same(rows, whole, tmp_path, parts):
    logs = split(tmp_path, rows, parts, seed=100 + parts)

    counts = [counted(log, mapping=MAPPING_OF_PARTS, keep=tmp_path / f"{log.stem}.parquet") for log in logs]

    assert figures(merge(counts)) == whole


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), parts=st.integers(2, 4))
def test_any_log_in_any_order_says_the_same(tmp_path_factory, seed, parts):
    folder, rows = tmp_path_factory.mktemp("any"), many_rows(120, seed)
    logs = split(folder, rows, parts, seed)

    counts = [counted(log, mapping=MAPPING_OF_PARTS, keep=folder / f"{log.stem}.parquet") for log in logs]

    assert figures(merge(counts)) == figures(counted(a_log(folder, *rows), mapping=MAPPING_OF_PARTS))


def test_counts_without_their_customers_are_not_added_up(tmp_path):
    one, two = (counted(a_log(tmp_path, *many_rows(20, seed), name=f"{seed}.csv")) for seed in (1, 2))

    with pytest.raises(Refused, match="customers were not kept"):
        merge([one, two])


def test_figures_equal_a_plain_count(rows, whole):
    counted_rows = [row for row in rows if row.count(",") >= 4 and not row.startswith(("5,2024-02-30", "a,b"))]
    known = [row.split(",")[0] for row in counted_rows if not row.startswith(",")]

    assert (whole["contacts"], whole["customers"]) == (len(counted_rows), len(set(known)))
    assert whole["rows"]["read"] == len(rows)
    assert whole["rows"]["counted"] == len(counted_rows)
    assert sum(whole["rows"]["rejected"].values()) == len(rows) - len(counted_rows)


@given(st.lists(st.integers(1, 50_000_000), min_size=1, max_size=300))
def test_quantiles_of_bins_are_within_one_percent(milliseconds):
    bins = add_bins({bin_of(each): (1, each)} for each in milliseconds)

    found = quantiles(bins, (0.25, 0.5, 0.75))

    true = true_quantiles(milliseconds, n=4, method="inclusive") if len(milliseconds) > 1 else milliseconds * 3
    assert found == pytest.approx([each / 1_000 for each in true], rel=0.01)


def bin_of(milliseconds: int) -> int:
    return 1 + floor(log(milliseconds) / log(1.01))


def test_whole_seconds_below_a_hundred_are_told_exactly():
    bins = add_bins({bin_of(each * 1_000): (1, each * 1_000)} for each in range(1, 100))

    assert quantiles(bins, (0.5, 0.9)) == [50, pytest.approx(89.2)]


def test_nothing_has_no_quantiles():
    assert quantiles({}, (0.5,)) == [None]
