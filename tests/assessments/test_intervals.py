"""Intervals against R, and against what a bootstrap promises."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest

from assessments.intervals import (
    Interval,
    difference_interval,
    mean_interval,
    percentiles,
    resampled_means,
    seed_of,
    wilson,
)
from assessments.scoring import LEVELS, Score
from tests.assessments.fixtures import expected_of, rows_of

WIDE = (5, 10, 20, 30, 25, 10)


@pytest.mark.parametrize("source", ["wilson_R_binom_via_statsmodels", "R_prop.test_no_continuity(=Wilson)"])
def test_wilson_is_that_of_r(source):
    for known in expected_of("intervals")[source]:
        share = wilson(known["x"], known["n"])

        assert [share.low, share.high] == pytest.approx(known["wilson"], abs=1e-8)


def test_wilson_is_newcombes_table():
    table = expected_of("intervals")["newcombe_1998_table"]
    shares = [share for share in table if share != "note"]

    found = [wilson(*map(int, share.split("/"))) for share in shares]

    assert [[round(share.low, 4), round(share.high, 4)] for share in found] == [table[share] for share in shares]


def test_wilson_ends_exactly_at_nothing_and_at_all():
    sizes = range(1, 400)

    assert {wilson(0, n).low for n in sizes} == {0}
    assert {wilson(n, n).high for n in sizes} == {1}


@pytest.mark.parametrize(("count", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_wilson_refuses_what_is_no_share(count, n):
    with pytest.raises(ValueError, match="share"):
        wilson(count, n)


def test_bootstrap_of_a_mean_is_that_of_r():
    known = expected_of("intervals")["bootstrap_mean_R_boot(n=1e6) via scipy test_bootstrap_against_R"]
    values, counts = zip(*sorted(Counter(known["x"]).items()), strict=True)

    found = mean_interval(counts, seed_of("R"), values, resamples=1_000_000)

    assert [found.low, found.high] == pytest.approx(known["95%"]["percentile"], rel=known["rtol_used_by_scipy"])


def test_bootstrap_of_promoters_comes_near_rs_interval():
    known = expected_of("nps")
    header, *rows = rows_of("nps", "nps_testdata.csv")
    answers = [int(row[header.index("REC")]) for row in rows]
    counts = [sum(a <= 6 for a in answers), sum(a in (7, 8) for a in answers), sum(a >= 9 for a in answers)]

    found = mean_interval(counts, seed_of("nps"), (-1, 0, 1))

    assert counts == [known["detractors"], known["passives"], known["promoters"]]
    assert [found.low, found.high] == pytest.approx(known["ci95"], abs=0.005)


def test_same_seed_gives_the_same_interval():
    assert mean_interval(WIDE, seed_of("round", 1)) == mean_interval(WIDE, seed_of("round", 1))
    assert mean_interval(WIDE, seed_of("round", 1)) != mean_interval(WIDE, seed_of("round", 2))


def test_seed_stays_the_same_for_good():
    assert seed_of("round", 7, "staff") == 71891709278661411816077150594722160706


def test_interval_of_a_mean_has_two_thousand_samples():
    assert mean_interval(WIDE, 1) == percentiles(resampled_means(WIDE, 1, LEVELS, 2000))


def test_mean_of_like_ratings_has_no_width():
    assert mean_interval((0, 0, 8, 0, 0, 0), 1) == Interval(3, 3)


def test_mean_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs a rating"):
        mean_interval((0,) * 6, 1)


def test_difference_of_alike_groups_is_no_identical_draw():
    found = difference_interval(WIDE, WIDE, 1)

    spread = sqrt(2 * _variance(WIDE) / sum(WIDE))
    assert (found.low, found.high) == (pytest.approx(-1.96 * spread, rel=0.1), pytest.approx(1.96 * spread, rel=0.1))


def _variance(counts):
    mean = Score(counts).mean
    return sum(n * (level - mean) ** 2 for level, n in zip(LEVELS, counts, strict=True)) / sum(counts)
