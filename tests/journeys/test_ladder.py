"""The ladder's geometry."""

from __future__ import annotations

import pytest

from journeys.ladder import HEIGHT, Point, column_width_rem, draw_ladder
from journeys.ladder_shapes import write_shapes
from journeys.overview import Stretch, draw_overview


def test_draw_ladder_puts_levels_in_the_middle_of_their_bands():
    ladder = draw_ladder([[Point(1, "A", 6, 100), Point(2, "B", 1, 25)]])

    assert [(bubble.x, bubble.y) for bubble in ladder.bubbles] == [(96, 17), (288, 187)]
    assert [bubble.radius for bubble in ladder.bubbles] == [19, 16]
    assert ladder.path.startswith("M96,17C")
    assert (ladder.width, ladder.height) == (384, 204)


def test_draw_ladder_leaves_a_column_for_an_empty_stage():
    ladder = draw_ladder([[Point(1, "A", 3, 1)], [], [Point(2, "B", 3, 1)]])

    assert ladder.dividers == (192, 384)
    assert [bubble.left for bubble in ladder.bubbles] == [0, 384]


def test_draw_ladder_lays_unjudged_moments_between_their_neighbours():
    levels = [None, 2, None, 4, None]

    ladder = draw_ladder([[Point(i, "M", level, 0) for i, level in enumerate(levels)]])

    heights = [bubble.y for bubble in ladder.bubbles]
    assert heights == [153, 153, 119, 85, 85]
    assert ladder.path.startswith("M216,153")
    assert ladder.path.endswith("504,85")


def test_draw_ladder_without_levels_has_no_curve():
    ladder = draw_ladder([[Point(1, "A", None, 1)]])

    assert ladder.path == ""
    assert ladder.bubbles[0].y == HEIGHT / 2


def test_draw_ladder_of_nothing_is_empty():
    ladder = draw_ladder([])

    assert (ladder.width, ladder.bubbles, ladder.path) == (0, (), "")


@pytest.mark.parametrize(("columns", "width"), [(1, 12), (4, 12), (5, 9), (8, 7), (10, 5.7), (300, 5.7)])
def test_column_width_shrinks_with_the_number_of_moments(columns, width):
    assert column_width_rem(columns) == width


def test_draw_ladder_squeezes_what_a_filter_leaves_out():
    points = [Point(i, "M", 3, 1, is_shown=i == 1) for i in range(4)]

    ladder = draw_ladder([points, [Point(9, "N", 3, 1, is_shown=False)]])

    assert [(bubble.left, bubble.width) for bubble in ladder.bubbles] == [
        (0, 8), (8, 192), (200, 8), (208, 8), (216, 8),
    ]  # fmt: skip
    assert ladder.spans == ((0, 216), (216, 192))
    assert [bubble.radius for bubble in ladder.bubbles] == [3, 19, 3, 3, 3]


def test_write_shapes_opens_only_what_is_shown():
    shapes = write_shapes(draw_ladder([[Point(1, "<b>", 6, 1), Point(2, "B", None, 1, is_shown=False)]]))

    assert 'data-open="1"' in shapes
    assert 'data-open="2"' not in shapes
    assert '<circle class="bubble left-out unjudged" cx="196" cy="17" r="3"/>' in shapes
    assert "<b>" not in shapes


def test_overview_shares_the_width_among_stages_and_marks_what_is_known():
    ladder = draw_ladder([[Point(1, "A", 6, 1), Point(2, "B", None, 1)], [], [Point(3, "C", 1, 1)]])

    overview = draw_overview(ladder, [(7, "Before"), (8, "On"), (9, "After")], ["", "keep", ""])

    assert overview.stretches == (
        Stretch(7, "Before", 0, 50), Stretch(8, "On", 50, 25), Stretch(9, "After", 75, 25),
    )  # fmt: skip
    assert [kind for kind, _ in overview.ticks] == ["keep", "level-1", "level-6"]
    assert overview.width == ladder.width
