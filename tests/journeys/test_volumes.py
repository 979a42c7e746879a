"""METHOD, "Volume and time", against its worked examples."""

from __future__ import annotations

import json

import pytest

from journeys.levels import Value, value_of_levels
from journeys.volumes import Volumes, contacts_per_year, total_volumes
from tests.conftest import FIXTURES


def test_total_volumes_give_carlzons_numbers():
    volumes = total_volumes(10_000_000, [1] * 5, [15] * 5)

    assert volumes == Volumes(
        contacts_per_year=50_000_000,
        contacts_per_customer=5,
        seconds_per_customer=75,
        average_seconds=15,
        hours_per_year=10_000_000 * 75 / 3600,
    )
    assert round(volumes.hours_per_year) == 208_333


@pytest.mark.skipif(not FIXTURES.exists(), reason="../shared/fixtures is absent")
def test_total_volumes_give_the_published_table():
    table = json.loads((FIXTURES / "carlzon" / "tables.json").read_text())["carlzon_SAS"]

    volumes = total_volumes(
        table["inputs"]["customers"],
        [table["inputs"]["contacts_per_customer"]],
        [table["inputs"]["seconds_per_contact"]],
    )

    assert volumes.contacts_per_year == table["published"]["moments_per_year"]
    assert volumes.hours_per_year == pytest.approx(table["derived"]["hours_per_year"])
    assert volumes.seconds_per_customer == table["derived"]["seconds_per_customer_year"]


def test_total_volumes_weigh_seconds_by_contacts():
    volumes = total_volumes(1000, [0.5, 1.5], [60, 20])

    assert volumes == Volumes(2000, 2.0, 60.0, 30.0, 1000 * 60 / 3600)


def test_total_volumes_of_nothing_have_no_average():
    assert total_volumes(1000, [], []) == Volumes(0, 0, 0, None, 0)


def test_total_volumes_refuse_unequal_lengths():
    with pytest.raises(ValueError, match="shorter"):
        total_volumes(1000, [1, 2], [3])


def test_contacts_per_year_multiply():
    assert contacts_per_year(10_000_000, 0.5) == 5_000_000


def test_value_of_levels_weighs_by_contacts():
    value = value_of_levels([1, 2, 3, 4, 6, None], [10, 10, 30, 25, 25, 900])

    assert value == Value(damaged=0.2, indifferent=0.3, created=0.5)
    assert value.loyalty_balance == pytest.approx(30)
    assert value.indifference_percent == pytest.approx(30)


def test_value_of_levels_needs_a_judged_contact():
    assert value_of_levels([None, 3], [10, 0]) is None
