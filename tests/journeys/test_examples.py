"""The example journeys: what a new journey can start from."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import journeys.examples
from journeys.examples import list_examples, load_example
from journeys.formats import parse_outline, write_outline
from journeys.volumes import Volumes, total_volumes
from tests.journeys.plans import is_storable

SLUGS = [example.slug for example in list_examples()]


def outline_of(slug: str) -> str:
    return (Path(journeys.examples.__file__).parent / "example_outlines" / f"{slug}.outline").read_text()


def test_examples_are_the_nine_that_were_promised():
    assert SLUGS == [
        "airline-trip",
        "bank-branch-visit",
        "car-service",
        "change-of-address",
        "monthly-invoice",
        "online-order",
        "portfolio-review",
        "restaurant-birthday",
        "structured-product-negotiation",
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_example_is_read_without_a_finding(slug):
    plan, findings = parse_outline(outline_of(slug))

    assert findings == []
    assert plan == load_example(slug)
    assert is_storable(plan)
    assert parse_outline(write_outline(plan)) == (plan, [])


@pytest.mark.parametrize("slug", SLUGS)
def test_example_is_rich_in_every_field(slug):
    plan = load_example(slug)

    assert 8 <= len(plan.moments) <= 14
    assert plan.customers_per_year
    assert plan.customer
    for moment in plan.moments:
        texts = [moment.experience, moment.expectation, moment.what_more, moment.decision, moment.level]
        assert all(texts), f"{moment.title} leaves a field empty"
        assert moment.serves_in_front or moment.stands_behind
    assert len({moment.level for moment in plan.moments}) >= 4
    assert {moment.decision for moment in plan.moments} >= {"keep", "enhance"}
    assert any(moment.is_make_or_break for moment in plan.moments)


def test_airline_trip_has_carlzons_figures():
    plan = load_example("airline-trip")

    volumes = total_volumes(
        plan.customers_per_year,
        [moment.contacts_per_customer for moment in plan.moments],
        [moment.seconds for moment in plan.moments],
    )

    assert volumes == Volumes(
        contacts_per_year=50_000_000,
        contacts_per_customer=5,
        seconds_per_customer=75,
        average_seconds=15,
        hours_per_year=750_000_000 / 3600,
    )


def test_airline_trip_is_the_one_on_the_poster():
    plan = load_example("airline-trip")

    assert [(stage.title, [moment.title for moment in stage.moments]) for stage in plan.stages] == [
        ("Before", ["Searches a fare", "Books by phone", "Gets the confirmation"]),
        ("At the airport", ["Drops the bag", "Waits at the gate", "Is welcomed aboard"]),
        ("On board", ["Asks for help", "Hears the captain"]),
        ("After", ["Collects the bag", "Receives a survey e-mail"]),
    ]


def test_examples_share_no_sentence():
    texts = [
        (slug, sentence)
        for slug in SLUGS
        for moment in load_example(slug).moments
        for text in (moment.title, moment.experience, moment.expectation, moment.what_more)
        for sentence in {part.strip() for part in re.split(r"(?<=[.!?])\s+", text)}
    ]

    seen = Counter(sentence.casefold() for _slug, sentence in texts)

    assert {sentence: count for sentence, count in seen.items() if count > 1} == {}


def test_example_cards_say_what_they_hold():
    airline = list_examples()[0]

    assert (airline.title, airline.moments_count, airline.contacts_per_year) == ("A trip with us", 10, 50_000_000)
    assert airline.description == "Ten contacts of one flight, from the fare search to the survey afterwards."
    assert airline.levels == (3, 2, 3, 4, 3, 5, 5, 3, 3, 2)
    assert all(example.description.endswith(".") for example in list_examples())


@pytest.mark.parametrize("slug", ["", "nothing", "../examples", "airline-trip.outline"])
def test_unknown_example_is_refused(slug):
    with pytest.raises(KeyError):
        load_example(slug)
