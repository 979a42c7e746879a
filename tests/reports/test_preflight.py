"""What keeps a journey from becoming a poster, and how it is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from reports.posters.rendering import PosterDoesNotFit, render_poster
from reports.preflight import Problem, check_poster, examine
from tests.conftest import FIXTURES
from tests.reports.poster_inputs import inputs_of, plan_of, with_moment

LONG = " ".join(["Call every waiting guest by name, tell what happens next and when it will happen."] * 12)


def test_preflight_of_a_poster_that_fits_is_empty():
    assert check_poster(inputs_of()) == []


@pytest.mark.parametrize("plan", [JourneyPlan("Empty"), JourneyPlan("Empty", stages=(StagePlan("Before"),))])
def test_preflight_of_a_journey_without_moments_says_what_to_begin_with(plan):
    assert check_poster(inputs_of(plan)) == [
        Problem(
            "moments",
            "This journey has no moment yet. Add the first contact in which a customer forms an opinion of you.",
        )
    ]


def test_preflight_names_more_moments_than_two_rows_hold():
    (problem,) = check_poster(inputs_of(25))

    assert problem.field == "moments"
    assert problem.is_blocking
    assert "25 moments and empty stages are too many for one poster: A3 holds 24 in rows of 12." in problem.text


def test_preflight_offers_the_larger_sheet_where_a_second_row_has_no_room():
    assert check_poster(inputs_of(24, "A4")) == [
        Problem("moments", "24 moments in 2 rows do not fit on A4 at a readable size. Choose A3.")
    ]


def test_preflight_names_the_text_that_is_too_long_and_by_how_much():
    plan = with_moment(plan_of(10), 1, 1, what_more=LONG)

    (problem,) = check_poster(inputs_of(plan, "A4"))

    assert problem.field == "what_more"
    assert problem.text.startswith("“What more we will do” of “Waits at the gate” takes ")
    assert problem.text.endswith(" characters too many. Shorten it, or choose A1 portrait.")


def test_preflight_asks_for_no_more_cutting_than_needed():
    plan = with_moment(plan_of(10), 1, 1, what_more=LONG)
    (problem,) = check_poster(inputs_of(plan))
    over = int(problem.text.split("about ")[1].split()[0])

    shortened = with_moment(plan, 1, 1, what_more=LONG[: len(LONG) - over])

    assert check_poster(inputs_of(shortened)) == []


def test_preflight_names_a_title_that_is_too_long():
    title = "Waits at the gate without any news while the crew is looking for the last missing passengers " * 2
    plan = JourneyPlan(
        "Long", 1, stages=(StagePlan("One", tuple(MomentPlan(title=f"{i} {title}") for i in range(12))),)
    )

    problems = [problem for problem in check_poster(inputs_of(plan, "A4")) if problem.is_blocking]

    assert {problem.field for problem in problems} == {"title"}
    assert len(problems) == 12


def test_preflight_names_a_stage_whose_name_takes_the_room():
    plan = plan_of(12)
    stages = (
        *plan.stages[:-1],
        replace(plan.stages[-1], title="After the journey is before the journey, they say " * 6),
    )

    (problem,) = check_poster(inputs_of(replace(plan, stages=stages), "A4"))

    assert problem.field == "stage"
    assert problem.text.startswith("The stage “After the journey is before the journey…” takes ")


def test_preflight_names_a_word_wider_than_its_column():
    plan = with_moment(plan_of(12), 0, 0, title="Wwwwwwwwwwwwwwwwwwwwwwwww")

    (problem,) = check_poster(inputs_of(plan, "A4"))

    assert problem.field == "title"
    assert "the word “Wwwwwwwwwwwwwwwwwwwwwwwww” is wider than its column on A4" in problem.text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ask 东京 first", "东 (U+4E1C), 京 (U+4EAC)"),
        ("שלום", "ש (U+05E9), ל (U+05DC), ו (U+05D5), ם (U+05DD)"),
        ("Smile 🙂", "🙂 (U+1F642)"),
    ],
)
def test_preflight_names_letters_that_no_font_has(text, named):
    plan = with_moment(plan_of(3), 0, 0, what_more=text)

    assert check_poster(inputs_of(plan)) == [
        Problem(
            "what_more",
            f"No font of the poster has these characters of “What more we will do” of the moment “Searches a fare”: "
            f"{named}. Write it without them.",
        )
    ]


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\ud800", "\u202e"])
def test_preflight_names_characters_that_are_broken(letter):
    plan = with_moment(plan_of(3), 0, 0, title=f"Searches{letter} a fare")

    (problem,) = check_poster(inputs_of(plan))

    assert problem.field == "title"
    assert f"(U+{ord(letter):04X})" in problem.text
    problem.text.encode()


@pytest.mark.parametrize(
    ("text", "said"),
    [("a" * 2_001, "more than 2000 characters without a space"), ("a\n" * 1_001, "has more than 1000 lines")],
)
def test_preflight_refuses_texts_that_would_hold_up_the_worker(text, said):
    (problem,) = check_poster(inputs_of(with_moment(plan_of(3), 0, 0, what_more=text)))

    assert (problem.field, problem.is_blocking) == ("what_more", True)
    assert said in problem.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"organisation": "組織"}, "organisation"), ({"address": "https://例え.jp/"}, "address")],
)
def test_preflight_looks_at_every_text_that_is_printed(changes, field):
    assert [problem.field for problem in check_poster(inputs_of(**changes))] == [field]


def test_preflight_tells_what_the_poster_does_without():
    plan = replace(with_moment(plan_of(3), 0, 0, level=None), customers_per_year=0)

    problems = check_poster(inputs_of(plan))

    assert [(problem.field, problem.is_blocking) for problem in problems] == [
        ("customers_per_year", False),
        ("level", False),
    ]


def test_render_raises_with_the_blocking_problems_alone():
    plan = replace(with_moment(plan_of(3), 0, 0, what_more="🙂"), customers_per_year=0)

    with pytest.raises(PosterDoesNotFit) as raised:
        render_poster(inputs_of(plan))

    assert [problem.field for problem in raised.value.problems] == ["what_more"]


def test_examine_gives_a_layout_only_where_nothing_blocks():
    assert examine(inputs_of()).layout is not None
    assert examine(inputs_of(25)).layout is None


@pytest.mark.skipif(not FIXTURES.exists(), reason="../shared/fixtures is absent")
def test_naughty_strings_are_printed_or_named():
    strings = json.loads((FIXTURES / "naughty-strings" / "blns.json").read_text())
    ready = []
    for string in strings:
        problems = check_poster(inputs_of(with_moment(plan_of(1), 0, 0, what_more=string)))
        assert all(problem.text for problem in problems)
        if not any(problem.is_blocking for problem in problems):
            ready.append(string)

    assert len(ready) > 250
    for plan in _posters_of(ready):
        assert render_poster(inputs_of(plan))[:5] == b"%PDF-"


def _posters_of(strings):
    """The strings on as few posters as hold them, at most twelve on each."""
    plans = [_poster_of(strings[:1])]
    for string in strings[1:]:
        moments = plans[-1].moments
        grown = _poster_of([*(moment.what_more for moment in moments), string])
        fits = len(moments) < 12 and not any(problem.is_blocking for problem in check_poster(inputs_of(grown)))
        plans = [*plans[:-1], grown] if fits else [*plans, _poster_of([string])]
    return plans


def _poster_of(strings):
    moments = tuple(MomentPlan(title="Moment", what_more=string) for string in strings)
    return JourneyPlan("Naughty", 1, stages=(StagePlan("One", moments),))
