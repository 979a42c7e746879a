"""Figures as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.typed_figures import read_figure


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10,000,000", 10_000_000),
        ("10.000.000", 10_000_000),
        ("10 000 000", 10_000_000),
        ("10\u202f000\u00a0000", 10_000_000),
        ("10'000'000", 10_000_000),
        ("10M", 10_000_000),
        ("1.5 million", 1_500_000),
        ("0.55", 0.55),
        ("0,55", 0.55),
        ("1,250.5", 1250.5),
        ("1.250,5", 1250.5),
        ("1.250", 1.25),
        ("-3", -3),
        ("7", 7),
    ],
)
def test_read_figure_takes_the_usual_ways(text, number):
    assert read_figure(text) == number


@pytest.mark.parametrize(("text", "number"), [("1,250", 1250), ("1.250", 1250), ("12,5", 12.5), ("1.5M", 1_500_000)])
def test_read_figure_of_a_whole_takes_one_group_as_thousands(text, number):
    assert read_figure(text, is_whole=True) == number


@pytest.mark.parametrize(
    "text", ["", "many", "1e400", "nan", "inf", "1,2,3.4.5", "10.00,000.0", "--3", "0x10", "9" * 41, "٣", ".", ","]
)
def test_read_figure_refuses_what_is_no_number(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_figure(text)


@given(st.text(max_size=60))
def test_read_figure_gives_a_number_or_a_value_error(text):
    try:
        number = read_figure(text)
    except ValueError:
        return

    assert number == number
    assert abs(number) < float("inf")
