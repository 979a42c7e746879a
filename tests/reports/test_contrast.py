"""Contrast of colours. Source of the worked examples: WCAG 2.2, and its reference pairs."""

from __future__ import annotations

import pytest

from reports.contrast import contrast, is_legible, nearest_legible


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_of_known_pairs(one, other, expected):
    assert (round(contrast(one, other), 2), contrast(one, other)) == (expected, contrast(other, one))


@pytest.mark.parametrize(
    ("colour", "is_good"), [("#767676", True), ("#777777", False), ("#12508f", True), ("#ffd700", False)]
)
def test_legible_is_4_5_on_white(colour, is_good):
    assert is_legible(colour) is is_good


@pytest.mark.parametrize(
    ("colour", "nearest"),
    [
        ("#12508f", "#12508f"),
        ("#ffffff", "#767676"),
        ("#ffd700", "#8b7500"),
        ("#ff0000", "#ee0000"),
        ("#00ff00", "#008a00"),
    ],
)
def test_nearest_legible_colour_keeps_its_hue(colour, nearest):
    assert nearest_legible(colour) == nearest
    assert is_legible(nearest)
