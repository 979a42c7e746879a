"""Which moments a filter leaves on the map, and how its address is read."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.urls import reverse

from journeys.filters import Filter, FilterForm, ids_shown
from journeys.models import Event, Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey

PLAN = JourneyPlan(
    "Filtered",
    1000,
    stages=(
        StagePlan(
            "Before",
            (
                MomentPlan("Calls", channel="phone", level=1, decision="enhance", serves_in_front="Call centre"),
                MomentPlan("Waits", channel="waiting", level=3, stands_behind="Operations"),
            ),
        ),
        StagePlan("After", (MomentPlan("Writes", channel="email", is_make_or_break=True, decision="keep"),)),
    ),
)


@pytest.fixture
def journey(in_scope):
    return create_journey(in_scope, PLAN)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("channel=phone&channel=email", {"Calls", "Writes"}),
        ("owner=call", {"Calls"}),
        ("owner=Operations", {"Waits"}),
        ("decision=none", {"Waits"}),
        ("decision=none&decision=keep", {"Waits", "Writes"}),
        ("below=3", {"Calls"}),
        ("make_or_break=on", {"Writes"}),
        ("channel=phone&below=2&owner=Call+centre", {"Calls"}),
        ("channel=phone&make_or_break=on", set()),
    ],
)
def test_filter_leaves_what_it_asks(journey, query, titles):
    shown = ids_shown(journey, FilterForm(QueryDict(query)).chosen())

    assert set(Moment.objects.filter(pk__in=shown).values_list("title", flat=True)) == titles


@pytest.mark.parametrize(
    "query", ["", "below=", "below=9", "channel=pigeon", "owner=%00", "owner=" + "x" * 500, "other=1"]
)
def test_filter_that_makes_no_sense_asks_nothing(query):
    assert FilterForm(QueryDict(query)).chosen() == Filter()


def test_filter_without_a_question_shows_all_without_a_query(journey, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ids_shown(journey, Filter()) is None


def test_filter_in_an_address_comes_back_the_same():
    chosen = Filter(("phone", "web"), "Gate & desk", ("none",), 4, is_make_or_break=True)

    assert FilterForm(QueryDict(chosen.query)).chosen() == chosen


def test_map_hides_what_a_filter_leaves_out(manager_client, journey):
    page = manager_client.get(journey.get_absolute_url(), {"channel": "phone"}).content.decode()

    assert "1 of 3 moments" in page
    assert page.count('<li class="left-out"') == 2
    assert page.count('class="bubble left-out') == 2
    assert "Calls" in page
    assert "?channel=phone&amp;moment=" in page


def test_map_teaches_where_a_filter_leaves_nothing(manager_client, journey):
    page = manager_client.get(journey.get_absolute_url(), {"channel": "app"}).content.decode()

    assert "0 of 3 moments" in page
    assert "clear the filter to see all" in page


def test_plain_change_comes_back_to_the_filtered_map(manager_client, journey):
    calls = Moment.objects.get(title="Calls")
    referer = f"http://testserver{journey.get_absolute_url()}?channel=phone"

    address = reverse("moment_move", args=["northern-air", calls.pk])
    response = manager_client.post(address, {"direction": "later"}, headers={"Referer": referer})

    step = Event.objects.get(kind="moment_moved")
    assert response["Location"] == f"{journey.get_absolute_url()}?channel=phone&step={step.pk}"


def test_lanes_are_remembered_for_the_person(manager_client, client_of, make_member, organisation, journey):
    address = journey.get_absolute_url()

    answer = manager_client.get(address, {"lanes": "on", "channel": "phone"})
    mine = manager_client.get(address).content.decode()
    others = client_of(make_member(organisation, "staff")).get(address).content.decode()
    manager_client.get(address, {"lanes": "off"})
    again = manager_client.get(address).content.decode()

    assert answer["Location"] == f"{address}?channel=phone"
    assert ["Back stage" in page for page in (mine, others, again)] == [True, False, False]
    assert mine.count("Operations") == 2  # its cell, and a name to filter by
