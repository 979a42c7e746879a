"""“You said, we did” on a poster: what is frozen, what stays hidden, how it is set."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from assessments.models import Idea
from assessments.redacting import redact_idea
from improvements.actions.changing import change_action
from reports.forms import PosterForm, first_choices
from reports.posters.asking import request_poster, retry_poster
from reports.posters.choices import PosterChoice, choices_of, freeze_choice
from reports.posters.content import content_of
from reports.posters.layout import lay_out
from reports.posters.rendering import render_poster
from reports.preflight import check_poster
from reports.sizes import SIZES
from tests.assessments.rounds import make_released_round
from tests.improvements.made_actions import from_idea
from tests.reports.poster_inputs import inputs_of

WORDS = "Speak every 15 minutes, even if Bob has no news."
ROW = {"said": "Speak to us.", "did": "We speak.", "whose": "customers", "on": "2026-06-01"}
TITLE = "Searches a fare"


def words_of(pdf):
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def finish(action, **values):
    change_action(action, None, {"state": "done", "done_on": date(2026, 6, 1), "is_told": True, **values})
    return action


@pytest.fixture
def told(in_scope):
    """An action that came from an idea of a round with 15 of the staff, is done and told."""
    round_ = make_released_round(in_scope, ideas=[WORDS])
    return finish(from_idea(round_, Idea.objects.get(text=WORDS, moment__position=0)), did="We speak every 15 minutes.")


def frozen_of(journey, **chosen):
    return freeze_choice(choices_of(journey), PosterChoice("A3", **{"has_said": True, **chosen}))


def test_poster_freezes_and_prints_what_was_said_and_done(told):
    inputs = frozen_of(told.journey)

    assert inputs["said_done"] == [
        {"said": WORDS, "did": "We speak every 15 minutes.", "whose": "staff", "on": "2026-06-01"}
    ]
    assert f"You said, we did A colleague said “{WORDS}” We speak every 15 minutes. 1 Jun 2026" in words_of(
        render_poster(inputs)
    )


def test_poster_without_the_strip_is_as_before(told):
    plain = frozen_of(told.journey, has_said=False)

    assert "said_done" not in plain
    assert lay_out(content_of(inputs_of()), SIZES["A3"]).said is None


def test_only_three_of_the_newest_stand_on_it(told):
    for number in range(4):
        told.pk, told.state = None, "doing"
        told.save(force_insert=True)
        finish(told, did=f"Number {number}.", done_on=date(2026, 7, 1 + number))

    frozen = frozen_of(told.journey)["said_done"]

    assert [row["did"] for row in frozen] == ["Number 3.", "Number 2.", "Number 1."]


def test_words_that_privacy_hides_are_on_no_poster_made_from_then_on(told, manager, in_scope):
    made = request_poster(told.journey, manager, frozen_of(told.journey))

    redact_idea(told.idea, ["Bob"])
    again = retry_poster(made, manager).inputs
    Idea.objects.filter(pk=told.idea_id).update(batch=None)
    hidden = frozen_of(told.journey)

    assert "Bob" in str(made.inputs["said_done"])
    assert "Bob" not in str(again["said_done"])
    assert [row["said"] for row in hidden["said_done"]] == [""]
    assert "Speak every" not in words_of(render_poster(hidden))


def test_team_sheet_tells_of_its_own_moments_alone_and_a_card_of_none(told):
    own = frozen_of(told.journey, kind="team", places=[0], subject="Web")
    other = frozen_of(told.journey, kind="team", places=[1], subject="Gate")
    card = frozen_of(told.journey, kind="card", places=[0], subject=TITLE)

    assert [told.moment_title == TITLE, "said_done" in own, "said_done" in other, "said_done" in card] == [
        True,
        True,
        False,
        False,
    ]


def test_form_offers_the_strip_where_something_is_told(told, in_scope):
    choices = choices_of(told.journey)

    form = PosterForm({**first_choices(choices, {}), "said_done": "on"}, choices=choices)

    assert form.is_valid()
    assert form.chosen().has_said
    assert not PosterForm(first_choices(choices, {}), choices=choices)["said_done"].value()


def test_strip_that_does_not_fit_names_itself():
    rows = [{**ROW, "said": "word " * 30, "did": "word " * 30}] * 3

    problems = check_poster(inputs_of(12, "A4", said_done=rows))

    assert [(problem.field, problem.is_blocking) for problem in problems] == [("said_done", True)]
    assert "“You said, we did” has no room on A4 below the moments." in problems[0].text


@pytest.mark.parametrize("size", ["A4", "A3", "A1"])
def test_strip_keeps_to_its_columns_and_stands_above_the_foot(size):
    rows = [{**ROW, "said": "Donaudampfschifffahrtsgesellschaft " * 3}, ROW, {**ROW, "said": ""}]

    layout = lay_out(content_of(inputs_of(3, size, said_done=rows)), SIZES[size])

    assert layout.fits
    assert layout.said.columns[2].said.lines == ()
    room = layout.size.width - 2 * layout.size.margin
    assert 3 * layout.said.width < room
    assert not layout.said.too_wide


def test_same_inputs_give_the_same_bytes_in_grey_and_in_arabic():
    for more in ({"is_grey": True}, {"language": "ar"}):
        inputs = inputs_of(3, said_done=[ROW], **more)

        assert render_poster(inputs) == render_poster(inputs)
