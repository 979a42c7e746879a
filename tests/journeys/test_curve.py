"""The curve of levels."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.curve import smooth_path


def _segments(path: str) -> list[list[tuple[float, float]]]:
    """Start, two controls and end of each cubic of a path."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [points[i : i + 4] for i in range(0, len(points) - 1, 3)]


@pytest.mark.parametrize("points", [[], [(3, 4)]])
def test_smooth_path_of_fewer_than_two_points_is_empty(points):
    assert smooth_path(points) == ""


def test_smooth_path_of_two_points_leaves_and_arrives_level():
    assert smooth_path([(0, 10), (30, 40)]) == "M0,10C10,10 20,40 30,40"


def test_smooth_path_runs_level_at_a_high():
    assert smooth_path([(0, 0), (3, 6), (6, 3)]) == "M0,0C1,0 2,6 3,6C4,6 5,3 6,3"


def test_smooth_path_climbs_through_a_point_between_its_neighbours():
    assert smooth_path([(0, 0), (3, 3), (6, 6)]) == "M0,0C1,0 2,2 3,3C4,4 5,6 6,6"


def test_smooth_path_holds_the_slope_where_a_flat_step_meets_a_steep_one():
    assert smooth_path([(0, 0), (3, 0.3), (6, 9)]) == "M0,0C1,0 2,0.1 3,0.3C4,0.5 5,9 6,9"


@pytest.mark.parametrize("points", [[(0, 1), (0, 2)], [(5, 1), (4, 2)]])
def test_smooth_path_refuses_points_that_do_not_go_right(points):
    with pytest.raises(ValueError, match="x has to rise"):
        smooth_path(points)


@given(st.lists(st.integers(1, 6), min_size=2, max_size=60))
def test_smooth_path_never_leaves_the_levels_of_its_neighbours(levels):
    points = [(float(10 * i), float(100 - 15 * level)) for i, level in enumerate(levels)]

    segments = _segments(smooth_path(points))

    assert [segment[0] for segment in segments] + [segments[-1][3]] == points
    for (_, y0), (_, c0), (_, c1), (_, y1) in segments:
        assert min(y0, y1) <= c0 <= max(y0, y1)
        assert min(y0, y1) <= c1 <= max(y0, y1)
