"""The ladder of a round, as geometry and as shapes."""

from __future__ import annotations

import pytest

from assessments.result_headline import agreement_words
from assessments.result_ladder import draw_result_ladder, draw_strips
from assessments.result_ladder_shapes import write_result_shapes
from assessments.result_words import about, level_of, percent, with_sign
from tests.assessments.sheets import figures, judged, moment, score


def four(staff: list[bool]) -> dict:
    """Four moments in two stages, of which staff judged some at level 4."""
    views = [{"staff": score(0, 0, 0, 9, 0, 0) if has else None} for has in staff]
    stages = ("Before", "Before", "After", "After")
    return figures([moment(at, f"M{at}", stage=stages[at], views=views[at]) for at in range(4)], ["staff"])


def test_curve_goes_through_the_means_at_their_heights():
    ladder = draw_result_ladder(four([True] * 4))

    assert ladder.paths["staff"].startswith("M96,85")
    assert [(dot.x, dot.y, dot.n) for dot in ladder.dots] == [(x, 85.0, 9) for x in (96.0, 288.0, 480.0, 672.0)]


def test_curve_breaks_where_a_moment_is_hidden():
    assert draw_result_ladder(four([True, True, False, True])).paths["staff"].count("M") == 1
    assert draw_result_ladder(four([True, True, False, False])).paths["staff"].count("C") == 1
    assert draw_result_ladder(four([True, False, True, True])).paths["staff"] == "M480,85C544,85 608,85 672,85"


def test_stages_stretch_over_their_moments():
    stretches = draw_result_ladder(four([True] * 4)).stretches

    assert [(it.title, it.x, it.width) for it in stretches] == [("Before", 0.0, 384.0), ("After", 384.0, 384.0)]


def test_numbers_of_answers_stand_apart_where_both_views_lie_on_one_point():
    same = {"staff": score(0, 0, 0, 9, 0, 0), "customers": score(0, 0, 0, 8, 0, 0)}

    dots = draw_result_ladder(figures([moment(0, "Gate", views=same)])).dots

    assert [(dot.n, dot.label_y) for dot in dots] == [(9, 72.0), (8, 107.0)]


def test_weakest_moment_blind_spot_and_manager_are_marked():
    ladder = draw_result_ladder(judged())
    shapes = write_result_shapes(ladder)

    assert [(column.is_weakest, column.blind_spot) for column in ladder.columns] == [
        (False, ""),
        (False, ""),
        (True, "+2.2"),
    ]
    assert [column.says for column in ladder.columns][1] == (("staff", "4.2", "12"), ("customers", "–", ""))
    assert (shapes.count('class="weakest"'), shapes.count('class="gap"'), shapes.count('class="of-manager"')) == (
        1,
        1,
        3,
    )
    assert shapes.count('class="dot-of-staff"') == 3
    assert shapes.count('class="dot-of-customers"') == 2


def test_strips_hold_twelve_moments_each():
    strips = draw_strips(figures([moment(at, f"M{at}") for at in range(30)]))

    assert [len(strip.columns) for strip in strips] == [12, 12, 6]
    assert {strip.strip_width for strip in strips} == {12 * strips[0].column_width}


@pytest.mark.parametrize(
    ("alpha", "words"),
    [
        (0.8, "People see the same: they agree strongly."),
        (0.667, "People see much the same."),
        (0.4, "People agree in part: talk about where they differ."),
        (0.1, "People hardly agree: ask them what they saw."),
        (0.0, "People agree no more than chance would have it."),
        (-0.2, "People agree no more than chance would have it."),
    ],
)
def test_agreement_is_told_in_words(alpha, words):
    assert agreement_words(alpha) == words


def test_numbers_are_written_for_people():
    assert [about(number) for number in (0.4, 999.4, 1234.5, 316_499, 2_211_992)] == [
        "0", "999", "1,230", "316,000", "2,210,000",
    ]  # fmt: skip
    assert [with_sign(number) for number in (0.64, -0.64, 0.04)] == ["+0.6", "−0.6", "0"]
    assert [percent(number) for number in (0, 0.44, 12.4, 100)] == ["0%", "0.4%", "12%", "100%"]
    assert [level_of(mean) for mean in (1.0, 1.5, 2.49, 5.5, 6.0)] == [1, 2, 2, 6, 6]
