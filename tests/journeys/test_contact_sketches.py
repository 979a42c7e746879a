"""Distinct customers out of the smallest hashes: exact for few, near for many, whatever the order."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from journeys.contacts.engine import open_engine
from journeys.contacts.importing import count_contacts
from journeys.contacts.masking import Mask, mask_of, shape_of, shortened
from journeys.contacts.plain import keyed
from journeys.contacts.plain.words import number_texts
from journeys.contacts.sketches import KEPT, add_sketches, count_sketch, sketch_people
from tests.journeys.contact_logs import MAPPING, a_log, counted


def sketch(hashes) -> bytes:
    return add_sketches([np.sort(np.asarray(hashes, dtype="<u8")).tobytes()])


def test_few_customers_are_counted_exactly():
    assert count_sketch(add_sketches([sketch([1, 5, 9]), sketch([5, 12])])) == 4


def test_nobody_is_none():
    assert count_sketch(add_sketches([])) == 0


@pytest.mark.parametrize("customers", [100_000, 1_000_000])
def test_many_customers_are_counted_within_one_percent(customers):
    hashes = np.random.default_rng(7).integers(0, 2**64, customers, dtype=np.uint64)

    assert count_sketch(sketch(hashes)) == pytest.approx(customers, rel=0.01)


def test_parts_in_any_order_make_the_sketch_of_the_whole():
    hashes = np.random.default_rng(3).integers(0, 2**64, 3 * KEPT, dtype=np.uint64)
    parts = [sketch(part) for part in np.array_split(hashes, 7)]
    random.Random(1).shuffle(parts)

    assert add_sketches([add_sketches(parts[:3]), add_sketches(parts[3:])]) == sketch(hashes)


HASHED = {
    "7": "a9c3cf8ee3483d9a",
    "C1000001": "5c7dad1c1914bf25",
    "C10000017": "6f24e64ddd227d42",
    "a-customer-of-25-letters": "36a1cffdfe171e8f",
    "Åsa": "4d68497867b95d29",
    "x" * 70: "99dc8328044ff39b",
}


@pytest.mark.parametrize("repeated", ["count", "once"], ids=["plain rows", "the database"])
def test_hashes_of_customers_stay_what_they_are(tmp_path, repeated):
    """As sha256sum writes them: those of earlier logs, and of queries, are in the database."""
    times = "2024-01-31 10:00:00,2024-01-31 10:05:00"
    log = a_log(tmp_path, *(f"{customer},{times},Call,Web" for customer in [*HASHED, *HASHED]))

    found = counted(log, mapping=replace(MAPPING, repeated_rows=repeated), has_sketches=True).sketches["all", ""]

    assert {f"{each:016x}" for each in np.frombuffer(found, "<u8").tolist()} == set(HASHED.values())


def test_long_ids_are_hashed_whatever_was_seen_before(monkeypatch):
    monkeypatch.setattr(keyed, "_LEAST_BITS", 2)  # most ids push out another one
    ids = [f"customer number {number % 300}".encode() for number in range(900)]
    numbers, hashes = number_texts(ids), keyed.Hashes("a key")

    for start in range(0, 900, 90):
        some = ids[start : start + 90]
        hashes.note(numbers[start : start + 90], np.array([len(text) for text in some]), some.__getitem__)

    assert hashes.of(numbers).tolist() == [int(sha256(b"a key" + text).hexdigest()[:16], 16) for text in ids]


@pytest.mark.parametrize("repeated", ["count", "once"], ids=["plain rows", "the database"])
def test_sketches_are_those_of_all_hashes(tmp_path, monkeypatch, repeated):
    for module in ("sketches", "plain.smallest"):
        monkeypatch.setattr(f"journeys.contacts.{module}.KEPT", 100)
    monkeypatch.setattr("journeys.contacts.plain.smallest._MOST", 700)
    monkeypatch.setattr("journeys.contacts.plain.people._SHARE", 1_000)
    times, names = "2024-01-31 10:00:00,2024-01-31 10:05:00", ("Call", "Pay", "Ask")
    rows = [f"{place % 3_000},{times},{names[place % 7 % 3]},Web" for place in range(9_000)]
    log, kept = (
        a_log(tmp_path, *rows, f"7,{times},Rare,Web", "cut,off", f'"8",{times},Rare,Web'),
        tmp_path / "kept.parquet",
    )
    mapping = replace(MAPPING, repeated_rows=repeated)

    found = count_contacts([log], mapping, key="k", has_sketches=True).sketches

    count_contacts([log], mapping, key="k", keep=kept)
    with open_engine([kept]) as engine:
        assert found == sketch_people(engine, kept)
    assert found["touchpoint", "Rare"] == np.sort(keyed.hash_texts([b"7", b"8"], "k")).tobytes()
    assert {len(sketch) // 8 for sketch in found.values()} == {2, 100}


def test_customer_is_hidden_in_a_row():
    mask = mask_of(MAPPING, ["touchpoint", "customer", "note", "start", "end", "channel"])

    assert mask == Mask(5, 1)
    assert mask.hide("Dials | anna | soon |  | Phone") == "Dials | ••• | soon |  | Phone"


@pytest.mark.parametrize("text", ["anna | smith | soon | a | b | c", "anna", "Dials | anna\0"])
def test_row_whose_customer_can_not_be_found_keeps_its_shape_alone(text):
    assert "anna" not in Mask(5, 1).hide(text)


def test_shape_says_what_stood_where():
    assert shape_of('C-17,"Öl, 2024-02-30') == 'x-00,"xx, 0000-00-00'


@pytest.mark.parametrize(("customer", "shown"), [("", ""), ("7", "•••"), ("anna", "an•••"), ("C000123", "C0•••")])
def test_only_the_beginning_of_an_id_is_shown(customer, shown):
    assert shortened(customer) == shown
