"""A poster with a round: whose figures they are, what is hidden, and where the code leads."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from pypdf import PdfReader

from assessments.addresses import answer_address
from assessments.choices import View
from assessments.models import Round
from journeys.models import Moment
from reports.models import Poster
from reports.posters.content import content_of
from reports.posters.layout import draw, in_words, lay_out
from reports.posters.rendering import render_poster
from reports.posters.views import judged_of
from reports.round_freezing import freeze_round, open_links, rounds_with_results
from reports.sizes import SIZES
from tests.assessments.rounds import link_for, make_journey, make_open_round, make_released_round
from tests.reports.poster_rounds import STAFF, frozen_round, round_inputs, said


def words_of(inputs: dict[str, Any]) -> str:
    page = PdfReader(io.BytesIO(render_poster(inputs))).pages[0]
    return " ".join(page.extract_text().split())


@pytest.fixture
def in_scope(organisation):
    with scope(organisation=organisation):
        yield organisation


def ids_of(round_: Round) -> list[int]:
    return list(Moment.objects.filter(stage__journey=round_.journey).values_list("pk", flat=True))


def test_poster_of_a_round_says_who_when_and_what_it_rests_on():
    words = words_of(round_inputs())

    for told in (
        "Round “Autumn”, 3 Nov 2026 to 17 Nov 2026: 212 staff answered, 1,904 customers answered.",
        "Next review 15 Feb 2027.",
        "+6",
        "loyalty balance by customers: % of contacts at Desired or better, less % at Basic or worse (+2 to +10)",
        "38%",
        "1.9 M",
        "(1.6 M to 2.2 M)",
        "Where we fool ourselves: Waits at the gate. There staff score 2 levels higher than customers do.",
        "of those who meet a poor moment 32% (PwC 2018) leave",
        "contacts random (Poisson) and independent",
        "staff, our own view",
        "manager’s estimate",
        "blind spot",
        "1 Jul 2026, version 4",
    ):
        assert told.replace("\u202f", " ") in words.replace("\u202f", " ")


def test_poster_of_a_round_tells_its_curves_in_words():
    content = content_of(round_inputs())

    told = in_words(content)

    assert "Searches a fare: staff, our own view 3.4, customers 3.1, manager’s estimate 3 Expected;" in told
    assert "Waits at the gate: staff, our own view 4.3, customers 2.3, manager’s estimate 2 Basic, blind spot" in told


def test_poster_says_that_too_few_answered_and_shows_nothing_of_them():
    moments = [said(staff=mean) for mean in STAFF[:9]] + [said()]
    inputs = round_inputs(
        moments=moments, responses={"staff": 9, "customers": None}, whole={"staff": None, "customers": None}
    )

    words = words_of(inputs)

    assert "9 staff answered, fewer than 5 customers answered, too few to be shown" in words
    assert "too few answered, or not asked" in words
    assert "Where a level is missing, fewer than 5 answered" in words
    assert "customers at risk" not in words.lower()
    assert content_of(inputs).results.figures == ()


def test_poster_of_a_round_that_shows_nothing_of_the_levels_still_stands():
    inputs = round_inputs(
        moments=[said()] * 10, responses={"staff": None, "customers": None}, whole={"staff": None, "customers": None}
    )

    content = content_of(inputs)

    assert (content.results.leading, content.results.views) == ("", ())
    assert "fewer than 5 staff answered, too few to be shown" in words_of(inputs)


def test_moments_that_the_round_did_not_ask_about_stand_hollow():
    inputs = round_inputs(moments=[*frozen_round()["moments"][:9], None])

    content = content_of(inputs)

    assert "1 moment was not asked about in this round." in words_of(inputs)
    assert judged_of(content.moments[9], 10, 1, "staff").spot.level is None


def test_customers_alone_carry_the_circles_of_a_dashed_curve():
    moments = [said(customers=3.0)] * 10
    content = content_of(round_inputs(moments=moments, views=["customers"], responses={"customers": 30}))

    page = draw(lay_out(content, SIZES["A3"]), content)

    curves = [look for (layer, look) in page.drawing.shapes if layer == 2 and look.stroke == "ink" and look.width > 2]
    assert content.results.leading == "customers"
    assert curves
    assert all(look.dash for look in curves)


def test_blind_spot_is_a_bar_and_only_that():
    content = content_of(round_inputs())
    page = draw(lay_out(content, SIZES["A3"]), content)

    bars = [path for (_, look), paths in page.drawing.shapes.items() if look.stroke == "red" for path in paths]

    assert len(bars) == 2  # the wait at the gate, and the legend's


def test_round_is_frozen_from_what_its_sheet_shows(in_scope):
    round_ = make_released_round(in_scope, customers=3)

    frozen = freeze_round(round_, ids_of(round_))

    assert (frozen["title"], frozen["responses"]) == ("Autumn", {"staff": 15, "customers": None})
    assert frozen["whole"]["customers"] is None
    assert [moment["customers"] for moment in frozen["moments"]] == [None, None, None]
    assert all(moment["staff"] for moment in frozen["moments"])
    assert frozen["is_whole"]
    assert "Night" not in str(frozen)


def test_part_of_a_round_is_counted_from_its_own_moments(in_scope):
    round_ = make_released_round(in_scope)
    ids = ids_of(round_)

    first, both = freeze_round(round_, ids[:1]), freeze_round(round_, ids)

    assert not first["is_whole"]
    # staff put the first moment on level 5, customers on 1, 2 and 3 in turn
    assert first["whole"]["staff"]["loyalty_balance"] == {"value": 100.0, "low": None, "high": None}
    assert round(first["whole"]["customers"]["loyalty_balance"]["value"]) == -67
    assert both["whole"]["customers"]["loyalty_balance"]["low"] is not None


def test_moment_that_came_later_was_not_asked_about(in_scope):
    round_ = make_released_round(in_scope)

    frozen = freeze_round(round_, [*ids_of(round_), 10**9])

    assert [moment is None for moment in frozen["moments"]] == [False, False, False, True]


def test_form_offers_rounds_that_show_results_and_freezes_the_one_chosen(manager_client, in_scope):
    round_ = make_released_round(in_scope)
    make_open_round(in_scope, journey=round_.journey, title="Running")
    address = ["northern-air", round_.journey_id]

    page = manager_client.get(reverse("poster_list", args=address))
    manager_client.post(reverse("poster_make", args=address), {"size": "A3", "shows": f"round-{round_.pk}"})

    poster = Poster.objects.get()
    assert [row.title for row in rounds_with_results(round_.journey)] == ["Autumn"]
    assert f'<option value="round-{round_.pk}" selected>Results of “Autumn”</option>' in page.content.decode()
    assert (poster.round, poster.inputs["round"]["title"]) == (round_, "Autumn")


def test_round_of_another_journey_is_refused(manager_client, in_scope):
    round_, journey = make_released_round(in_scope), make_journey(in_scope)
    make_open_round(in_scope, journey=journey)
    make_released_round(in_scope, journey=journey, title="Own")

    response = manager_client.post(
        reverse("poster_make", args=["northern-air", journey.pk]), {"size": "A3", "shows": f"round-{round_.pk}"}
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["shows"])
    assert not Poster.objects.exists()


def test_code_leads_to_the_open_round_by_a_nonce(manager_client, in_scope, settings):
    settings.PUBLIC_URL = "https://moments.example"
    round_ = make_open_round(in_scope, audience="both")
    link = link_for(round_, view=View.CUSTOMERS)

    manager_client.post(
        reverse("poster_make", args=["northern-air", round_.journey_id]), {"size": "A4", "leads_to": link.pk}
    )

    inputs = Poster.objects.get().inputs
    content = content_of(inputs)
    assert inputs["nonce"] == link.nonce
    assert answer_address(link) not in str(inputs)
    assert content.scanned == answer_address(link)
    assert content.address.startswith("moments.example/a/")
    assert "How did we do today?" in words_of(inputs)


def test_links_of_closed_rounds_are_not_offered(in_scope):
    round_ = make_released_round(in_scope)

    assert open_links(round_.journey) == []
