"""The small drawing of the level curve."""

from __future__ import annotations

from journeys.mini_curve import HEIGHT, WIDTH, Dot, draw_mini_curve


def test_mini_curve_puts_each_judged_moment_at_its_place():
    curve = draw_mini_curve([1, None, 6])

    assert curve.dots == (Dot(7, HEIGHT - 7, 1), Dot(WIDTH - 7, 7, 6))
    assert curve.path.startswith("M7,59C")


def test_mini_curve_without_levels_is_empty():
    curve = draw_mini_curve([None, None])

    assert (curve.path, curve.dots) == ("", ())


def test_mini_curve_of_many_moments_leaves_the_dots_out():
    assert len(draw_mini_curve([3] * 40).dots) == 40
    assert draw_mini_curve([3] * 41).dots == ()
    assert draw_mini_curve([3] * 41).path.count("C") == 40
