"""The map on paper: strips of at most twelve columns, then what more will be done."""

from __future__ import annotations

import pytest
from django.urls import reverse

from journeys.board import board_of
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from journeys.strips import strips_of


def make(organisation, *sizes: int, **fields):
    stages = tuple(
        StagePlan(f"S{at}", tuple(MomentPlan(f"M{at}.{number}", **fields) for number in range(size)))
        for at, size in enumerate(sizes)
    )
    return create_journey(organisation, JourneyPlan("Printed", 1000, stages=stages))


@pytest.mark.parametrize(
    ("sizes", "strips"),
    [
        ((), []),
        ((0,), [[("S0", 1)]]),
        ((3, 4), [[("S0", 3), ("S1", 4)]]),
        ((12,), [[("S0", 12)]]),
        ((10, 0, 3), [[("S0", 7)], [("S0", 3), ("S1", 1), ("S2", 3)]]),
    ],
)
def test_strips_are_evenly_full_and_cut_stages_go_on(in_scope, sizes, strips):
    found = strips_of(board_of(make(in_scope, *sizes)))

    assert [[(piece.stage.title, piece.columns) for piece in strip.pieces] for strip in found] == strips


def test_strips_scale_circles_alike(in_scope):
    journey = make(in_scope, 13, contacts_per_customer=0.25)
    first = journey.stages.get().moments.first()
    first.contacts_per_customer = 1
    first.save()

    strips = strips_of(board_of(journey))

    assert {bubble.radius for strip in strips for bubble in strip.ladder.bubbles} == {19.0, 16.0}


def test_print_shows_every_moment_and_what_more(manager_client, in_scope):
    journey = make(in_scope, 20, 5, what_more="Call back <soon>")

    page = manager_client.get(reverse("journey_print", args=["northern-air", journey.pk])).content.decode()

    assert page.count('<section class="strip"') == 3
    assert page.count('<div class="card">') == 25
    assert page.count("Call back &lt;soon&gt;") == 25


def test_print_takes_the_same_queries_for_any_size(manager_client, in_scope, django_assert_num_queries):
    few, many = make(in_scope, 1), make(in_scope, 40, 40)
    manager_client.get(reverse("journey_print", args=["northern-air", few.pk]))

    for journey in (few, many):
        with django_assert_num_queries(7):
            manager_client.get(reverse("journey_print", args=["northern-air", journey.pk]))


def test_print_keeps_the_filter(manager_client, in_scope):
    journey = make(in_scope, 3, level=5)

    address = reverse("journey_print", args=["northern-air", journey.pk])
    page = manager_client.get(address, {"below": "4"}).content.decode()

    assert "0 of 3 moments" in page
    assert "No moment to print." in page
