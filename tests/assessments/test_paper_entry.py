"""Typing in sheets: what is stored, what is refused, what can be taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from accounts.access import Role
from assessments.choices import Audience, Source, View
from assessments.models import Batch, Idea, Rating, Response, Round
from assessments.paper import new_sheet, response_id_of
from assessments.rounds import close_round, make_round
from tests.assessments.rounds import make_journey, make_open_round

WHOLE = {
    "m1_level": "5",
    "m1_times": "40",
    "m1_seconds": "7,5",
    "m1_decision": "enhance",
    "m2_level": "0",
    "m3_level": "2",
    "m3_idea": "Speak every 15 minutes.",
}


@pytest.fixture
def round_(organisation) -> Round:
    with scope(organisation=organisation):
        return make_open_round(organisation, ["Gate team", "Night shift"])


@pytest.fixture
def address(round_) -> str:
    return reverse("paper_entry", args=["northern-air", round_.pk])


def sheet_in(page: str) -> str:
    return re.search(r'name="sheet" value="([^"]+)"', page)[1]


def stored() -> list[Any]:
    values = ("moment__position", "level", "times_per_week", "seconds", "decision")
    return list(Rating.objects.order_by("moment__position").values_list(*values))


def test_sheet_becomes_a_response_marked_as_paper(manager_client, address, round_, organisation):
    with scope(organisation=organisation):
        group = round_.groups.get(name="Gate team")

    page = manager_client.post(address, {**WHOLE, "sheet": new_sheet(), "group": group.pk}).content.decode()

    with scope(organisation=organisation):
        response = Response.objects.get()
        said = (response.source, response.view, response.group, Idea.objects.get().text, stored())
    assert said == (
        Source.PAPER,
        View.STAFF,
        group,
        "Speak every 15 minutes.",
        [(0, 5, 40.0, 7.5, "enhance"), (1, None, None, None, ""), (2, 2, None, None, "")],
    )
    assert "Sheet 1 saved." in page
    assert f'<option value="{group.pk}" selected>' in page
    assert "checked" not in page.replace('id="paper-more" checked', "")


def test_same_sheet_sent_again_is_one_response(manager_client, address, organisation):
    sheet = {**WHOLE, "sheet": new_sheet()}

    pages = [manager_client.post(address, sheet).content.decode() for _ in range(3)]

    with scope(organisation=organisation):
        assert Response.objects.count() == 1
    assert [("saved before" in page) for page in pages] == [False, True, True]


def test_key_of_a_sheet_is_stored_nowhere(manager_client, address, round_, organisation):
    sheet = new_sheet()
    manager_client.post(address, {**WHOLE, "sheet": sheet})

    with scope(organisation=organisation):
        response = Response.objects.values().get()

    assert response["id"] == response_id_of(round_, sheet)
    assert response_id_of(round_, sheet) != response_id_of(round_, sheet + "a")
    assert sheet not in str(response)
    assert "time" not in str(response)


def test_sheet_taken_back_is_deleted_and_stands_there_again(manager_client, address, organisation):
    first = manager_client.post(address, {**WHOLE, "sheet": new_sheet()}).content.decode()
    saved = re.search(r'name="undo" value="([^"]+)"', first)[1]

    page = manager_client.post(address, {"undo": saved}).content.decode()

    with scope(organisation=organisation):
        assert (Response.objects.count(), Idea.objects.count(), Rating.objects.count()) == (0, 0, 0)
    assert 'name="m1_level" value="5" checked' in page
    assert 'name="m2_level" value="0" checked' in page
    assert 'name="m1_seconds" value="7.5"' in page
    assert 'value="Speak every 15 minutes."' in page
    assert '<option value="enhance" selected>' in page
    assert sheet_in(page) != saved


def test_sheet_whose_results_are_out_stays(manager_client, address, round_, organisation):
    sheet = new_sheet()
    manager_client.post(address, {**WHOLE, "sheet": sheet})
    with scope(organisation=organisation):
        Response.objects.update(batch=Batch.objects.create(round=round_, view=View.STAFF, number=1))

    answer = manager_client.post(address, {"undo": sheet})

    with scope(organisation=organisation):
        assert Response.objects.count() == 1
    assert answer.status_code == 422
    assert "can&#x27;t be taken back any more" in answer.content.decode()


def test_undo_reaches_no_response_of_another_kind_or_round(manager_client, address, round_, organisation):
    with scope(organisation=organisation):
        other = make_open_round(organisation)
        sheet = new_sheet()
    manager_client.post(reverse("paper_entry", args=["northern-air", other.pk]), {**WHOLE, "sheet": sheet})

    answer = manager_client.post(address, {"undo": sheet})

    with scope(organisation=organisation):
        assert Response.objects.count() == 1
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({}, "Nothing is marked on this sheet."),
        ({"m1_level": "7"}, "Nothing is marked on this sheet."),
        ({"m1_level": "3", "m1_times": "often"}, "Write a number from 0 to 10,000."),
        ({"m1_level": "3", "m1_seconds": "-1"}, "Write a number from 0 to 86,400."),
        ({"m1_level": "3", "m1_times": "nan"}, "Write a number from 0 to 10,000."),
        ({"m1_level": "3", "m1_idea": "x" * 2001}, "Shorten this to 2,000 characters."),
    ],
)
def test_what_can_not_be_is_said_and_all_typed_stays(manager_client, address, organisation, typed, complaint):
    sheet = new_sheet()

    answer = manager_client.post(address, {"m2_level": "", "m3_idea": "", **typed, "sheet": sheet})

    page = answer.content.decode()
    with scope(organisation=organisation):
        assert Response.objects.count() == 0
    assert answer.status_code == 422
    assert complaint in page
    assert sheet_in(page) == sheet
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in page or value == "7"


def test_odd_characters_are_taken_without_what_no_database_keeps(manager_client, address, organisation):
    manager_client.post(address, {"m1_idea": "<b>\x00Loud</b>", "sheet": new_sheet()})

    with scope(organisation=organisation):
        assert Idea.objects.get().text == "<b>Loud</b>"


def test_closed_round_takes_no_sheet_and_says_what_to_do(manager_client, address, round_, organisation):
    with scope(organisation=organisation):
        close_round(round_)

    answer, looked = manager_client.post(address, {**WHOLE, "sheet": new_sheet()}), manager_client.get(address)

    with scope(organisation=organisation):
        assert Response.objects.count() == 0
    assert (answer.status_code, looked.status_code) == (422, 200)
    assert "Open it again, with a reason" in answer.content.decode()
    assert "paper-sheet" not in looked.content.decode()


def test_draft_takes_no_sheet(manager_client, organisation):
    with scope(organisation=organisation):
        draft = make_round(make_journey(organisation), None, title="Draft")

    answer = manager_client.get(reverse("paper_entry", args=["northern-air", draft.pk]))

    assert "has not been opened yet" in answer.content.decode()


def test_customers_sheet_has_their_moments_and_no_more_than_levels_and_ideas(manager_client, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, audience=Audience.BOTH)
        round_.moments.filter(position=1).update(is_for_customers=False)
    address = reverse("paper_entry", args=["northern-air", round_.pk])

    page = manager_client.get(f"{address}?view=customers").content.decode()
    manager_client.post(address, {**WHOLE, "sheet": new_sheet(), "view": "customers"})

    with scope(organisation=organisation):
        assert [row[:2] for row in stored()] == [(0, 5), (2, 2)]
        assert Response.objects.get().view == View.CUSTOMERS
    assert re.findall(r'data-moment="(\d)"', page) == ["1", "3"]
    assert ("m1_times" in page, "m1_idea" in page) == (False, True)


def test_htmx_gets_the_part_alone(manager_client, address):
    part = manager_client.post(address, {**WHOLE, "sheet": new_sheet()}, headers={"HX-Request": "true"})

    assert part.content.decode().lstrip().startswith('<div id="paper-entry">')


def test_number_of_queries_does_not_grow_with_moments(manager_client, organisation):
    counts = []
    for number in (3, 3, 50):
        with scope(organisation=organisation):
            round_ = make_open_round(organisation, journey=make_journey(organisation, [f"M{n}" for n in range(number)]))

        with CaptureQueriesContext(connection) as queries:
            manager_client.get(reverse("paper_entry", args=["northern-air", round_.pk]))
        counts.append(len(queries))

    assert counts[1] == counts[2]  # the first reads what is then at hand


def test_round_page_leads_to_paper_for_whoever_runs_rounds(manager_client, client_of, make_member, round_, address):
    leader = client_of(make_member(round_.organisation, Role.LEADER))

    pages = [client.get(round_.get_absolute_url()).content.decode() for client in (manager_client, leader)]

    assert [f'href="{address}"' in page for page in pages] == [True, False]
    assert [reverse("paper_make", args=["northern-air", round_.pk]) in page for page in pages] == [True, False]


def test_each_link_offers_its_prints(manager_client, round_):
    page = manager_client.get(reverse("link_list", args=["northern-air", round_.pk])).content.decode()

    assert page.count('value="qr_poster"') == page.count('value="table_card"') == 2
