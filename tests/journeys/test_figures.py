"""Numbers as they are written, by locale."""

from __future__ import annotations

import pytest
from django.utils import translation

from journeys.figures import plain, short, ungrouped, whole


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (0.55, "0.6"),
        (9.96, "10"),
        (940, "940"),
        (9_999, "9,999"),
        (12_345, "12.3\u202fK"),
        (99_949, "99.9\u202fK"),
        (99_950, "100\u202fK"),
        (999_499, "999\u202fK"),
        (999_500, "1\u202fM"),
        (5_500_000, "5.5\u202fM"),
        (50_000_000, "50\u202fM"),
        (-12_000, "-12\u202fK"),
        (2.5e9, "2.5\u202fB"),
        (1e16, "10,000\u202fT"),
    ],
)
def test_short_has_three_figures_and_a_unit(number, text):
    assert short(number) == text


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("50,000,000", "1,250.5", "1250.567891")),
        ("de", ("50.000.000", "1.250,5", "1250,567891")),
        ("fr", ("50\u00a0000\u00a0000", "1\u00a0250,5", "1250,567891")),
    ],
)
def test_marks_are_those_of_the_language(language, texts):
    with translation.override(language):
        assert (whole(50_000_000), plain(1250.5), ungrouped(1250.5678912)) == texts
