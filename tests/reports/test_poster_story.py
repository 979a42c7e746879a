"""A published story as the moment of impact of a poster; and a name that was taken back leaves what is made then."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from improvements.choices import StoryState
from improvements.stories.naming import withdraw_name
from reports.forms import PosterForm, first_choices
from reports.models import Poster
from reports.posters.asking import request_poster, retry_poster
from reports.posters.choices import PosterChoice, choices_of, freeze_choice
from reports.posters.rendering import render_poster
from reports.posters.story import with_story
from reports.preflight import check_poster
from reports.schedulable import as_of_now
from reports.story_papers.words import paper_words, shorten_story
from tests.improvements.tales import make_moments, make_story
from tests.reports.poster_inputs import inputs_of

KEYS = "Ines Moreno brought the keys to his wife within the hour."
LONG = f"{KEYS} " + "Then the whole crew went on with it as if nothing had been. " * 20


def text_of(pdf):
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


@pytest.fixture
def moment(in_scope):
    return make_moments(in_scope)[0]


def told(moment, what=KEYS, **fields):
    return make_story(moment.stage.journey.organisation, what, moment=moment, **fields)


def frozen_of(journey, story, **chosen):
    return freeze_choice(choices_of(journey), PosterChoice("A3", story=story, **chosen))


def test_poster_freezes_a_story_with_who_and_when_in_its_own_language(moment):
    story = told(moment, who="Ines Moreno", team="Gate team", happened_on=date(2026, 3, 4))

    inputs = frozen_of(moment.stage.journey, story, language="de")

    assert {name: inputs[name] for name in ("impact", "impact_who", "story")} == {
        "impact": KEYS,
        "impact_who": "Ines Moreno, Gate team, März 2026",
        "story": {"id": story.pk, "is_cut": False},
    }
    assert KEYS in text_of(render_poster(inputs))


def test_poster_without_a_story_freezes_nothing_of_it(moment):
    told(moment)

    inputs = frozen_of(moment.stage.journey, None)

    assert not {"impact", "impact_who", "story"} & set(inputs)


def test_words_of_ones_own_take_the_place_of_a_story_and_a_card_has_no_room_for_one(moment):
    journey, story = moment.stage.journey, told(moment)

    own = frozen_of(journey, story, words={"impact": "Mine.", "impact_who": "Me"})
    card = frozen_of(journey, story, kind="card", places=[0], subject="At the desk")

    assert (own["impact"], own["impact_who"], "story" in own) == ("Mine.", "Me", False)
    assert "impact" not in card


def test_long_story_ends_after_a_sentence_and_the_check_says_where(moment):
    story = told(moment, LONG)

    inputs = frozen_of(moment.stage.journey, story)

    assert len(inputs["impact"]) <= 400
    assert inputs["impact"].endswith("as if nothing had been. …")
    noted = [(each.text, each.is_blocking) for each in check_poster(inputs) if each.field == "story"]
    assert noted == [
        (
            "The story is longer than the poster has room for: "
            "it ends with “crew went on with it as if nothing had been. …”.",
            False,
        )
    ]


def test_less_of_a_story_is_shown_where_the_poster_has_less_room(moment):
    full = inputs_of(12, "A4", pledge="p" * 8 + " words" * 18)

    fitting = with_story(full, told(moment, "word " * 200))

    assert not [problem.text for problem in check_poster(fitting) if problem.is_blocking]
    assert len(fitting["impact"]) <= 240


def test_story_without_room_is_left_out_and_the_check_says_so(moment):
    full = inputs_of(12, "A4", pledge="We speak to everybody who waits. " * 3)

    without = with_story(full, told(moment, "Donaudampfschifffahrtsgesellschaft " * 40, who="W" * 80))
    found = check_poster(without)

    assert "impact" not in without
    assert [problem.text for problem in found] == [
        "There is no room for the story below the moments, so it is left out. A larger size shows it."
    ]


def test_name_that_was_taken_back_leaves_posters_made_from_then_on(moment, manager):
    journey, story = moment.stage.journey, told(moment, who="Ines Moreno", team="Gate team")
    made = request_poster(journey, manager, frozen_of(journey, story))

    withdraw_name(story, drops_photo=False)
    story = choices_of(journey).stories[0]
    anew, again = frozen_of(journey, story), retry_poster(made, manager).inputs

    assert "Ines Moreno" in made.inputs["impact_who"] + made.inputs["impact"]
    for inputs in (anew, again):
        assert (inputs["impact"], inputs["impact_who"]) == (
            "[…] brought the keys to his wife within the hour.",
            "Gate team",
        )
        assert "Ines" not in text_of(render_poster(inputs))


def test_poster_of_a_story_that_is_off_the_feed_is_made_again_without_it(moment, manager):
    journey, story = moment.stage.journey, told(moment)
    made = request_poster(journey, manager, frozen_of(journey, story))

    story.state = StoryState.DECLINED
    story.save()
    again = retry_poster(made, manager)

    assert set(made.inputs) - set(again.inputs) == {"impact", "story"}


def test_poster_without_a_story_is_made_again_from_the_same_inputs(moment, manager):
    journey = moment.stage.journey
    made = request_poster(journey, manager, frozen_of(journey, None, words={"impact": "Mine."}))

    made.refresh_from_db()
    assert retry_poster(made, manager).inputs == made.inputs


def test_form_offers_published_stories_and_takes_the_featured_one_first(in_scope, moment):
    journey = moment.stage.journey
    told(moment, "The newest.")
    told(moment, "Not read yet.", state=StoryState.WAITING)
    make_story(in_scope, "Of no journey.")
    featured = told(moment, "The one.", featured_at=timezone.now(), team="Crew")
    choices = choices_of(journey)

    form = PosterForm(first_choices(choices, {}), choices=choices)

    offered = [label for _value, label in form.fields["story"].choices]
    assert offered == ["None, or your own words", "The featured story", "The one. · Crew", "The newest."]
    assert form.is_valid()
    assert form.chosen().story == featured


def test_form_of_a_journey_without_stories_has_no_such_field(moment):
    choices = choices_of(moment.stage.journey)

    assert "story" not in PosterForm({}, choices=choices).fields


def test_poster_is_made_of_the_story_that_the_form_chose(manager_client, moment):
    journey, story = moment.stage.journey, told(moment, team="Gate team")
    make = reverse("poster_make", args=[journey.organisation.slug, journey.pk])

    page = manager_client.get(reverse("poster_list", args=[journey.organisation.slug, journey.pk]))
    manager_client.post(make, {"size": "A3", "story": story.pk})

    assert "A story that was told" in page.content.decode()
    assert Poster.objects.get().inputs["story"]["id"] == story.pk


def test_story_of_another_journey_is_refused(manager_client, in_scope, moment):
    journey, other = moment.stage.journey, told(make_moments(in_scope, "Another")[0])
    make = reverse("poster_make", args=[journey.organisation.slug, journey.pk])
    told(moment)

    response = manager_client.post(make, {"size": "A3", "story": other.pk})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["story"])


def test_schedule_takes_the_featured_story_in_place_of_one_that_is_gone(moment):
    featured = told(moment, featured_at=timezone.now())
    choices = choices_of(moment.stage.journey)

    now = [as_of_now({"story": str(pk)}, choices)["story"] for pk in (featured.pk, featured.pk + 1)]
    none = as_of_now({"story": "featured"}, replace(choices, stories=()))

    assert now == [str(featured.pk), "featured"]
    assert none == {"story": ""}


@pytest.mark.parametrize(
    ("text", "letters", "cut"),
    [
        ("Short.", 10, ("Short.", False)),
        ("One two three. Four five six seven.", 24, ("One two three. …", True)),
        ("No end of a sentence in here at all", 20, ("No end of a…", True)),
        ("x" * 30, 10, ("x" * 9 + "…", True)),
        ("Hi. Then a very long sentence that goes on", 20, ("Hi. Then a very…", True)),
    ],
)
def test_story_is_cut_at_a_sentence_or_else_at_a_word(text, letters, cut):
    assert shorten_story(text, letters) == cut
    assert len(cut[0]) <= letters


def test_words_without_a_letter_in_any_font_are_left_out():
    assert paper_words("Keys \U0001f642 \u202eback\n\nhome\x00") == "Keys back home"


def test_command_tells_a_story_by_its_number_and_the_featured_one(moment, tmp_path):
    one, featured = told(moment), told(moment, "Featured it is.", featured_at=timezone.now())
    said = {}

    for asked in (one.pk, "featured"):
        output = tmp_path / f"{asked}.pdf"
        call_command("poster", "--journey", moment.stage.journey_id, "--story", str(asked), "--out", output)
        said[asked] = text_of(output.read_bytes())

    assert KEYS in said[one.pk]
    assert "Featured it is." in said["featured"]
    assert featured.featured_at


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--story", "0"], r"a published story of this journey: \d+ \(Ines Moreno brought the keys"),
        (["--story", "featured"], "a published story of this journey"),
        (["--story", "1", "--impact", "Mine."], "leave out --story or --impact"),
        (["--story", "1", "--kind", "card"], "A card has no room for a --story"),
    ],
)
def test_command_names_the_stories_that_there_are(moment, tmp_path, options, said):
    told(moment)

    with pytest.raises(CommandError, match=said):
        call_command("poster", "--journey", moment.stage.journey_id, *options, "--out", tmp_path / "out.pdf")
