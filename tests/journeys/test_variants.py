"""Variants: a journey copied for another kind of customer, and two of them on one page."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django_scopes import scope

from accounts.access import Role
from journeys.models import Journey, Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from journeys.snapshot import plan_of
from journeys.variants import copy_journey, family_of
from tests.journeys.conftest import TRIP


def compare(client, journey: Journey, other: Journey | int | str):
    asked = getattr(other, "pk", other)
    return client.get(reverse("journey_compare", args=["northern-air", journey.pk]), {"with": asked})


def test_copy_is_a_variant_with_everything_on_it(trip, in_scope):
    detail = create_journey(in_scope, JourneyPlan("Detail"))
    moment = Moment.objects.get(stage__journey=trip, title="D")
    Moment.objects.filter(pk=moment.pk).update(detail_journey=detail)

    variant = copy_journey(trip, title="For families", customer="families", customers_per_year=5)

    variant.refresh_from_db()
    assert variant.variant_of == trip
    assert plan_of(variant) == JourneyPlan("For families", 5, "families", "en", TRIP.stages)
    assert Moment.objects.get(stage__journey=variant, title="D").detail_journey == detail
    assert plan_of(trip) == TRIP


def test_family_is_the_original_and_its_other_variants(trip):
    one, other = (copy_journey(trip, title=title, customer="", customers_per_year=1) for title in ("One", "Other"))
    grandchild = copy_journey(one, title="Grandchild", customer="", customers_per_year=1)

    assert {journey.title for journey in family_of(trip)} == {"One", "Other"}
    assert set(family_of(one)) == {trip, other, grandchild}


def test_copy_page_suggests_and_makes_the_copy_once(trip, manager_client):
    address = reverse("journey_copy", args=["northern-air", trip.pk])
    page = manager_client.get(address).content.decode()
    key = re.search(r'name="submission" value="([^"]+)"', page)[1]
    typed = {"title": "Families", "customer": "families", "customers_per_year": "2 M", "submission": key}

    answers = [manager_client.post(address, typed) for _ in range(2)]

    variant = Journey.objects.get(title="Families")
    assert 'value="A trip with us (variant)"' in page
    assert [answer["Location"] for answer in answers] == [variant.get_absolute_url()] * 2
    assert (variant.customer, variant.customers_per_year, variant.variant_of) == ("families", 2_000_000, trip)
    listed = manager_client.get(reverse("journey_list", args=["northern-air"])).content.decode()
    assert "families · variant of A trip with us" in listed


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"title": "", "customers_per_year": "1"}, "This field is required."),
        ({"title": "x" * 201, "customers_per_year": "1"}, "Ensure this value has at most 200 characters"),
        ({"title": "a\0b", "customers_per_year": "1"}, "Null characters are not allowed."),
        ({"title": "T", "customers_per_year": "many"}, "is not a number"),
    ],
)
def test_copy_with_problems_says_them_and_keeps_what_was_typed(typed, problem, trip, manager_client):
    answer = manager_client.post(reverse("journey_copy", args=["northern-air", trip.pk]), {**typed, "customer": "who"})

    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert 'value="who"' in answer.content.decode()
    assert Journey.objects.count() == 1


def test_two_variants_lie_side_by_side_with_their_differences_marked(trip, manager_client):
    variant = copy_journey(trip, title="<b>Families", customer="families", customers_per_year=1000)
    Moment.objects.filter(stage__journey=variant, title="D").update(level=4, seconds=120)
    Moment.objects.filter(stage__journey=variant, title="E").update(title="<i>Quite another")

    page = compare(manager_client, trip, variant).content.decode()

    assert "+ 0 added · − 0 left out · ↕ 0 moved · ≠ 2 changed" in page
    assert re.search(r"<dt>Seconds each</dt><dd dir=\"auto\"><del>.*?15 s</del> .*?120 s</ins>", page)
    assert re.search(r"<dt>Level, our own estimate</dt><dd dir=\"auto\"><del>.*?2 Basic</del> .*?4 Desired</ins>", page)
    assert "&lt;i&gt;Quite another" in page
    assert "&lt;b&gt;Families" in page
    assert "<i>Quite" not in page
    assert "only in" not in page


def test_journey_stands_beside_one_that_shares_nothing(trip, in_scope, manager_client):
    other = create_journey(in_scope, JourneyPlan("B", stages=(StagePlan("S", (MomentPlan("Else", level=1),)),)))

    page = compare(manager_client, trip, other).content.decode()

    assert "+ 1 added · − 5 left out · ↕ 0 moved · ≠ 0 changed" in page
    assert "only in “B”" in page


def test_empty_journeys_can_be_compared(in_scope, manager_client):
    one, other = create_journey(in_scope, JourneyPlan("A")), create_journey(in_scope, JourneyPlan("B"))

    answer = compare(manager_client, one, other)

    assert (answer.status_code, "Neither has a stage yet." in answer.content.decode()) == (200, True)


def test_page_without_the_other_one_offers_variants_first(trip, in_scope, manager_client):
    create_journey(in_scope, JourneyPlan("A stranger"))
    copy_journey(trip, title="Families", customer="", customers_per_year=1)

    page = manager_client.get(reverse("journey_compare", args=["northern-air", trip.pk])).content.decode()

    assert re.findall(r"<optgroup label=\"([^\"]+)\"><option[^>]*>([^<]+)", page) == [
        ("Variants", "Families"), ("Other journeys", "A stranger"),
    ]  # fmt: skip


def test_other_journey_of_another_organisation_is_not_found(trip, other_organisation, manager_client):
    with scope(organisation=other_organisation):
        foreign = create_journey(other_organisation, TRIP)

    answers = [compare(manager_client, trip, asked) for asked in (foreign, 10**17, 10**30, "x", "-1", "٣", "\0")]

    assert [answer.status_code for answer in answers] == [404] * 7


def test_comparison_takes_the_same_queries_for_any_size(in_scope, manager_client, django_assert_num_queries):
    small = create_journey(in_scope, TRIP)
    stage = StagePlan("S", tuple(MomentPlan(f"M{number}", level=3) for number in range(15)))
    large = create_journey(in_scope, JourneyPlan("L", stages=(stage,) * 20))
    compare(manager_client, small, small)

    with django_assert_num_queries(10):
        compare(manager_client, small, small)
    with django_assert_num_queries(10):
        compare(manager_client, large, large)


def test_staff_may_compare_but_not_copy(trip, client_of, make_member, organisation):
    staff = client_of(make_member(organisation, Role.STAFF))

    page = staff.get(trip.get_absolute_url()).content.decode()

    assert reverse("journey_compare", args=["northern-air", trip.pk]) in page
    assert reverse("journey_copy", args=["northern-air", trip.pk]) not in page
