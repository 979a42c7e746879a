"""The poster's shapes as PDF operators."""

from __future__ import annotations

import re

import pytest

from journeys.choices import CHANNEL_ICONS
from reports.shapes import badge, circle, curve, figure, icon, line, number, rectangle
from reports.typesetting import BOLD


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (12.0, "12"), (0.125, "0.12"), (-3.5, "-3.5"), (1200, "1200")])
def test_number_has_two_decimals_at_most(value, text):
    assert number(value) == text


def test_straight_shapes_are_told_in_operators():
    assert (rectangle(1, 2, 3, 4), line(1, 2, 3, 4.5)) == ("1 2 3 4 re ", "1 2 m 3 4.5 l ")


def test_curve_runs_through_its_controls():
    assert curve((0, 0), (1, 0), (2, 3), (3, 3)) == "0 0 m 1 0 2 3 3 3 c "


def test_circle_is_four_quarters_without_straight_parts():
    assert circle(10, 20, 10) == (
        "0 20 m 0 14.48 4.48 10 10 10 c 15.52 10 20 14.48 20 20 c 20 25.52 15.52 30 10 30 c 4.48 30 0 25.52 0 20 c h "
    )


def test_badge_has_straight_sides_between_its_corners():
    assert re.findall("[a-z]", badge(0, 0, 30, 20, 5)) == list("mclclclch")


@pytest.mark.parametrize("name", sorted({*CHANNEL_ICONS.values(), "flag"}))
def test_icon_keeps_to_its_square(name):
    placement, outline = icon(name, 100, 200, 48).split(" cm ")

    numbers = [float(n) for n in re.findall(r"-?[0-9.]+", outline)]
    assert placement == "2 0 0 2 100 200"
    assert min(numbers) >= 0
    assert max(numbers) <= 24


def test_figure_is_centred_upright():
    placement, outline = figure("1", BOLD, 50, 60, 20).split(" cm ")

    scale, *_, left, baseline = map(float, placement.split())
    heights = [float(y) for y in re.findall(r"\S+ (\S+) [ml]", outline)]
    assert 40 < left < 50 < left + 20
    assert 60 < baseline < 70  # half a figure below the middle, which is at 60
    assert max(heights) <= 0  # y runs downwards: the figure stands on its baseline
    assert baseline + scale * min(heights) == pytest.approx(60 - (baseline - 60), abs=0.1)
