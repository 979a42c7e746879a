"""Paste to map: text of any kind becomes a preview, and once confirmed the stages and moments of an empty map."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from journeys.filling import NotEmpty, fill_journey
from journeys.formats import read_text, write_mermaid, write_outline
from journeys.models import Journey
from journeys.plan import JourneyPlan
from journeys.sequence import append_stage, create_journey
from journeys.snapshot import plan_of
from tests.journeys.conftest import TRIP

LIST = "1. Before\n   a. Searches\n   b. Books\n2. After\n   a. Gets the bag\n"
TABLE = "Stage\tMoment\nBefore\tSearches\nBefore\tBooks\nAfter\tGets the bag\n"
MARKDOWN = """# Notes

```mermaid
journey
  section Before
    Searches: 3
    Books: 2
  section After
    Gets the bag: 4
```
"""
SHAPE = [("Before", ["Searches", "Books"]), ("After", ["Gets the bag"])]


@pytest.fixture
def empty(in_scope) -> Journey:
    return create_journey(in_scope, JourneyPlan("Ours", language="de"))


def shape(journey: Journey) -> list[tuple[str, list[str]]]:
    return [(stage.title, [moment.title for moment in stage.moments]) for stage in plan_of(journey).stages]


def post(client, journey: Journey, text: str, **more):
    return client.post(reverse("journey_fill", args=["northern-air", journey.pk]), {"outline": text, **more})


@pytest.mark.parametrize("text", [LIST, TABLE, MARKDOWN, "Before\n- Searches\n- Books\nAfter\n- Gets the bag\n"])
def test_pasted_text_is_shown_and_then_put_on_the_map(text, empty, manager_client):
    preview = post(manager_client, empty, text, preview="yes")
    before = shape(empty)

    answer = post(manager_client, empty, text, create="yes")

    assert (preview.status_code, before) == (200, [])
    assert ">Put on the map</button>" in preview.content.decode()
    assert escape(text.rstrip()) in preview.content.decode()
    assert (answer.status_code, answer["Location"]) == (302, empty.get_absolute_url())
    assert shape(empty) == SHAPE


@pytest.mark.parametrize("write", [write_outline, write_mermaid])
def test_journey_keeps_its_title_and_takes_what_it_lacks(write, empty):
    fill_journey(empty, read_text(write(TRIP))[0])

    empty.refresh_from_db()
    assert (empty.title, empty.customers_per_year, empty.language, empty.version) == ("Ours", 10_000_000, "de", 2)
    assert plan_of(empty).stages == TRIP.stages


def test_journey_keeps_what_it_said_itself(in_scope):
    journey = create_journey(in_scope, JourneyPlan("Ours", 5, "a family"))

    fill_journey(journey, JourneyPlan("T", 10, "others", "fr", TRIP.stages))

    journey.refresh_from_db()
    assert (journey.customers_per_year, journey.customer, journey.language) == (5, "a family", "fr")


def test_map_that_is_no_longer_empty_is_left_alone_and_the_text_kept(empty, manager_client):
    append_stage(empty, "Theirs")

    answer = post(manager_client, empty, LIST, create="yes")

    page = answer.content.decode()
    assert (answer.status_code, shape(empty)) == (409, [("Theirs", [])])
    assert "This map has stages by now, so nothing was put on it." in page
    assert escape(LIST.rstrip()) in page
    assert f'action="{reverse("journey_paste", args=["northern-air"])}"' in page
    with pytest.raises(NotEmpty):
        fill_journey(empty, TRIP)


def test_text_with_errors_comes_back_to_be_mended(empty, manager_client):
    answer = post(manager_client, empty, "Stage\tMoment\tLevel\nA\tB\t9\n", create="yes")

    page = answer.content.decode()
    assert (answer.status_code, shape(empty)) == (422, [])
    assert "<b>Line 2</b> has to be mended: Level: There is no level 9." in page
    assert "<code>A\tB\t9</code>" in page


def test_confirmed_twice_is_put_there_once(empty, manager_client):
    page = post(manager_client, empty, LIST).content.decode()
    key = re.search(r'name="submission" value="([^"]+)"', page)[1]

    answers = [post(manager_client, empty, LIST, create="yes", submission=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert shape(empty) == SHAPE


def test_preview_while_typing_is_a_fragment(empty, manager_client):
    address = reverse("journey_fill", args=["northern-air", empty.pk])

    answer = manager_client.post(address, {"outline": LIST}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert ">Put on the map</button>" in answer.content.decode()
    assert "<h2>Ours</h2>" in answer.content.decode()
    assert "has no title" not in answer.content.decode()


def test_empty_map_offers_the_box_to_those_who_may_edit(empty, manager_client, client_of, make_member, organisation):
    staff = client_of(make_member(organisation, "staff"))

    pages = [client.get(empty.get_absolute_url()).content.decode() for client in (manager_client, staff)]

    assert ['id="map-paste"' in page for page in pages] == [True, False]
    assert ["js/paste.js" in page for page in pages] == [True, False]


def test_new_journey_from_text_takes_lists_and_tables(manager_client, organisation, in_scope):
    for text in (LIST, TABLE):
        manager_client.post(reverse("journey_paste", args=["northern-air"]), {"outline": text, "create": "yes"})

    assert [shape(journey) for journey in Journey.objects.all()] == [SHAPE, SHAPE]
