"""Pocket cards: A6, or four on an A4; what they say, and what does not fit on them."""

from __future__ import annotations

import io
from typing import Any

from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from journeys.models import LevelWording, Moment
from journeys.scenarios import create_scenario
from reports.models import Poster
from reports.posters.asking import file_name
from reports.posters.card import lay_out_card
from reports.posters.content import content_of
from reports.posters.parts import cut_plan
from reports.posters.rendering import render_poster
from reports.preflight import check_poster
from reports.sizes import POINTS_PER_MM
from tests.assessments.rounds import make_journey
from tests.reports.poster_inputs import inputs_of, plan_of, with_moment
from tests.reports.poster_rounds import frozen_round


def card_inputs(size: str = "A6", **changes: Any) -> dict[str, Any]:
    """Of the wait at the gate, with the round's answers."""
    one = {"kind": "card", "subject": "Waits at the gate", "is_portrait": True, "of_moments": 10}
    told = frozen_round(moments=[frozen_round()["moments"][4]])
    return inputs_of(cut_plan(plan_of(10), [4]), size, **one, round=told) | changes


def page_of(inputs: dict[str, Any]) -> Any:
    return PdfReader(io.BytesIO(render_poster(inputs))).pages[0]


def millimetres(page: Any) -> tuple[int, int]:
    return tuple(round(float(side) / POINTS_PER_MM) for side in (page.mediabox.width, page.mediabox.height))


def test_card_is_an_a6_with_its_moment_levels_and_what_more():
    page = page_of(card_inputs(pledge="We speak up."))

    words = " ".join(page.extract_text().split())
    assert millimetres(page) == (105, 148)
    assert "At the airport Waits at the gate" in words
    assert (
        "Unbelievable Never forgotten Surprising An unexpected gift Desired The way this customer prefers it" in words
    )
    assert "prefers it staff, our own view 4.3 Expected" in words
    assert "late or rude customers 2.3 · manager’s estimate Criminal" in words
    assert "What more we will do · Enhance Speak every 15 minutes. We speak up." in words
    assert "1 Jul 2026, version 4" in words


def test_four_cards_stand_on_an_a4():
    page = page_of(card_inputs("A4"))

    assert millimetres(page) == (210, 297)
    assert page.extract_text().count("Waits at the gate") == 4


def test_card_says_levels_in_the_organisations_own_words():
    levels = [{"name": f"Name {level}", "meaning": f"Meaning {level}"} for level in range(1, 7)]

    words = " ".join(page_of(card_inputs(levels=levels)).extract_text().split())

    assert "Name 6 Meaning 6 Name 5 Meaning 5" in words
    assert "Unbelievable" not in words


def test_card_that_is_too_long_says_what_to_shorten():
    plan = with_moment(plan_of(10), 1, 1, what_more="Speak every 15 minutes. " * 60)

    problems = check_poster(card_inputs() | {"plan": cut_plan(plan, [4]).to_dict()})

    assert [(problem.field, problem.is_blocking) for problem in problems] == [("what_more", True)]
    assert "Shorten “What more we will do”" in problems[0].text


def test_card_grows_into_the_room_it_has():
    roomy = content_of(card_inputs())
    full = content_of(card_inputs() | {"pledge": "We speak every 15 minutes, even with no news. " * 2, "round": None})

    assert lay_out_card(roomy, "A6").body > 9
    assert lay_out_card(full, "A6").fits


def test_form_makes_a_card_in_the_words_of_the_organisation(manager_client, organisation):
    with scope(organisation=organisation):
        journey = make_journey(organisation)
        LevelWording.objects.create(organisation=organisation, language="en", level=6, name="Wow", meaning="Told twice")
        moment = Moment.objects.get(title="Books")
        make = reverse("poster_make", args=[organisation.slug, journey.pk])

        manager_client.post(make, {"kind": "card", "moment": moment.pk, "card_size": "A6"})

        poster = Poster.objects.get()
        assert (poster.subject, poster.sheet_words) == ("Books", "card, A6")
        assert poster.inputs["levels"][5] == {"name": "Wow", "meaning": "Told twice"}
        assert [m["title"] for m in poster.inputs["plan"]["stages"][0]["moments"]] == ["Books"]
        assert file_name(poster) == "A-trip-with-us-Books-A6-card-v1.pdf"


def test_card_has_paper_of_its_own(manager_client, organisation):
    with scope(organisation=organisation):
        journey = make_journey(organisation)
        moment = Moment.objects.get(title="Books")
        make = reverse("poster_make", args=[organisation.slug, journey.pk])
        chosen = {"kind": "card", "moment": moment.pk, "card_size": "A4", "size": "A3", "tiles": "A4"}

        manager_client.post(make, chosen)

        poster = Poster.objects.get()
        assert (poster.size, poster.tiles, poster.is_portrait) == ("A4", "", True)
        assert poster.sheet_words == "four cards on an A4, to be cut"


def test_card_needs_a_moment_and_a_poster_a_size(manager_client, organisation):
    with scope(organisation=organisation):
        journey = make_journey(organisation)
        make = reverse("poster_make", args=[organisation.slug, journey.pk])

        card, wall = (manager_client.post(make, {"kind": kind}) for kind in ("card", "wall"))
        small = manager_client.post(make, {"kind": "wall", "size": "A6"})

        assert list(card.context["form"].errors) == ["moment"]
        assert list(wall.context["form"].errors) == list(small.context["form"].errors) == ["size"]
        assert not Poster.objects.exists()


def test_card_of_a_scenario_is_refused(manager_client, manager, organisation):
    with scope(organisation=organisation):
        journey = make_journey(organisation)
        moment = Moment.objects.get(title="Books")
        scenario = create_scenario(journey, manager, "Call back", {moment.pk: 5}, 32)
        make = reverse("poster_make", args=[organisation.slug, journey.pk])

        response = manager_client.post(make, {"kind": "card", "moment": moment.pk, "shows": f"scenario-{scenario.pk}"})

        assert list(response.context["form"].errors) == ["shows"]
