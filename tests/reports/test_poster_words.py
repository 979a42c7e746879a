"""What the poster says of figures."""

from __future__ import annotations

import pytest

from journeys.levels import Value
from journeys.volumes import total_volumes
from reports.posters.words import (
    say_duration,
    say_figures,
    say_headline,
    say_sentence,
    say_weakest,
    short_duration,
    spoken_language,
)

CARLZON = total_volumes(10_000_000, [1] * 5, [15] * 5)  # METHOD, "Volume and time": the check


def test_headline_is_carlzons():
    assert say_headline(10_000_000, CARLZON) == ("50,000,000", "moments of truth a year")


def test_headline_without_customers_is_of_one_customer():
    assert say_headline(0, CARLZON) == ("5", "moments of truth a year for each customer")


def test_headline_counts_one_in_the_singular():
    assert say_headline(1, total_volumes(1, [1], [5])) == ("1", "moment of truth a year")


def test_sentence_is_carlzons():
    assert say_sentence(10_000_000, CARLZON) == (
        "10,000,000 customers meet us 5 times each, for 15 seconds. Those 75 seconds are all they ever see of us."
    )


@pytest.mark.parametrize(
    ("customers", "contacts", "seconds", "said"),
    [
        (1, 1, 1, "1 customer meets us once, for 1 second. Those 1 second are all they ever see of us."),
        (
            2,
            0.4,
            60,
            "2 customers meet us 0.4 times each, for 60 seconds. Those 24 seconds are all they ever see of us.",
        ),
        (
            2,
            0.98,
            60,
            "2 customers meet us 0.98 times each, for 60 seconds. Those 59 seconds are all they ever see of us.",
        ),
        (0, 2, 5_400, "A customer meets us 2 times, for 90 minutes. Those 3 hours are all they ever see of us."),
        (5, 0, 15, ""),
    ],
)
def test_sentence_bends_to_its_figures(customers, contacts, seconds, said):
    assert say_sentence(customers, total_volumes(customers, [contacts], [seconds])) == said


@pytest.mark.parametrize(
    ("seconds", "said", "short"),
    [
        (0.5, "0.5 seconds", "0.5\u00a0s"),
        (1, "1 second", "1\u00a0s"),
        (75.3, "75 seconds", "75.3\u00a0s"),
        (150, "2.5 minutes", "2.5\u00a0min"),
        (7_200, "2 hours", "2\u00a0h"),
        (172_800, "2 days", "2\u00a0d"),
    ],
)
def test_duration_takes_the_largest_unit_that_it_fills_twice(seconds, said, short):
    assert (say_duration(seconds), short_duration(seconds)) == (said, short)


def test_figures_carry_sign_and_colour_of_the_balance():
    good, poor = Value(0.1, 0.4, 0.5), Value(0.5, 0.4, 0.1)

    said = [figure[::2] for value in (good, poor) for figure in say_figures(value, 0, CARLZON)]

    assert said == [("+40", "blue"), ("40%", "ink-soft"), ("−40", "red"), ("40%", "ink-soft")]


def test_figures_without_levels_leave_the_hours():
    assert say_figures(None, 10_000_000, CARLZON) == [
        ("208\u202fK", "hours a year that customers spend with us", "ink")
    ]


def test_weakest_names_moments_in_order():
    assert say_weakest(["Waits", "Pays"]) == (
        "Our weakest moments:",
        "Waits, Pays. A journey is judged by its lowest point. Levels are our own estimate.",
    )


@pytest.mark.parametrize(("asked", "spoken"), [("en", "en"), ("en-gb", "en"), ("xx", "en")])
def test_spoken_language_is_one_that_the_product_has(asked, spoken):
    assert spoken_language(asked) == spoken
