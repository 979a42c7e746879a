"""The table of moments: sorted, filtered, changed in place with htmx and without."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from accounts.access import Role
from journeys.models import Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import change_moment, create_journey

HTMX = {"HX-Request": "true"}
ROW = {
    "title": "Rings",
    "channel": "phone",
    "contacts_per_customer": "0,5",
    "seconds": "2 min",
    "level": "4",
    "decision": "keep",
    "serves_in_front": "Desk",
    "stands_behind": "",
    "what_more": "",
    "version": "1",
}


@pytest.fixture
def journey(in_scope):
    moments = (
        MomentPlan("Calls", channel="phone", seconds=30, level=1, experience="Ringing"),
        MomentPlan("answers", seconds=10),
        MomentPlan("Begs", seconds=20, level=5),
    )
    return create_journey(in_scope, JourneyPlan("Tabled", stages=(StagePlan("Before", moments),)))


def table(journey) -> str:
    return reverse("journey_table", args=["northern-air", journey.pk])


def row(title: str) -> str:
    return reverse("moment_row", args=["northern-air", Moment.objects.get(title=title).pk])


def titles_in(page: str) -> list[str]:
    return re.findall(r'<a id="change-\d+"[^>]*>(\w+)', page)


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("", ["Calls", "answers", "Begs"]),
        ("title", ["answers", "Begs", "Calls"]),
        ("-title", ["Calls", "Begs", "answers"]),
        ("seconds", ["answers", "Begs", "Calls"]),
        ("level", ["Calls", "Begs", "answers"]),
        ("-level", ["Begs", "Calls", "answers"]),
        ("stage", ["Calls", "answers", "Begs"]),
        ("password", ["Calls", "answers", "Begs"]),
    ],
)
def test_table_sorts_by_a_column(manager_client, journey, sort, titles):
    page = manager_client.get(table(journey), {"sort": sort}).content.decode()

    assert titles_in(page) == titles


def test_table_shows_what_the_filter_leaves(manager_client, journey):
    page = manager_client.get(table(journey), {"below": "3", "sort": "title"}).content.decode()

    assert titles_in(page) == ["Calls"]
    assert "1 of 3 moments" in page
    assert "?below=3&amp;sort=-title" in page
    assert '<input type="hidden" name="sort" value="title">' in page


def test_table_takes_the_same_queries_for_any_size(manager_client, in_scope, django_assert_num_queries):
    moments = tuple(MomentPlan(f"M{number}") for number in range(60))
    few, many = (
        create_journey(in_scope, JourneyPlan("Sized", stages=(StagePlan("S", moments[:count]),))) for count in (1, 60)
    )
    manager_client.get(table(few))

    for journey in (few, many):
        with django_assert_num_queries(7):
            manager_client.get(table(journey))


def test_row_becomes_a_form_at_the_cell_that_was_asked(manager_client, journey):
    page = manager_client.get(row("Calls"), {"field": "seconds"}, headers=HTMX).content.decode()

    assert re.findall(r'name="(\w+)"[^>]*autofocus', page) == ["seconds"]
    assert "<html" not in page


def test_row_saves_its_cells_and_leaves_the_rest(manager_client, journey):
    response = manager_client.post(row("Calls"), ROW, headers=HTMX)

    moment = Moment.objects.get(title="Rings")
    assert response.status_code == 200
    assert titles_in(response.content.decode()) == ["Rings"]
    assert (moment.contacts_per_customer, moment.seconds, moment.level) == (0.5, 120, 4)
    assert (moment.experience, moment.serves_in_front, moment.version) == ("Ringing", "Desk", 2)


def test_row_without_htmx_comes_back_to_the_table_as_it_was(manager_client, journey):
    referer = f"http://testserver{table(journey)}?channel=phone&sort=-level"

    shown = manager_client.get(row("Calls"), headers={"Referer": referer}).content.decode()
    response = manager_client.post(row("Calls"), ROW, headers={"Referer": referer})

    moment = Moment.objects.get(title="Rings")
    assert f'id="row-form-{moment.pk}"' in shown
    assert response["Location"] == f"{table(journey)}?channel=phone&sort=-level#row-{moment.pk}"


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_row_with_a_mistake_says_so_beside_its_cell(manager_client, journey, headers):
    response = manager_client.post(row("Calls"), ROW | {"seconds": "soon", "title": "x" * 201}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 422
    assert "x" * 201 in page
    assert page.count('aria-invalid="true"') == 2
    assert Moment.objects.filter(title="Calls").exists()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_stale_row_shows_both_and_takes_a_choice(manager_client, journey, headers):
    moment = Moment.objects.get(title="Calls")
    change_moment(moment, 1, title="Theirs")

    stale = manager_client.post(row("Theirs"), ROW, headers=headers)
    kept = manager_client.post(row("Theirs"), ROW | {"keep": "2"}, headers=headers)

    page = stale.content.decode()
    assert (stale.status_code, kept.status_code) == (409, 200 if headers else 302)
    assert "Rings" in page
    assert "Theirs" in page
    assert Moment.objects.get(pk=moment.pk).title == "Rings"


def test_table_for_readers_has_no_way_to_change_it(client_of, make_member, organisation, journey):
    client = client_of(make_member(organisation, Role.STAFF))

    page = client.get(table(journey)).content.decode()

    assert "Calls" in page
    assert "change-" not in page
    assert "row-form" not in page
    assert client.post(row("Calls"), ROW).status_code == 403


def test_table_of_an_empty_map_teaches(manager_client, in_scope):
    journey = create_journey(in_scope, JourneyPlan("Empty"))

    assert "Add the first on the map" in manager_client.get(table(journey)).content.decode()
