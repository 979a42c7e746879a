"""Parts of reports that need no PDF: what a large round is cut to, directions of text, the ladder's picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from reports.charts.arabic import lift_arabic
from reports.charts.ladder import ladder_pictures, pieces_of
from reports.charts.text import lines_of
from reports.directions import direction_of, with_directions
from reports.leader.choice import IDEAS_MAX, choose_ideas, choose_plans, heat_positions, parted_groups
from reports.leader.tables import changes
from reports.report_text import legible, shortened
from reports.typesetting import BOLD, ems
from tests.reports.report_inputs import leader_inputs

NAMES = {level: f"Level {level}" for level in range(1, 7)}


def test_first_idea_of_each_moment_goes_before_any_second_and_damage_leads():
    ideas = [(0, "a" * 5_000), (0, "b"), (1, "c"), (2, "d")]

    chosen = choose_ideas(ideas, {2: 0, 0: 1})

    assert chosen == [0, 1, 2, 3]


def test_range_that_begins_close_to_zero_does_not_say_zero():
    figures = leader_inputs()["figures"]
    change = {"levels": 0.4, "low": 0.0021, "high": 0.84, "is_clear": True}
    figures["moments"][1]["change"] = {"staff": change, "customers": None}

    rows = {(row["title"], row["view"]): row["range"] for row in changes(figures)["rows"]}

    assert rows["Books", "Staff, our own view"] == "+0.0021 to +0.84"


def test_ideas_end_where_the_room_ends():
    ideas = [(n % 300, "x" * 499) for n in range(5_000)]

    chosen = choose_ideas(ideas, {299: 0})

    assert len(chosen) == 22
    assert 299 in chosen
    assert len(choose_ideas([(0, "x")] * 500, {})) == IDEAS_MAX


def test_plans_end_where_the_room_ends():
    assert len(choose_plans([{"what_more": "x" * 2_000}] * 300)) == 30
    assert len(choose_plans([{"what_more": ""}] * 300)) == 60


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (4, [4]), (10, [10]), (11, [6, 5]), (40, [10, 10, 10, 10])])
def test_groups_share_tables_evenly(count, sizes):
    assert [len(part) for part in parted_groups(range(count))] == sizes


def test_heat_map_of_many_tables_shows_what_does_the_most_damage():
    figures = {"moments": [{"position": n} for n in range(300)], "enhance": [{"position": 7}, {"position": 250}]}

    assert heat_positions(figures, 1) == set(range(300))
    assert len(heat_positions(figures, 8)) == 37
    assert {7, 250} <= heat_positions(figures, 100)


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, []), (10, [10]), (13, [7, 6]), (60, [12] * 5), (61, [13, 13, 13, 13, 9]), (300, [14] * 21 + [6])],
)
def test_ladder_is_cut_into_strips(count, sizes):
    assert [len(piece) for piece in pieces_of(range(count))] == sizes


def test_ladder_shows_means_weakest_and_blind_spot_and_escapes_titles():
    figures = leader_inputs()["figures"]
    figures["moments"][0]["title"] = "<b>&"

    (svg,) = ladder_pictures(figures, NAMES, 642, "en")

    root = ElementTree.fromstring(svg)
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"4", "4.2", "4.1", "3.8", "1.9", "1 <b>&", "Before", "At the airport"} <= set(words)
    assert svg.count('stroke-width="5"') == 1
    assert svg.count('fill="none" stroke="#9a3412"') == 1


def test_lines_are_never_wider_than_their_column_nor_more_than_there_is_room_for():
    lines = lines_of("Donaudampfschifffahrtsgesellschaftskapitän und " + "x" * 90, BOLD, 9, 40, "de", 4)

    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert all(ems(line, BOLD) * 9 <= 40 for line in lines)


def test_arabic_words_leave_the_picture_for_the_page():
    figures = leader_inputs()["figures"]
    figures["moments"][0]["title"] = "يبحث"
    (svg,) = ladder_pictures(figures, NAMES, 642, "en")

    left, labels = lift_arabic(svg, 0.5)

    assert [label.words for label in labels] == ["1 يبحث"]
    assert "يبحث" not in left
    assert "3 Waits" in left
    assert "text-align: center" in labels[0].style


@pytest.mark.parametrize(
    ("text", "direction"), [("Gate", "ltr"), ("12 بوابة", "rtl"), ("12 !", ""), ("שער Gate", "rtl")]
)
def test_direction_is_that_of_the_first_letter_that_has_one(text, direction):
    assert direction_of(text) == direction


def test_directions_are_said_outright():
    html = '<p lang="ar" dir="auto">&lt;بوابة</p><td dir="auto" lang="en">Gate</td><b dir="auto">1</b>'

    assert with_directions(html) == (
        '<p lang="ar" dir="rtl">&lt;بوابة</p><td dir="ltr" lang="en">Gate</td><b>1</b>'
    )  # fmt: skip


def test_legible_text_has_a_box_for_what_no_font_has_and_nothing_that_turns_it():
    assert legible({"a": ["x\u202ey\x00😀", 3]}) == {"a": ["xy□", 3]}


def test_shortened_text_keeps_whole_words():
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one", 9) == "one"
