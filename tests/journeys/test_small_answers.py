"""A long map answers a change with no more than what changed; a page that is not up to date gets it whole."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from journeys.models import Journey, Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey, rename_stage


def make_long(organisation, moments: int = 24) -> Journey:
    plans = tuple(MomentPlan(f"M{number}", level=number % 6 + 1) for number in range(moments))
    half = moments // 2
    stages = (StagePlan("Before", plans[:half]), StagePlan("After", plans[half:]))
    return create_journey(organisation, JourneyPlan("Long", 1000, stages=stages))


@pytest.fixture
def long_map(in_scope) -> Journey:
    return make_long(in_scope)


def moment(title: str) -> Moment:
    return Moment.objects.get(title=title)


def post(client, name: str, part: int, data: dict | None = None, version: int = 1):
    headers = {"HX-Request": "true", "X-Map-Version": str(version)}
    return client.post(reverse(name, args=["northern-air", part]), data or {}, headers=headers)


def cards_in(page: str) -> list[str]:
    return re.findall(r'<a id="moment-\d+"[^>]*>(\w+)', page)


def test_move_answers_one_card_put_behind_its_neighbour(manager_client, long_map):
    moved = moment("M3")

    response = post(manager_client, "moment_move", moved.pk, {"direction": "later"})

    page = response.content.decode()
    assert (response.status_code, response["HX-Reswap"]) == (200, "none")
    assert cards_in(page) == ["M3"]
    assert f'<li id="card-{moved.pk}" hx-swap-oob="delete"></li>' in page
    assert f'hx-swap-oob="afterend:#card-{moment("M4").pk}"' in page
    assert '<svg id="ladder" hx-swap-oob="true"' in page
    assert 'id="map-version" data-version="2" data-comments="0" hx-swap-oob="true"' in page


def test_move_to_the_start_of_a_stage_goes_first(manager_client, long_map):
    moved = moment("M11")

    page = post(manager_client, "moment_move", moved.pk, {"direction": "later"}).content.decode()

    moved.refresh_from_db()
    assert f'hx-swap-oob="afterbegin:#cards-{moved.stage_id}"' in page


def test_page_that_is_behind_gets_the_whole_map(manager_client, long_map):
    rename_stage(moment("M0").stage, "Before all")

    response = post(manager_client, "moment_move", moment("M3").pk, {"direction": "later"}, version=1)

    assert "HX-Reswap" not in response
    assert len(cards_in(response.content.decode())) == 24


def test_move_that_changes_nothing_answers_the_whole_map(manager_client, long_map):
    response = post(manager_client, "moment_move", moment("M0").pk, {"direction": "earlier"})

    assert "HX-Reswap" not in response
    assert cards_in(response.content.decode())[0] == "M0"


def test_small_map_is_answered_whole(manager_client, in_scope):
    make_long(in_scope, 12)

    response = post(manager_client, "moment_move", moment("M3").pk, {"direction": "later"})

    assert "HX-Reswap" not in response
    assert len(cards_in(response.content.decode())) == 12


def test_added_moment_answers_its_card_and_the_next_form(manager_client, long_map):
    stage = moment("M0").stage

    page = post(manager_client, "moment_add", stage.pk, {"title": "New", "after": moment("M0").pk}).content.decode()

    assert cards_in(page) == ["New"]
    assert f'hx-swap-oob="afterend:#card-{moment("M0").pk}"' in page
    assert f'<form id="moment-add-{stage.pk}" hx-swap-oob="true"' in page
    assert "delete" not in page.split('id="panel"')[0]


def test_removed_moment_answers_no_card_and_an_undo(manager_client, long_map):
    gone = moment("M3").pk

    page = post(manager_client, "moment_remove", gone).content.decode()

    assert cards_in(page) == []
    assert f'<li id="card-{gone}" hx-swap-oob="delete"></li>' in page
    assert 'id="undo"' in page


def test_saved_moment_answers_its_card_and_the_figures(manager_client, long_map):
    fields = {"title": "Mended", "contacts_per_customer": "2", "seconds": "14", "channel": "web", "version": "1"}

    response = post(manager_client, "moment_edit", moment("M3").pk, fields)

    page = response.content.decode()
    assert (response.status_code, response["HX-Reswap"]) == (200, "none")
    assert cards_in(page) == ["Mended"]
    assert "<dd>25,000</dd>" in page
    assert 'id="moment-version" value="2"' in page
    assert "<aside" not in page


def test_small_answer_keeps_the_filter_of_the_page(manager_client, long_map):
    moved = moment("M3")
    here = f"http://testserver{long_map.get_absolute_url()}?below=3"
    headers = {"HX-Request": "true", "X-Map-Version": "1", "HX-Current-URL": here}

    address = reverse("moment_move", args=["northern-air", moved.pk])
    response = manager_client.post(address, {"direction": "later", "open": moved.pk}, headers=headers)

    page = response.content.decode()
    assert f'<li class="left-out" id="card-{moved.pk}"></li>' in page
    assert "8 of 24 moments" in page
    assert response["HX-Replace-Url"] == f"{long_map.get_absolute_url()}?below=3&moment={moved.pk}"


def test_move_takes_the_same_queries_at_any_size(manager_client, in_scope, django_assert_num_queries):
    few, many = make_long(in_scope, 24), make_long(in_scope, 300)
    first, last = (Moment.objects.get(stage__journey=journey, title="M3") for journey in (few, many))
    post(manager_client, "moment_move", first.pk, {"direction": "later", "open": first.pk})

    with django_assert_num_queries(32):
        post(manager_client, "moment_move", first.pk, {"direction": "earlier", "open": first.pk}, version=2)
    with django_assert_num_queries(32):
        post(manager_client, "moment_move", last.pk, {"direction": "earlier", "open": last.pk})
