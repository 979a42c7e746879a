"""Krippendorff's alpha, ordinal, against published answers."""

from __future__ import annotations

import pytest

from assessments.agreement import agreement
from assessments.scoring import counts_of_levels
from tests.assessments.fixtures import expected_of, rows_of

RATERS_IN_ROWS = ("krippendorff_C", "wikipedia_krippendorff")
RATERS_IN_COLUMNS = ("anxiety", "video")


def _counts(ratings):
    return [counts_of_levels([int(float(level)) if level else None for level in moment]) for moment in ratings]


@pytest.mark.parametrize("name", RATERS_IN_ROWS)
def test_agreement_with_gaps_is_the_published_one(name):
    known = expected_of("rater-agreement")[name]
    rows = rows_of("rater-agreement", f"{name}.csv")

    alpha = agreement(_counts(zip(*[row[1:] for row in rows], strict=True)))

    assert alpha == pytest.approx(known["py_krippendorff"]["ordinal"])
    assert round(alpha, 3) == known["published"].get("ordinal", round(alpha, 3))


@pytest.mark.parametrize("name", RATERS_IN_COLUMNS)
def test_agreement_of_complete_six_level_ratings_is_the_true_one(name):
    _, *rows = rows_of("rater-agreement", f"irr_{name}.csv")

    alpha = agreement(_counts(rows))

    assert alpha == pytest.approx(expected_of("rater-agreement")[name]["py_krippendorff"]["ordinal"])


def test_full_agreement_is_one():
    assert agreement([(9, 0, 0, 0, 0, 0), (0, 0, 0, 0, 9, 0)]) == pytest.approx(1)


def test_moment_with_one_rating_changes_nothing():
    moments = [(3, 2, 0, 0, 0, 0), (0, 0, 1, 0, 4, 0)]

    assert agreement([*moments, (0, 0, 0, 1, 0, 0), (0,) * 6]) == agreement(moments)


@pytest.mark.parametrize("moments", [[], [(1, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 1)], [(0, 0, 7, 0, 0, 0)] * 3])
def test_nothing_to_compare_gives_no_agreement(moments):
    assert agreement(moments) is None
