"""Distinct customers out of the smallest hashes: exact for few, near for many, whatever the order."""

from __future__ import annotations

import random

import numpy as np
import pytest

from journeys.contacts.masking import Mask, mask_of, shape_of, shortened
from journeys.contacts.sketches import KEPT, add_sketches, count_sketch
from tests.journeys.contact_logs import MAPPING


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
