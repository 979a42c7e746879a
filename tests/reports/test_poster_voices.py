"""A pledge and a moment of impact on a poster."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from reports.forms import Words
from reports.limits import IMPACT_MAX, PLEDGE_MAX
from reports.models import Poster
from reports.posters.content import content_of
from reports.posters.layout import lay_out
from reports.posters.rendering import render_poster
from reports.preflight import check_poster
from reports.sizes import SIZES
from tests.reports.poster_inputs import inputs_of

STORY = "Ten minutes before departure he found both sets of house keys in his pocket."


def test_poster_says_its_pledge_and_its_moment_of_impact():
    inputs = inputs_of(pledge="We speak every 15 minutes.", impact=STORY, impact_who="March, long-haul crew")

    words = " ".join(PdfReader(io.BytesIO(render_poster(inputs))).pages[0].extract_text().split())

    assert f"Moment of impact March, long-haul crew “{STORY}”" in words
    assert "Our pledge We speak every 15 minutes." in words


def test_lines_of_a_story_are_about_as_long_as_each_other():
    story = f"{STORY} The supervisor had them at his wife’s door within the hour."

    (voice,) = lay_out(content_of(inputs_of(impact=story)), SIZES["A3"]).voices

    assert voice.words.lines == (
        "“Ten minutes before departure he found both sets of house keys in his",
        "pocket. The supervisor had them at his wife’s door within the hour.”",
    )


def test_poster_without_them_has_no_room_for_them():
    assert lay_out(content_of(inputs_of()), SIZES["A3"]).voices == ()


def test_longest_story_fits_an_a4_and_where_it_does_not_is_named():
    words = {"impact": ("word " * 80).strip(), "pledge": "p" * 8 + " words" * 18}

    roomy = lay_out(content_of(inputs_of(size="A4", **words)), SIZES["A4"])
    full = check_poster(inputs_of(12, "A4", **words))

    assert roomy.fits
    assert [(problem.field, problem.text) for problem in full] == [
        (
            "impact",
            "The moment of impact takes 4 lines, more than A4 has room for below the moments. "
            "Shorten it, or choose A3.",
        )
    ]


@pytest.mark.parametrize(("name", "most"), [("pledge", PLEDGE_MAX), ("impact", IMPACT_MAX)])
def test_words_that_are_too_long_stay_in_the_form_with_what_is_wrong(manager_client, journey, name, most):
    make = reverse("poster_make", args=[journey.organisation.slug, journey.pk])

    response = manager_client.post(make, {"size": "A3", name: "x" * (most + 1)})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])
    assert "x" * (most + 1) in response.content.decode()
    assert not Poster.objects.with_scopes_disabled().exists()


def test_letters_that_no_database_keeps_are_left_out():
    assert Words().clean("He came\ud800\0 back ") == "He came back"


def test_same_form_sent_twice_makes_one_poster(manager_client, journey):
    make = reverse("poster_make", args=[journey.organisation.slug, journey.pk])
    chosen = {"size": "A3", "pledge": "We listen.", "submission": "abc"}

    first, second = manager_client.post(make, chosen), manager_client.post(make, chosen)

    assert first["Location"] == second["Location"]
    assert Poster.objects.with_scopes_disabled().count() == 1
